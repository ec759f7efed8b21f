import { expect } from "chai";
import type { Browser } from "playwright-core";
import { openBrowser } from "../../support/browser.ts";
import { Clinic } from "../../support/clinic.ts";
import { eventually } from "../../support/eventually.ts";

describe("the wake lock of a board", function () {
  this.timeout(60_000);
  let clinic: Clinic;
  let browser: Browser;
  before(async () => {
    clinic = await Clinic.open();
    browser = await openBrowser();
  });
  after(async () => {
    await browser.close();
    await clinic.close();
  });

  it("keeps the screen on, and is asked for again when the page is seen again", async () => {
    const context = await browser.newContext();
    await context.grantPermissions(["screen-wake-lock"]);
    const page = await context.newPage();
    // The browser's own locks, kept where the test sees them.
    await page.addInitScript(`
      globalThis.locks = [];
      const { wakeLock } = navigator;
      const request = wakeLock.request.bind(wakeLock);
      wakeLock.request = async (type) => {
        const lock = await request(type);
        locks.push(lock);
        return lock;
      };
    `);
    const held = (): Promise<unknown> => page.evaluate("locks.map(({ type, released }) => [type, released])");
    await page.goto(`${clinic.address}/screen`);
    await eventually(async () => expect(await held()).to.deep.equal([["screen", false]]));

    // What a browser does when the page goes out of sight and comes back.
    await page.evaluate(`locks[0].release().then(() => document.dispatchEvent(new Event("visibilitychange")))`);

    await eventually(async () =>
      expect(await held()).to.deep.equal([
        ["screen", true],
        ["screen", false],
      ]),
    );
  });

  it("is not missed where a browser has none", async () => {
    const page = await browser.newPage();
    const complaints: string[] = [];
    page.on("pageerror", (error) => complaints.push(error.message));
    await page.addInitScript("delete Navigator.prototype.wakeLock");

    await page.goto(`${clinic.address}/screen`);
    await page.locator('.board[data-connection="live"]').waitFor();

    expect([await page.evaluate("'wakeLock' in navigator"), complaints]).to.deep.equal([false, []]);
  });
});
