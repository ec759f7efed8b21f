/** The names in a text that has one or several, apart by commas, each once. */
export function namesIn(text: string): string[] {
  const names = text.split(/[,;\n]/).map((name) => name.normalize("NFC").trim());
  return [...new Set(names.filter((name) => name !== ""))];
}
