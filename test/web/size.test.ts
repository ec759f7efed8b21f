import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { gzipSync } from "node:zlib";
import { expect } from "chai";
import { projectRoot } from "../../platform/project-root.ts";
import { languages } from "../../web/shared/words/words.ts";

const built = new URL("dist/web/", projectRoot);
const mostBytes = 60_000;

/** Where each page is, by the name of its HTML file. */
const pages = { index: "/", doctor: "/doctor", manage: "/manage", screens: "/screens", screen: "/screen" };

describe("the size of the pages", () => {
  for (const [name, address] of Object.entries(pages)) {
    it(`${address} loads at most 60 KB of script, compressed, in any language`, () => {
      for (const { tag } of languages) {
        const scripts = firstLoad(name, tag);

        const sizes = Object.fromEntries([...scripts].map(([path, text]) => [path, gzipSync(text).length]));
        const bytes = Object.values(sizes).reduce((sum, size) => sum + size, 0);
        expect(bytes, `in ${tag}: ${JSON.stringify(sizes)}`).to.be.at.most(mostBytes);
        const hasCatalogue = [...scripts.keys()].some((path) => isCatalogue(path, tag));
        expect(hasCatalogue, `a catalogue in ${tag}`).to.equal(true);
      }
    });
  }
});

/** The scripts that a page needs before it can be used: what it names, what that imports, and one catalogue of words. */
function firstLoad(page: string, tag: string): ReadonlyMap<string, string> {
  const html = readFileSync(new URL(`${page}.html`, built), "utf8");
  const scripts = new Map<string, string>();
  const named = [...html.matchAll(/<script[^>]* src="\/([^"]+)"/g)].map(([, path]) => path ?? "");
  expect(named, `the scripts that ${page}.html names`).to.have.length(1);
  // The list grows by what each script imports.
  const wanted = [...named];
  for (const path of wanted) {
    if (scripts.has(path)) continue;
    const text = readFileSync(new URL(path, built), "utf8");
    scripts.set(path, text);
    const imported = [...text.matchAll(/\b(?:from|import)\s*["'`]\.\/([^"'`]+)["'`]/g)];
    const later = [...text.matchAll(/\bimport\(\s*["'`]\.\/([^"'`]+)["'`]/g)];
    wanted.push(...imported.map(([, file]) => `assets/${file}`));
    // What is imported later does not delay the page, apart from its words.
    wanted.push(...later.map(([, file]) => `assets/${file}`).filter((file) => isCatalogue(file, tag)));
  }
  return scripts;
}

const isCatalogue = (path: string, tag: string): boolean => basename(path).startsWith(`${tag}-`);
