import axe from "axe-core";
import type { Page } from "playwright-core";

interface Violation {
  id: string;
  help: string;
  nodes: { html: string; failureSummary: string }[];
}

/** What axe-core finds wrong on a page as it is now: a line for each element. */
export async function findBarriers(page: Page): Promise<string[]> {
  // Animations that are under way change colours.
  await page.evaluate("Promise.allSettled(document.getAnimations().map((animation) => animation.finished))");
  if (!(await page.evaluate("'axe' in globalThis"))) await page.evaluate(axe.source);
  const violations = await page.evaluate<Violation[]>(
    "axe.run({ resultTypes: ['violations'] }).then(({ violations }) => violations)",
  );
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${help}: ${html} ${failureSummary}`),
  );
}
