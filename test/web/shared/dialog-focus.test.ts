import { expect } from "chai";
import type { Browser, Page } from "playwright-core";
import { openBrowser } from "../../support/browser.ts";
import { ClinicDay } from "../../support/clinic-day.ts";
import { eventually } from "../../support/eventually.ts";
import { StaffPage } from "../../support/staff-page.ts";
import { System } from "../../support/system.ts";

describe("the focus, when a dialog is closed by Escape", function () {
  this.timeout(60_000);
  let system: System;
  let browser: Browser;
  let staff: StaffPage;
  let page: Page;
  before(async () => {
    system = await System.openWithPages();
    const day = await ClinicDay.begin(system);
    const smith = await day.addDoctor("Dr. Smith", "Room 1");
    for (const name of ["First", "Second", "Third"]) await day.waiting(smith, name);
    browser = await openBrowser();
    staff = await StaffPage.open(browser);
    ({ page } = staff);
    page.setDefaultTimeout(10_000);
  });
  after(async () => {
    await browser?.close();
    await system?.close();
  });

  /** Opens a dialog by the keyboard, and closes it. */
  async function openAndClose(opener: string | RegExp): Promise<void> {
    const button =
      typeof opener === "string" ? page.locator(opener).first() : page.getByRole("button", { name: opener });
    await button.focus();
    await page.keyboard.press("Enter");
    await page.locator("dialog[open]").waitFor();
    expect(await page.evaluate("document.querySelector('dialog[open]').contains(document.activeElement)")).to.equal(
      true,
    );

    await page.keyboard.press("Escape");

    await page.locator("dialog[open]").waitFor({ state: "detached" });
    const focused = await page.evaluate("document.activeElement.outerHTML");
    expect(focused, String(opener)).to.equal(await button.evaluate((node) => node.outerHTML));
  }

  it("is where it was on the Desk", async () => {
    await staff.goto(system.api.address);
    await staff.live();
    for (const opener of [/^Tasks/, /^Closing/, /list$/, ".card-of-doctor h2 button"]) await openAndClose(opener);
  });

  it("is where it was on the Doctor page", async () => {
    await staff.goto(`${system.api.address}/doctor`);
    await page.getByRole("checkbox", { name: "Dr. Smith" }).or(page.getByLabel("Dr. Smith")).first().check();
    await page.locator(".post button.main-action, button[type=submit]").first().click();
    await staff.live();
    await page.getByRole("button", { name: /^Why/ }).waitFor();
    for (const opener of [/^Why/, ".day"]) await openAndClose(opener);
  });

  it("is where it was on the manager's page", async () => {
    await staff.goto(`${system.api.address}/manage`);
    for (const opener of [/^Add a doctor or/, /^Paste a list/, /^Change .?Dr. Smith/]) await openAndClose(opener);
  });

  it("is near where it was when what had it is gone", async () => {
    await staff.goto(`${system.api.address}/manage`);
    const change = page.getByRole("button", { name: /^Change .?Dr. Smith/ });
    await change.focus();
    await page.keyboard.press("Enter");
    await page.locator("dialog[open]").waitFor();
    await change.evaluate((node) => node.remove());

    await page.keyboard.press("Escape");

    await eventually(async () => {
      expect(await page.evaluate("document.activeElement.ariaLabel")).to.match(/^Retire .?Dr. Smith/);
    });
  });
});
