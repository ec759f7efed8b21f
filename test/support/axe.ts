import axe from "axe-core";
import type { Page } from "playwright-core";

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
  // Arabic letters join as those of an icon's name do, which axe-core would leave out of what is seen.
  const checks = { "label-content-name-mismatch": { options: { pixelThreshold: 1 } } };
  const options = JSON.stringify({ resultTypes: ["violations"], checks, ...chosen[rules] });
  const violations = await page.evaluate<Violation[]>(`axe.run(${options}).then(({ violations }) => violations)`);
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${help}: ${html} ${failureSummary}`),
  );
}
