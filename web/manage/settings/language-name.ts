interface DisplayNames {
  of: (tag: string) => string | undefined;
}

/** How a language is called in another; its tag where the browser does not know. */
export function languageName(tag: string, inLanguage: string): string {
  const { DisplayNames: Names } = Intl as unknown as {
    DisplayNames?: new (locales: string[], options: { type: "language" }) => DisplayNames;
  };
  try {
    return (Names && new Names([inLanguage], { type: "language" }).of(tag)) || tag;
  } catch {
    return tag;
  }
}
