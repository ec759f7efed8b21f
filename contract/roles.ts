/**
 * Who calls. A `manager` decides about the clinic, and is staff too. An `operator` decides which clinics there are, and sees
 * no patient's data. `service` is a program, for example a chat bot.
 */
export const roles = ["manager", "operator", "staff", "doctor", "screen", "kiosk", "patient", "service"] as const;
export type Role = (typeof roles)[number];

/** What a token grants at most, where it is bound to scopes: a service's token, and a patient's that a service issued. */
export const scopes = ["book", "check_in", "read"] as const;
export type Scope = (typeof scopes)[number];
