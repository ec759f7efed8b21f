/** A screen asks for a token when it starts and once a day after that, so more than a day without is silence. */
const silentMs = 26 * 3_600_000;

/** Whether a screen that was seen last at a time is silent by now. */
export const isSilent = (seenAt: string, now: Date): boolean => now.getTime() - Date.parse(seenAt) > silentMs;
