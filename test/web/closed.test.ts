import { expect } from "chai";
import type { Browser, Page } from "playwright-core";
import { openBrowser } from "../support/browser.ts";
import { System } from "../support/system.ts";
import type { Rest } from "../support/rest.ts";
import { secret, tokenFor } from "../support/tokens.ts";

describe("the pages of a clinic that an operator closes", function () {
  this.timeout(60_000);
  let clinic: System;
  let operator: Rest;
  let browser: Browser;
  let page: Page;
  before(async () => {
    clinic = await System.openWithPages({ AUTH_SECRET: secret });
    operator = clinic.restAs(await tokenFor({ role: "operator" }));
    await operator.post("/api/v1/clinics", { code: "south", name: "South", timezone: "Asia/Tokyo" });
    browser = await openBrowser();
    page = await browser.newPage();
  });
  after(async () => {
    await browser?.close();
    await clinic?.close();
  });

  const suspend = (suspended: boolean) => operator.patch("/api/v1/clinics/south", { suspended });
  const closed = () => page.getByText("This clinic is closed");

  it("say so, each of them, and not that the server cannot be reached", async () => {
    await suspend(true);

    for (const path of ["", "screens", "screen"]) {
      await page.goto(`${clinic.api.address}/c/south/${path}`);
      await closed().waitFor();
      expect(await page.content(), path).not.to.match(/reach|offline/i);
    }
  });

  it("say so within the minute in which an open page asks again, and go on once the clinic is open", async () => {
    await suspend(false);
    await page.clock.install();
    await page.goto(`${clinic.api.address}/c/south/`);
    const form = page.getByRole("heading", { name: "Sign in" });
    await form.waitFor();

    await suspend(true);
    await page.clock.fastForward(60_000);
    await closed().waitFor();
    await suspend(false);
    await page.clock.fastForward(30_000);
    await form.waitFor();

    expect(await closed().count()).to.equal(0);
  });
});
