/** Fewer digits than this would be in nearly every number. */
const fewestDigits = 3;
/** A number that has at least this many digits is whole, so a longer one may be the same with a country code. */
const wholeNumber = 7;

/** Whether what somebody typed is a phone number, or a part of one, that is in this number. */
export function isPartOf(phone: string | null, typed: string): boolean {
  if (phone === null || !/^[\d\s+()./-]+$/.test(typed)) return false;
  const [number, sought] = [significantDigits(phone), significantDigits(typed)];
  if (sought.length < fewestDigits) return false;
  return number.includes(sought) || (number.length >= wholeNumber && sought.endsWith(number));
}

/** Leaves out the zeros in front, which stand for a country (`00`) or for none (`0`), also in `+49 (0)30`. */
function significantDigits(phone: string): string {
  return phone.replace("(0)", "").replace(/\D/g, "").replace(/^0+/, "");
}
