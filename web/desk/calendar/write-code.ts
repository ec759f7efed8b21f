/** A confirmation's code in two halves, as it is read aloud. */
export const writeCode = (code: string): string => `${code.slice(0, 4)} ${code.slice(4)}`;
