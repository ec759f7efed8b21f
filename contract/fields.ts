import { z } from "zod";

// Characters are counted by code point, as Postgres counts them.
const length = (text: string): number => Array.from(text).length;

// Nobody sees these characters, and some hide or turn around what stands beside them: control and format characters, half
// of a surrogate pair, code points that are no characters, and those that are kept for invisible ones. U+FFFC stands for an
// object that is no text, and U+FFFD for bytes that were no text when it was read. The domain plain_line refuses no more.
const unseen =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}\ufffc\ufffd]|(?=\p{Default_Ignorable_Code_Point})\p{Cn}/u;

// Persian and the scripts of India are spelled with joiners between letters, and one emoji may be several that are joined.
const joining = ["Arab", "Beng", "Deva", "Gujr", "Guru", "Knda", "Mlym", "Mymr", "Orya", "Sinh", "Syrc", "Taml", "Telu"]
  .map((script) => `\\p{Script=${script}}`)
  .join("");
const joiners = new RegExp(
  `(?<=[${joining}])[\u200c\u200d](?=[${joining}])|` +
    "(?<=[\\p{Extended_Pictographic}\\p{Emoji_Modifier}\ufe0f])\u200d(?=\\p{Extended_Pictographic})",
  "gu",
);

// Something of a text must be seen: not spaces, marks without a letter, the Hangul fillers or the empty Braille pattern.
const seen = /(?!\p{Default_Ignorable_Code_Point})[^\p{Z}\p{M}\p{C}\u2800]/u;
const nameable = /(?![\p{Default_Ignorable_Code_Point}\u2800])[\p{L}\p{N}\p{So}]/u;

const isPlain = (text: string): boolean => !unseen.test(text.replace(joiners, ""));

/** One line of text, trimmed, of 1 to `max` characters. It is kept as NFC, so that what looks the same is the same. */
export const line = (max: number) =>
  z
    .string()
    .normalize("NFC")
    .trim()
    .refine(isPlain, "must be one line of text without control characters, invisible characters or U+FFFD")
    .refine((text) => text.length > 0, "must not be empty")
    .refine((text) => text.length === 0 || !isPlain(text) || seen.test(text), "must have a character that can be seen")
    .refine((text) => length(text) <= max, `must have at most ${max} characters`)
    .meta({ minLength: 1, maxLength: max });

// Postgres searches names by words of at most 2,046 bytes, and takes characters apart before: one may stand for eighteen.
const maxBytesApart = 1_500;
const isSearchable = (text: string): boolean =>
  new TextEncoder().encode(text.normalize("NFKD")).length <= maxBytesApart;

/** A line of words that names are searched for by. */
export const words = (max: number) =>
  line(max).refine(isSearchable, `must have at most ${maxBytesApart} bytes once its characters are taken apart (NFKD)`);

/** The name of a person or a thing: a line with a letter, a digit or a symbol such as an emoji. */
export const name = (max: number) =>
  words(max).refine((text) => text.length === 0 || nameable.test(text), "must have a letter or a digit");

/** Text of at most `max` characters, of any number of lines. */
export const text = (max: number) =>
  z
    .string()
    .normalize("NFC")
    .trim()
    .refine(
      (value) => isPlain(value.replace(/[\t\r\n]/g, "")),
      "must be text without control characters, invisible characters or U+FFFD",
    )
    .refine((value) => length(value) <= max, `must have at most ${max} characters`)
    .meta({ maxLength: max });

/** An optional field. Null when it is left out, null or, as forms send it, empty. */
export const optional = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((value) => (value === "" ? null : value), schema.nullish()).transform((value) => value ?? null);

/** A schema that has a name in the document, or null: `nullable()` would make what the name means nullable, or write it out. */
export const orNull = <Schema extends z.ZodType>(schema: Schema) => z.union([schema, z.null()]);

/** In lower case, as Postgres writes it, so that two ids can be compared. */
export const id = z
  .guid("must be a UUID")
  .toLowerCase()
  .meta({ examples: ["0b7e8c1a-52d4-4f6e-9a3b-7c2d1e0f4a58"] });

/**
 * A phone number of 10 to 20 characters, reduced to digits and `+`: spaces and punctuation go.
 *
 * Letters are refused, and so are `#`, `*`, `,` and `;`, because they begin an extension: without them its digits would
 * make another number, which may be somebody else's. Fullwidth and Arabic digits count as digits, others are refused.
 *
 * A `+` that a client forgot to encode in a query string arrives as a space.
 */
export const phone = z
  .string()
  .refine((given) => length(given) >= 10 && length(given) <= 20, "must have 10 to 20 characters")
  .transform((given) => withAsciiDigits(given.replace(/^ /, "+")))
  .refine((given) => /^[0-9+\p{Z}\p{Cf}\p{P}]*$/u.test(given), "must have digits, spaces and punctuation only")
  .refine((given) => !/[#*,;]/.test(given.normalize("NFKC")), "must have no extension")
  .transform((given) => given.replace(/[^0-9+]/g, ""))
  .refine((number) => /^\+?[0-9]{5,}$/.test(number), "must be a phone number of at least 5 digits")
  .meta({ minLength: 10, maxLength: 20, examples: ["+1 234 567 890"] });

/** Of fullwidth digits and of the two rows of Arabic ones, the last four bits are the digit. */
function withAsciiDigits(given: string): string {
  return given
    .replace(/\uff0b/g, "+")
    .replace(/[\u0660-\u0669\u06f0-\u06f9\uff10-\uff19]/g, (digit) => `${digit.charCodeAt(0) & 15}`);
}

/** A time in the years that both Postgres and RFC 3339 support, in UTC. */
export const moment = z.iso
  .datetime({ offset: true, error: "must be a time like 2026-11-22T08:15:00Z" })
  .refine((time) => {
    const year = new Date(time).getUTCFullYear();
    return year >= 1 && year <= 9999;
  }, "must be in the years 1 to 9999")
  .meta({ examples: ["2026-11-22T08:15:00Z"] });

/** A time in an answer: RFC 3339 in UTC. It is a string here because that is what a client gets. */
export const timestamp = z.iso.datetime({ precision: 3 }).meta({ examples: ["2026-11-22T08:15:00.000Z"] });

/** How many there are of something. */
export const count = z.int().min(0);
