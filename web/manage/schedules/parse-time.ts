/**
 * Reads a time of day as people type it: `9`, `930`, `9:30`, `9.30`, `0930`, `24:00`.
 *
 * @returns `HH:MM`, or undefined for what is no such time
 */
export function parseTime(typed: string): string | undefined {
  const found = /^(\d{1,2})(?:\s*[:.h]?\s*(\d\d))?$/.exec(typed.trim());
  if (!found) return undefined;
  const [hour, minute] = [Number(found[1]), Number(found[2] ?? 0)];
  if (minute > 59 || hour > 24 || (hour === 24 && minute > 0)) return undefined;
  return `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
}
