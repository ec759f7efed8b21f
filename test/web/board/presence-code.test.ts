import { expect } from "chai";
import type { Browser } from "playwright-core";
import { findBarriers } from "../../support/axe.ts";
import { openBrowser } from "../../support/browser.ts";
import { Clinic } from "../../support/clinic.ts";
import { noon, setClinicClock } from "../../support/clinic-clock.ts";

/** Codes change every ten minutes, so this one is good for 45 s more. */
const lateInTurn = new Date(noon.getTime() + 555_000);
const dayMs = 86_400_000;
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
    const page = await browser.newPage();
    // The television's clock is wrong, and only how long the code is good counts.
    await page.clock.install({ time: lateInTurn.getTime() - dayMs });
    await page.goto(`${clinic.address}/screen`);
    await page.locator('.board[data-connection="live"]').waitFor();
    expect(await page.locator(".presence").count()).to.equal(0);

    await clinic.rest.patch("/api/v1/clinic", { requires_presence_code: true });
    await setClinicClock(clinic.sql, lateInTurn, clinic.id);
    await page.reload();

    const digits = page.locator(".presence b");
    await digits.waitFor();
    const { body: first } = await clinic.rest.get("/api/v1/presence-code");
    expect(await digits.innerText())
      .to.match(/^\d{4}$/)
      .and.equal(first.code);

    await setClinicClock(clinic.sql, nextTurn, clinic.id);
    const { body: second } = await clinic.rest.get("/api/v1/presence-code");
    expect(Date.parse(second.until) - Date.parse(first.until)).to.equal(600_000);
    expect(second.code).not.to.equal(first.code);
    await page.clock.fastForward(50_000);
    await digits.getByText(second.code).waitFor();
    expect(await findBarriers(page)).to.deep.equal([]);
  });
});
