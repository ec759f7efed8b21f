/** The folder of package.json, from the sources and from `dist/` alike. */
export const projectRoot = new URL(".", import.meta.resolve("#package.json"));
