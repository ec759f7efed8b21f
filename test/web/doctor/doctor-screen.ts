import type { Browser, BrowserContextOptions, Locator } from "playwright-core";
import { StaffPage } from "../../support/staff-page.ts";

/** The profiles of the tests' browser share their cookies, which go by host: a host of its own is a profile of its own. */
let hosts = 1;

/** The Doctor page in a browser, by what a doctor knows it by. */
export class DoctorScreen {
  readonly staff: StaffPage;

  private constructor(staff: StaffPage) {
    this.staff = staff;
  }

  /** Opens the page of an api that listens on all addresses, and signs in. */
  static async open(
    browser: Browser,
    { port }: { port: number },
    account: string,
    options: BrowserContextOptions = {},
  ): Promise<DoctorScreen> {
    return DoctorScreen.openAt(browser, `http://127.0.0.${++hosts}:${port}`, account, options);
  }

  /** Opens the page at an address. */
  static async openAt(
    browser: Browser,
    address: string,
    account: string,
    options: BrowserContextOptions = {},
  ): Promise<DoctorScreen> {
    const staff = await StaffPage.open(browser, options);
    await staff.goto(`${address}/doctor`);
    await staff.signIn(account);
    return new DoctorScreen(staff);
  }

  get page(): StaffPage["page"] {
    return this.staff.page;
  }

  /** The one button, once it says this and was there for long enough to be read. */
  async primary(label: string | RegExp): Promise<Locator> {
    const button = this.page.locator('.bar .primary[data-settled="true"]').filter({ hasText: label });
    await button.waitFor();
    return button;
  }

  /** The button beside it, likewise. */
  async second(label: string | RegExp): Promise<Locator> {
    const button = this.page.locator('.bar .second[data-settled="true"]').filter({ hasText: label });
    await button.waitFor();
    return button;
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
