/** A minute that has just begun, by the clocks on the wall, so that all pages count alike. */
export const wholeMinute = (nowMs: number): number => Math.floor(nowMs / 60_000) * 60_000;

/** Whole minutes from a moment until the minute of now; 0 without a moment. */
export function minutesSince(moment: string | null | undefined, nowMs: number): number {
  return moment ? Math.max(0, Math.floor((wholeMinute(nowMs) - Date.parse(moment)) / 60_000)) : 0;
}
