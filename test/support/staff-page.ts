import type { Browser, BrowserContextOptions, Locator, Page } from "playwright-core";
import { password } from "./accounts.ts";
import { Rest } from "./rest.ts";

/** The sizes at which pages are looked at: a phone, the smallest desk, a large monitor. */
export const sizes = {
  phone: { width: 390, height: 844 },
  desk: { width: 1280, height: 660 },
  large: { width: 1920, height: 1080 },
} as const;

/** A page of the staff in a browser, with what people do at it. */
export class StaffPage {
  readonly page: Page;
  /** What the browser complained of. */
  readonly complaints: string[] = [];
  #interactions = 0;

  private constructor(page: Page) {
    this.page = page;
    page.on("console", (message) => message.type() === "error" && this.complaints.push(message.text()));
    page.on("pageerror", (error) => this.complaints.push(error.message));
  }

  /** A page in a browser profile of its own, at the size of a small desk unless others are asked for. */
  static async open(browser: Browser, options: BrowserContextOptions = {}): Promise<StaffPage> {
    const context = await browser.newContext({ viewport: sizes.desk, locale: "en-GB", ...options });
    return new StaffPage(await context.newPage());
  }

  async goto(address: string): Promise<void> {
    await this.page.goto(address);
  }

  async signIn(name: string, typed = password): Promise<void> {
    await this.page.locator("#name").fill(name);
    await this.page.locator("#password").fill(typed);
    await this.page.keyboard.press("Enter");
  }

  /**
   * Lets the pages that it opens find an account signed in, where signing in is not what is tested.
   *
   * @param address of the clinic
   * @param seenAt where the pages are, if it is elsewhere
   */
  async comeSignedIn(address: string, name: string, seenAt = address): Promise<void> {
    const signedIn = await new Rest(address).post("/api/v1/sessions", { name, password });
    const [cookie = ""] = signedIn.headers.getSetCookie();
    const [, key, value] = /^([^=]+)=([^;]+)/.exec(cookie) ?? [];
    if (key === undefined || value === undefined) throw new Error(`cannot sign in: ${JSON.stringify(signedIn.body)}`);
    // Through the page, because a profile of the tests' browser, which is one process, does not find its own cookies.
    const cdp = await this.page.context().newCDPSession(this.page);
    await cdp.send("Network.setCookie", { name: key, value, url: seenAt, httpOnly: true, sameSite: "Strict" });
    await cdp.detach();
  }

  /** Signs in at the Desk, and waits until it shows the state of now. */
  async beginAt(address: string, name = "anna"): Promise<void> {
    await this.goto(address);
    await this.signIn(name);
    await this.live();
  }

  async signOut(): Promise<void> {
    await this.page.locator(".account .who").click();
    await this.page.getByRole("button", { name: "Sign out" }).click();
  }

  /** Waits until the page shows the state of now. */
  async live(): Promise<void> {
    await this.page.locator('.page[data-live="true"]').waitFor();
  }

  /** Clicks, taps or presses a key, or fills a field: one interaction each, as screens are judged by. */
  async click(what: Locator): Promise<void> {
    this.#interactions++;
    await what.click();
  }

  async tap(what: Locator): Promise<void> {
    this.#interactions++;
    await what.tap();
  }

  async press(key: string): Promise<void> {
    this.#interactions++;
    await this.page.keyboard.press(key);
  }

  /** However long the text. */
  async type(text: string): Promise<void> {
    this.#interactions++;
    await this.page.keyboard.type(text);
  }

  async fill(what: Locator, text: string): Promise<void> {
    this.#interactions++;
    await what.fill(text);
  }

  /** How many interactions there were since this was asked last. */
  takeInteractions(): number {
    const count = this.#interactions;
    this.#interactions = 0;
    return count;
  }
}
