import { expect } from "chai";
import type { Page } from "playwright-core";
import { findBarriers } from "./axe.ts";
import { sizes } from "./staff-page.ts";

/**
 * Expects that nothing keeps anybody out, and that nothing lies beside the page, whatever the size and the scheme.
 *
 * @param state how the page is called in a failure
 */
export async function expectOpenToAll(page: Page, state: string): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    // Colours do not depend on the size.
    for (const size of colorScheme === "light" ? [sizes.phone, sizes.desk, sizes.large] : [sizes.desk]) {
      await page.setViewportSize(size);
      expect(await findBarriers(page), `${state}, ${colorScheme}, ${size.width}`).to.deep.equal([]);
      const overflow = (await page.evaluate("document.documentElement.scrollWidth - innerWidth")) as number;
      expect(overflow, `${state} is wider than ${size.width}`).to.be.at.most(0);
    }
  }
  await page.setViewportSize(sizes.desk);
}
