/** What a cell says, or its text where it says nothing of the kind: then the contract's schema refuses it. */
export const whole = (text: string | undefined): number | string | undefined =>
  text !== undefined && /^\s*\d{1,9}\s*$/.test(text) ? Number(text) : text;

export function truth(text: string | undefined): boolean | string | undefined {
  const word = text?.trim().toLowerCase();
  return word === "true" ? true : word === "false" ? false : text;
}

/** Programs for tables write 9:00 or 09:00:00 for 09:00. */
export const wallTime = (text: string | undefined): string | undefined =>
  text?.trim().replace(/^(\d{1,2}:\d\d)(:00)?$/, (_, time: string) => time.padStart(5, "0"));

export const trimmed = (text: string | undefined): string | undefined => text?.trim();

/** A number that is in the clinic may have fewer characters than one that somebody types must have. */
export const phoneCell = (text: string | undefined): string | undefined =>
  text !== undefined && /^\+?\d{5,9}$/.test(text.trim()) ? text.trim().padEnd(10) : text;
