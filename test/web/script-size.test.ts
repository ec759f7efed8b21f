import { readdir, readFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import { expect } from "chai";
import { projectRoot } from "../../platform/project-root.ts";

const web = new URL("dist/web/", projectRoot);
const mostBytes = 60_000;

/** The scripts that a page loads, those of both languages too. */
async function scriptsOf(page: string): Promise<Set<string>> {
  const html = await readFile(new URL(page, web), "utf8");
  const found = new Set<string>();
  const next = [...html.matchAll(/src="\/assets\/([^"]+\.js)"/g)].map(([, name]) => name ?? "");
  for (let name = next.pop(); name !== undefined; name = next.pop()) {
    if (found.has(name)) continue;
    found.add(name);
    const script = await readFile(new URL(`assets/${name}`, web), "utf8");
    next.push(...[...script.matchAll(/["'`](?:\.\/|assets\/)([\w-]+\.js)["'`]/g)].map(([, other]) => other ?? ""));
  }
  return found;
}

describe("the scripts of the pages", () => {
  it("are at most 60 KB compressed for each page", async () => {
    const pages = (await readdir(web)).filter((name) => name.endsWith(".html"));
    expect(pages).to.include("index.html");

    for (const page of pages) {
      const scripts = await scriptsOf(page);
      const sizes = await Promise.all(
        [...scripts].map(async (name) => gzipSync(await readFile(new URL(`assets/${name}`, web))).length),
      );
      const total = sizes.reduce((sum, size) => sum + size, 0);
      expect(scripts.size, page).to.be.greaterThan(0);
      expect(total, `${page}: ${total} bytes`).to.be.at.most(mostBytes);
    }
  });
});
