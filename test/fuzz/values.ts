import type { Random } from "../faults/random.ts";

/** Text that goes into a JSON document as it is: what no value of JavaScript gives. */
export class Raw {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

const nasty: readonly unknown[] = [
  null,
  true,
  [],
  {},
  [[]],
  "",
  " ",
  0,
  -1,
  0.5,
  1e308,
  2 ** 53,
  -(2 ** 63),
  "\0",
  "a\0b",
  "\ud800",
  "x\udfff",
  "\u202Eabc",
  "💊".repeat(300),
  "é".repeat(10_000),
  "㌖".repeat(200),
  "\ufdfa ".repeat(100),
  "a".repeat(60_000),
  "%s%n%00",
  "'; drop table patients; --",
  "$1",
  "{{7*7}}",
  "\r\nSet-Cookie: a=b",
  "<script>alert(1)</script>",
  "__proto__",
  "constructor",
  "toString",
  { toString: 1 },
  { $ne: 1 },
  { length: 1e9 },
  "0000-01-01",
  "0001-01-01",
  "9999-12-31",
  "2026-02-30",
  "+010000-01-01",
  "infinity",
  "-infinity",
  "now",
  "today",
  "epoch",
  "0000-01-01T00:00:00Z",
  "0001-01-01T00:00:00+23:59",
  "9999-12-31T23:59:59-23:59",
  "2026-01-01T00:00:00.123456789123456789Z",
  "2026-06-30T23:59:60Z",
  "NaN",
  "Infinity",
  "1e5",
  "0x10",
  "٣٤٥",
  "00000000-0000-0000-0000-000000000000",
  "ffffffff-ffff-ffff-ffff-ffffffffffff",
  "FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF",
  "{ffffffff-ffff-ffff-ffff-ffffffffffff}",
  `${"a".repeat(250)}@b.c`,
  `${"a.".repeat(5_000)}@b.example`,
  `"a b"@[127.0.0.1]`,
  "+" + "1".repeat(19),
  "++++++++++++",
  " 990001110001",
  new Raw("1e999"),
  new Raw("-0"),
  new Raw("123456789012345678901234567890"),
  new Raw("0.1e-400"),
  new Raw('"\\ud800"'),
  new Raw('"\\u0000"'),
  new Raw('{"__proto__":{"role":"staff"}}'),
  new Raw('{"constructor":{"prototype":{}}}'),
  new Raw("[".repeat(500) + "]".repeat(500)),
];

export const nastyValue = (random: Random): unknown => random.pick(nasty);

export function nastyText(random: Random): string {
  const value = nastyValue(random);
  return typeof value === "string" ? value : write(value);
}

/** JSON, with raw text where there is some. */
export function write(value: unknown): string {
  if (value instanceof Raw) return value.text;
  if (Array.isArray(value)) return `[${value.map(write).join(",")}]`;
  if (typeof value === "object" && value !== null) {
    const fields = Object.entries(value).map(([key, field]) => `${JSON.stringify(key)}:${write(field)}`);
    return `{${fields.join(",")}}`;
  }
  return JSON.stringify(value) ?? "null";
}

/** An object with a few things wrong, or none. */
export function mutate(random: Random, object: Record<string, unknown>): Record<string, unknown> {
  const changed: Record<string, unknown> = { ...object };
  const keys = Object.keys(changed);
  for (let changes = random.pick([0, 1, 1, 1, 2, 5]); changes > 0; changes--) {
    const key = keys.length > 0 ? random.pick(keys) : "x";
    switch (random.between(0, 6)) {
      case 0:
        delete changed[key];
        break;
      case 1:
        // Not by assignment, which would give the object itself another prototype.
        {
          const value = nastyValue(random);
          const added = random.pick(["__proto__", "constructor", "x", "toJSON", "", "id", "role"]);
          Object.defineProperty(changed, added, { value, enumerable: true, configurable: true, writable: true });
        }
        break;
      case 2:
        changed[key] = [changed[key]];
        break;
      case 3:
        changed[key] = write(changed[key]).toUpperCase();
        break;
      default:
        changed[key] = nastyValue(random);
    }
  }
  return changed;
}

/** A text with a few bytes wrong: cut, doubled, turned. */
export function mangle(random: Random, text: string): Buffer {
  const bytes = Buffer.from(text);
  const at = random.between(0, bytes.length);
  switch (random.between(0, 5)) {
    case 0:
      return bytes.subarray(0, at);
    case 1:
      return Buffer.concat([bytes, bytes]);
    case 2:
      return Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), bytes]);
    case 3:
      return Buffer.concat([bytes.subarray(0, at), randomBytes(random, 8), bytes.subarray(at)]);
    case 4:
      return Buffer.from(text, "utf16le");
    default:
      if (at < bytes.length) bytes[at] = random.between(0, 255);
      return bytes;
  }
}

export const randomBytes = (random: Random, length: number): Buffer =>
  Buffer.from(Array.from({ length }, () => random.between(0, 255)));
