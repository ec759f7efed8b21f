import { expect } from "chai";
import type { Page } from "playwright-core";
import { eventually } from "./eventually.ts";

/** More than any page has to tab through. */
const mostTabs = 150;

/** What has the focus, as it is called. */
const focused = `(() => {
  const { activeElement: one } = document;
  if (one === document.body) return "";
  const text = one.ariaLabel ?? one.labels?.[0]?.innerText ?? one.innerText;
  const group = one.type === "radio" ? one.closest("fieldset")?.querySelector("legend")?.innerText : undefined;
  return [group, text].filter(Boolean).join(": ").replace(/[\\u2068\\u2069]/g, "").trim();
})()`;

/** Somebody who works at a page with nothing but the keyboard. */
export class Keyboard {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  press(key: string): Promise<void> {
    return this.#page.keyboard.press(key);
  }

  type(text: string): Promise<void> {
    return this.#page.keyboard.type(text);
  }

  /** What has the focus, as it is called; empty where nothing has. */
  async name(): Promise<string> {
    return String(await this.#page.evaluate(focused));
  }

  /** Goes on by Tab, or back by Shift-Tab, or by an arrow, to what is called so. */
  async reach(called: RegExp, key = "Tab"): Promise<void> {
    const passed: string[] = [];
    for (let tabs = 0; tabs < mostTabs; tabs++) {
      const here = await this.name();
      if (called.test(here)) return;
      passed.push(here);
      await this.press(key);
    }
    throw new Error(`There is no way to ${called}: ${[...new Set(passed)].join(" | ")}`);
  }

  /** Reaches a button or a link and presses it. */
  async use(called: RegExp, key = "Tab"): Promise<void> {
    await this.reach(called, key);
    await this.press("Enter");
  }

  /** Waits until what is called so has the focus. */
  async isAt(called: RegExp): Promise<void> {
    await eventually(async () => expect(await this.name()).to.match(called));
  }

  /** Whoever works on is not sent back to the beginning. */
  async isSomewhere(): Promise<void> {
    await eventually(async () => expect(await this.name(), "the focus").not.to.equal(""));
  }
}
