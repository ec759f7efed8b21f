/** What a client may ask to see, if its token allows it. `doctor` is the staff's view of one section. */
export const askableViews = ["staff", "doctor", "public", "patient"] as const;
export type AskedView = (typeof askableViews)[number];
