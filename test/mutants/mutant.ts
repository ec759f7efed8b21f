/** A deliberate fault of the product that the tests must notice. */
export interface Mutant {
  /** Where it is, from the project's folder. */
  file: string;
  /** What stands there now, exactly once in the file. */
  text: string;
  replacement: string;
  /** What the product then does wrong, in one sentence. */
  fault: string;
  /** The test files that concern it, which run first; from `test/`, without `.test.ts`. */
  tests: string[];
  /** Why nobody can notice it. Such a mutant is not run and does not count. */
  equivalent?: string;
}

/**
 * The file's text with the fault in it.
 *
 * @throws Error when what is to be replaced does not stand in the text exactly once: then the list is out of date.
 */
export function mutate(source: string, { file, text, replacement, fault }: Mutant): string {
  const times = source.split(text).length - 1;
  if (times !== 1) throw new Error(`${file}: ${times} times instead of once: ${JSON.stringify(text)} (${fault})`);
  // As a function, because a string would give $ a meaning.
  return source.replace(text, () => replacement);
}
