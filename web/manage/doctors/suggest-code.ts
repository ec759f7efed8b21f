const longest = 20;
const titles = /^(dr|prof|professor|med|doctor|doktor|herr|frau|mr|mrs|ms|dipl|pd)\.?$/i;
/** Letters that are no Latin letter with a mark. */
const spelled: Readonly<Record<string, string>> = { ß: "ss", æ: "ae", ø: "o", ł: "l", đ: "d", þ: "th" };

/**
 * A code for a new doctor or service that nobody has: the family name of a person, all words of a service. Names in letters
 * without a Latin spelling are numbered.
 */
export function suggestCode(name: string, kind: "person" | "service", taken: ReadonlySet<string>): string {
  const words = name
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[ßæøłđþ]/gi, (letter) => spelled[letter.toLowerCase()] ?? letter)
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== "" && !titles.test(word));
  const chosen = kind === "person" ? words.slice(-1) : words;
  const plain = chosen.join("-").toUpperCase().slice(0, longest).replace(/-+$/, "");
  const base = plain === "" ? "D" : plain;
  if (plain !== "" && !taken.has(base)) return base;
  for (let number = plain === "" ? 1 : 2; ; number++) {
    const numbered = `${base}${number}`;
    if (!taken.has(numbered)) return numbered;
  }
}
