import { expect } from "chai";
import type { Browser } from "playwright-core";
import { findBarriers } from "../../support/axe.ts";
import { openBrowser } from "../../support/browser.ts";
import { Clinic } from "../../support/clinic.ts";
import { noon, setClinicClock } from "../../support/clinic-clock.ts";

/** Codes change every ten minutes, so this one is good for 20 s more. */
const lateInTurn = new Date(noon.getTime() + 580_000);
const nextTurn = new Date(noon.getTime() + 601_000);

describe("the code to check in with, on a board", function () {
  this.timeout(60_000);
  let browser: Browser;
  let clinic: Clinic;
  before(async () => {
    clinic = await Clinic.open();
    browser = await openBrowser();
  });
  after(async () => {
    await browser.close();
    await clinic.close();
  });

  it("is shown where the clinic demands it, and replaced as soon as the next one counts", async () => {
    await setClinicClock(clinic.sql, lateInTurn, clinic.id);
    const page = await browser.newPage();
    await page.clock.install({ time: lateInTurn });
    await page.goto(`${clinic.address}/screen`);
    await page.locator('.board[data-connection="live"]').waitFor();
    expect(await page.locator(".presence").count()).to.equal(0);

    await clinic.rest.patch("/api/v1/clinic", { requires_presence_code: true });
    await page.reload();

    const digits = page.locator(".presence b");
    await digits.waitFor();
    const { body: first } = await clinic.rest.get("/api/v1/presence-code");
    expect(await digits.innerText())
      .to.match(/^\d{4}$/)
      .and.equal(first.code);
    expect(await findBarriers(page)).to.deep.equal([]);

    await setClinicClock(clinic.sql, nextTurn, clinic.id);
    const { body: second } = await clinic.rest.get("/api/v1/presence-code");
    expect(Date.parse(second.until) - Date.parse(first.until)).to.equal(600_000);
    expect(second.code).not.to.equal(first.code);
    await page.clock.fastForward(25_000);
    await digits.getByText(second.code).waitFor();
  });
});
