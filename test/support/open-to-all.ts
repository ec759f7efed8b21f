import { expect } from "chai";
import type { Page } from "playwright-core";
import { findBarriers } from "./axe.ts";
import { sizes } from "./staff-page.ts";

/**
 * Expects that nothing on a page keeps anybody out, in either theme, on a phone or a large monitor, and that nothing
 * lies beside it.
 *
 * @param state how the page is called in a failure
 */
export async function expectOpenToAll(page: Page, state: string): Promise<void> {
  // Colours do not depend on the size, nor the rest on the theme. A large monitor shows what a small desk does.
  const looks = [
    { size: sizes.desk, colorScheme: "dark", rules: "colours" },
    { size: sizes.phone, colorScheme: "light", rules: "all but colours" },
    { size: sizes.large, colorScheme: "light", rules: undefined },
    { size: sizes.desk, colorScheme: "light", rules: "all" },
  ] as const;
  for (const { size, colorScheme, rules } of looks) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize(size);
    if (rules) expect(await findBarriers(page, rules), `${state}, ${colorScheme}, ${size.width}`).to.deep.equal([]);
    for (const direction of ["ltr", "rtl"]) {
      expect(await excessOf(page, direction), `${state}, ${direction}, is wider than ${size.width}`).to.be.at.most(0);
    }
  }
}

/** How many pixels a page is wider than its window when it is read in a direction. */
async function excessOf(page: Page, direction: string): Promise<number> {
  return page.evaluate<number>(`(() => {
    const root = document.documentElement;
    const { dir } = root;
    root.dir = "${direction}";
    const excess = root.scrollWidth - innerWidth;
    root.dir = dir;
    return excess;
  })()`);
}
