import type { Browser } from "playwright-core";
import { openBrowser } from "../../support/browser.ts";
import { System } from "../../support/system.ts";
import { secret } from "../../support/tokens.ts";
import { DoctorScreen } from "./doctor-screen.ts";
import { DoctorsDay } from "./doctors-day.ts";

describe("the Doctor page before there are any patients", function () {
  this.timeout(60_000);
  let system: System;
  let browser: Browser;
  let day: DoctorsDay;
  before(async () => {
    system = await System.openWithPages({ AUTH_SECRET: secret, HOST: "0.0.0.0" });
    day = await DoctorsDay.begin(system);
    browser = await openBrowser();
  });
  after(async () => {
    await browser.close();
    await system.close();
  });

  it("notices by itself that the first doctor of the clinic was added", async () => {
    await day.addStaff("nurse");
    const { page } = await DoctorScreen.open(browser, system.api, "nurse");
    await page.getByText("No doctors yet.").waitFor();

    await day.addDoctor({ name: "Dr. First" });

    await page.getByLabel("Dr. First").check();
    await page.getByRole("button", { name: "Begin" }).click();
    await page.getByRole("heading", { name: "Dr. First" }).waitFor();
  });
});
