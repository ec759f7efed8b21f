import { z } from "zod";

// Characters are counted by code point, as Postgres counts them. Text that Postgres cannot store (NUL, half of a surrogate
// pair) is refused, and so are control characters in fields of one line.
const length = (text: string): number => Array.from(text).length;
const oneLine = /^[^\p{Cc}]*$/u;

/** One line of text, trimmed, of 1 to `max` characters. */
export const line = (max: number) =>
  z
    .string()
    .trim()
    .refine((text) => text.isWellFormed() && oneLine.test(text), "must be one line of text without control characters")
    .refine((text) => text.length > 0, "must not be empty")
    .refine((text) => length(text) <= max, `must have at most ${max} characters`)
    .meta({ minLength: 1, maxLength: max });

/** Text of at most `max` characters. */
export const text = (max: number) =>
  z
    .string()
    .trim()
    .refine((value) => value.isWellFormed() && !value.includes("\0"), "must be text without NUL characters")
    .refine((value) => length(value) <= max, `must have at most ${max} characters`)
    .meta({ maxLength: max });

/** An optional field. Null when it is left out, null or, as forms send it, empty. */
export const optional = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((value) => (value === "" ? null : value), schema.nullish()).transform((value) => value ?? null);

/** In lower case, as Postgres writes it, so that two ids can be compared. */
export const id = z
  .guid("must be a UUID")
  .toLowerCase()
  .meta({ examples: ["0b7e8c1a-52d4-4f6e-9a3b-7c2d1e0f4a58"] });

/**
 * A phone number of 10 to 20 characters, reduced to digits and `+`.
 *
 * A `+` that a client forgot to encode in a query string arrives as a space.
 */
export const phone = z
  .string()
  .refine((given) => length(given) >= 10 && length(given) <= 20, "must have 10 to 20 characters")
  .transform((given) => given.replace(/^ /, "+").replace(/[^0-9+]/g, ""))
  .refine((number) => /^\+?[0-9]{5,}$/.test(number), "must be a phone number of at least 5 digits")
  .meta({ minLength: 10, maxLength: 20, examples: ["+1 234 567 890"] });

/** A time in an answer: RFC 3339 in UTC. It is a string here because that is what a client gets. */
export const timestamp = z.string().meta({ format: "date-time", examples: ["2026-11-22T08:15:00.000Z"] });
