import type { Browser, BrowserContextOptions, Locator } from "playwright-core";
import { StaffPage } from "../../support/staff-page.ts";

/** The profiles of the tests' browser share their cookies, which go by host: a host of its own is a profile of its own. */
let hosts = 0;

/** How long a label of the one button must have stood there. */
const readingMs = 600;

/** The Doctor page in a browser, by what a doctor knows it by. */
export class DoctorScreen {
  readonly staff: StaffPage;

  private constructor(staff: StaffPage) {
    this.staff = staff;
  }

  /** Opens the page of a clinic at this address, at which the account is signed in. */
  static async open(
    browser: Browser,
    address: string,
    account: string,
    options: BrowserContextOptions = {},
  ): Promise<DoctorScreen> {
    const staff = await StaffPage.open(browser, options);
    await staff.page.clock.install();
    // Browsers take all names below localhost for this machine.
    const own = address.replace("127.0.0.1", `doctor-${++hosts}.localhost`);
    await staff.comeSignedIn(address, account, own);
    await staff.goto(`${own}/doctor`);
    return new DoctorScreen(staff);
  }

  get page(): StaffPage["page"] {
    return this.staff.page;
  }

  /** The one button, once it says this and was there for long enough to be read. */
  async primary(label: string | RegExp): Promise<Locator> {
    return this.#settled(".primary", label);
  }

  /** The button beside it, likewise. */
  async second(label: string | RegExp): Promise<Locator> {
    return this.#settled(".second", label);
  }

  /** The page's clock passes the time that somebody needs to read what a button says, which the test need not wait for. */
  async #settled(button: string, label: string | RegExp): Promise<Locator> {
    const labelled = this.page.locator(`.bar ${button}`).filter({ hasText: label });
    await labelled.waitFor();
    const settled = labelled.and(this.page.locator('[data-settled="true"]'));
    if ((await settled.count()) === 0) await this.page.clock.fastForward(readingMs);
    await settled.waitFor();
    return settled;
  }

  /** The patient who is shown large. */
  get patient(): Locator {
    return this.page.locator(".patient.large");
  }

  row(ticket: string): Locator {
    return this.page.locator(`.row[data-ticket="${ticket}"]`);
  }

  /** Opens what can be done with somebody in the list. */
  async openRow(ticket: string): Promise<Locator> {
    await this.row(ticket).locator(".row-button").click();
    return this.row(ticket).locator(".panel");
  }

  /** What was done last, once it says this. */
  async last(text: string | RegExp): Promise<void> {
    await this.page.locator(".last-line > p").filter({ hasText: text }).waitFor();
  }

  /** What has the focus, by its class. */
  async focused(): Promise<string> {
    return this.page.evaluate("document.activeElement.className") as Promise<string>;
  }

  /** Chooses one of a few, by its label. */
  async choose(label: string, within: Locator = this.page.locator("body")): Promise<void> {
    await within.getByRole("radio", { name: label, exact: true }).click();
  }

  /** Lets the page do nothing any more. */
  async leave(): Promise<void> {
    await this.page.goto("about:blank");
  }
}
