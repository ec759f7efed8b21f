/** Fewer digits than this would be in nearly every number. */
const fewestDigits = 3;
/** A number that has at least this many digits is whole, so a longer one may be the same with a country code. */
const wholeNumber = 7;

/** The digits of what somebody typed, where that may be a phone number or a part of one. */
export function soughtDigits(typed: string): string | undefined {
  if (!/^[\d\s+()./-]+$/.test(typed)) return undefined;
  const digits = significantDigits(typed);
  return digits.length < fewestDigits ? undefined : digits;
}

/** Whether digits that are sought are a part of a phone number, or the whole of it. Both are significant digits. */
export function isPartOf(number: string, sought: string): boolean {
  return number.includes(sought) || (number.length >= wholeNumber && sought.endsWith(number));
}

/** Leaves out the zeros in front, which stand for a country (`00`) or for none (`0`), also in `+49 (0)30`. */
export function significantDigits(phone: string): string {
  return phone.replace("(0)", "").replace(/\D/g, "").replace(/^0+/, "");
}
