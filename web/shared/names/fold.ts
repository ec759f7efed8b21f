/** Letters that Unicode does not take apart into a plain letter and an accent. */
const plainLetters: Readonly<Record<string, string>> = {
  æ: "ae",
  đ: "d",
  ð: "d",
  ħ: "h",
  ı: "i",
  ł: "l",
  œ: "oe",
  ø: "o",
  ß: "ss",
  þ: "th",
};

/** Reduces a text to what can be typed on a plain keyboard. */
export function fold(text: string): string {
  return text
    .replace(/['’‘ʼʻ`´]/g, "")
    .normalize("NFKD")
    .toLowerCase()
    .replace(/\p{M}/gu, "")
    .replace(/[æđðħıłœøßþ]/g, (letter) => plainLetters[letter] ?? letter);
}
