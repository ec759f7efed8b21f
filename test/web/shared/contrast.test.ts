import { readFile } from "node:fs/promises";
import { expect } from "chai";

/** The colours of base.css, by scheme. */
async function readTokens(): Promise<Record<"light" | "dark", Record<string, string>>> {
  const css = await readFile(new URL("../../../web/shared/styles/base.css", import.meta.url), "utf8");
  const [light = "", dark = ""] = css.split("@media (prefers-color-scheme: dark)");
  const tokens = (text: string): Record<string, string> =>
    Object.fromEntries([...text.matchAll(/--([\w-]+): (#\w+);/g)].map(([, name, value]) => [name, value]));
  return { light: tokens(light), dark: { ...tokens(light), ...tokens(dark) } };
}

/** WCAG 2.2, relative luminance. */
function luminance(hex: string): number {
  const long = hex.length === 4 ? hex.replace(/[^#]/g, "$&$&") : hex;
  const [r = 0, g = 0, b = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(long.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.040_45 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].toSorted((one, other) => other - one);
  return (light + 0.05) / (dark + 0.05);
}

/** What stands on what, and the least contrast of it: 7 for text, 3 for the edge of what can be pressed. */
const pairs: [string, string, number][] = [
  ...["ground", "surface", "waiting", "next", "inside", "held", "glance"].map((ground): [string, string, number] => [
    "text",
    ground,
    7,
  ]),
  ...["ground", "surface", "waiting"].map((ground): [string, string, number] => ["quiet", ground, 7]),
  ...["surface", "ground", "waiting", "next"].map((ground): [string, string, number] => ["edge", ground, 3]),
  ["accent", "surface", 7],
  ["accent", "waiting", 4.5],
  ["accent", "next", 4.5],
  ["on-accent", "accent", 7],
  ["on-warning", "warning", 7],
  ["on-alarm", "alarm", 7],
  ["alarm", "surface", 4.5],
];

describe("the colours", () => {
  for (const scheme of ["light", "dark"] as const) {
    it(`can be told from what they are on, ${scheme}`, async () => {
      const tokens = (await readTokens())[scheme];

      for (const [front, ground, least] of pairs) {
        const found = contrast(tokens[front] ?? "", tokens[ground] ?? "");
        expect(found, `${front} on ${ground}`).to.be.at.least(least);
      }
    });
  }
});
