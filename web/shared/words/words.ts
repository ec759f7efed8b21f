import { ClinicTime } from "../times/clinic-time.ts";

/** A text, or one for each way in which the language counts. `{name}` is a placeholder, `{count}` the number counted. */
export type Message = string | ({ readonly other: string } & { readonly [rule in Intl.LDMLPluralRule]?: string });
export type Catalogue = Readonly<Record<string, Message>>;

/** The same catalogue in another language: equal keys, and what counts there counts here. A test compares placeholders. */
export type Translation<C extends Catalogue> = {
  readonly [Key in keyof C]: C[Key] extends string ? string : Exclude<Message, string>;
};

type PlaceholdersIn<Text> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | PlaceholdersIn<Rest> : never;
type Placeholders<M extends Message> = M extends string ? PlaceholdersIn<M> : "count" | PlaceholdersIn<M[keyof M]>;
type Needed<M extends Message> = [Placeholders<M>] extends [never]
  ? []
  : [values: Readonly<Record<Placeholders<M>, string | number>>];

/** How the texts of a language are read. */
export interface Language {
  /** BCP 47. */
  tag: "en" | "de";
  /** In the language itself. */
  name: string;
  direction: "ltr" | "rtl";
}

export const languages: readonly Language[] = [
  { tag: "en", name: "English", direction: "ltr" },
  { tag: "de", name: "Deutsch", direction: "ltr" },
];

/**
 * The texts of a page in one language. Numbers, dates and plurals follow the language; times are the clinic's. The type
 * parameter names the catalogue in English, from which keys and placeholders are known.
 */
export class Words<C extends Catalogue> {
  readonly language: Language;
  readonly #catalogue: Catalogue;
  readonly #plural: Intl.PluralRules;
  readonly #number: Intl.NumberFormat;

  constructor(language: Language, catalogue: Catalogue) {
    this.language = language;
    this.#catalogue = catalogue;
    this.#plural = new Intl.PluralRules(language.tag);
    this.#number = new Intl.NumberFormat(language.tag);
  }

  /** A text with its placeholders filled in. */
  say<Key extends keyof C & string>(key: Key, ...needed: Needed<C[Key]>): string {
    const values: Readonly<Record<string, string | number>> = needed[0] ?? {};
    const message = this.#catalogue[key] ?? "";
    const text = typeof message === "string" ? message : this.#counted(message, Number(values["count"]));
    // Most texts have no placeholder, and a card is drawn anew with dozens of them.
    if (!text.includes("{")) return text;
    return text.replace(/\{(\w+)\}/g, (_braces, name: string) => this.#fill(values[name] ?? ""));
  }

  /** These words, and those of a part of the page beside them. */
  with<More extends Catalogue>(more: More): Words<C & More> {
    return new Words<C & More>(this.language, { ...this.#catalogue, ...more });
  }

  /** How dates are written: in English, the day comes before the month. */
  get locale(): string {
    return this.language.tag === "en" ? "en-GB" : this.language.tag;
  }

  /** A number as it is written. */
  number(value: number): string {
    return this.#number.format(value);
  }

  /** The times of a clinic, written in this language. */
  timesAt(zone: string | undefined): ClinicTime {
    return new ClinicTime(zone, this.locale);
  }

  #counted(message: Exclude<Message, string>, count: number): string {
    return message[this.#plural.select(count)] ?? message.other;
  }

  #fill(value: string | number): string {
    return typeof value === "number" ? this.number(value) : isolate(value, this.language.direction);
  }
}

const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;

/** Keeps a name that is written the other way round from turning the sentence around it. */
function isolate(text: string, direction: Language["direction"]): string {
  return rightToLeft.test(text) === (direction === "rtl") ? text : `\u2068${text}\u2069`;
}
