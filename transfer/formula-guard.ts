/**
 * Programs for tables run a cell that begins with one of these as a formula. An apostrophe before it makes it text. A text that
 * begins with apostrophes and then one of these gets another apostrophe, so that each text comes back as it was.
 */
const formula = /^'*[=+\-@\t\r]/;
const guarded = /^'+[=+\-@\t\r]/;

export const withGuard = (text: string): string => (formula.test(text) ? `'${text}` : text);

export const withoutGuard = (text: string): string => (guarded.test(text) ? text.slice(1) : text);
