import { expect } from "chai";
import axe from "axe-core";
import type { Page } from "playwright-core";
import { sizes } from "./staff-page.ts";

interface Violation {
  id: string;
  help: string;
  nodes: { html: string; failureSummary: string }[];
}

/** Which of axe-core's rules: all; the one about colours, which takes half of the time; or all others. */
type Rules = "all" | "colours" | "all but colours";

const chosen: Record<Rules, object> = {
  all: {},
  colours: { runOnly: ["color-contrast"] },
  "all but colours": { rules: { "color-contrast": { enabled: false } } },
};

/** What axe-core finds wrong on a page as it is now: a line for each element. */
export async function findBarriers(page: Page, rules: Rules = "all"): Promise<string[]> {
  // Animations that are under way change colours.
  await page.evaluate("Promise.allSettled(document.getAnimations().map((animation) => animation.finished))");
  if (!(await page.evaluate("'axe' in globalThis"))) await page.evaluate(axe.source);
  const options = JSON.stringify({ resultTypes: ["violations"], ...chosen[rules] });
  const violations = await page.evaluate<Violation[]>(`axe.run(${options}).then(({ violations }) => violations)`);
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${help}: ${html} ${failureSummary}`),
  );
}

/** Nothing on a page keeps anybody out, in either theme, on a phone or a large monitor, and nothing lies beside it. */
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
