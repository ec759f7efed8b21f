import type { Browser } from "playwright-core";
import { openBrowser } from "../../support/browser.ts";
import { Clinic } from "../../support/clinic.ts";
import { DoctorScreen } from "./doctor-screen.ts";
import { DoctorsDay } from "./doctors-day.ts";

/** How often the page asks for what no live state tells. */
const pollMs = 5_000;

describe("the Doctor page before there are any patients", function () {
  this.timeout(60_000);
  let clinic: Clinic;
  let browser: Browser;
  let day: DoctorsDay;
  before(async () => {
    clinic = await Clinic.openWithSignIn();
    day = await DoctorsDay.begin(clinic);
    browser = await openBrowser();
  });
  after(async () => {
    await browser.close();
    await clinic.close();
  });

  it("notices by itself that the first doctor of the clinic was added", async () => {
    await day.addStaff("nurse");
    const { page } = await DoctorScreen.open(browser, clinic.address, "nurse");
    await page.getByText("No doctors yet.").waitFor();

    await day.addDoctor({ name: "Dr. First" });
    await page.clock.fastForward(pollMs);

    await page.getByLabel("Dr. First").check();
    await page.getByRole("button", { name: "Begin" }).click();
    await page.getByRole("heading", { name: "Dr. First" }).waitFor();
  });

  it("lets a doctor without appointments say where and whether they are, and what the waiting room should know", async () => {
    const room = await day.addRoom("7");
    const doctor = await day.addDoctor({ name: "Dr. Idle" }, "dr.idle");
    const screen = await DoctorScreen.open(browser, clinic.address, "dr.idle");
    const state = (name: string) => screen.page.locator(`.day[data-state="${name}"]`);
    await screen.page.getByText("Nobody is booked with you or waits for you.").waitFor();

    await state("present").click();
    await screen.page.getByLabel("Room").selectOption({ label: room.name });
    await state("present").filter({ hasText: "Room 7" }).waitFor();
    await screen.choose("Away");
    await screen.page.getByRole("button", { name: /20 min/ }).click();
    await state("away").filter({ hasText: "Away to" }).waitFor();
    await screen.choose("About 15 minutes late");
    await screen.page.locator(".notice-now").filter({ hasText: "About 15 minutes late" }).waitFor();
    await screen.page.keyboard.press("Escape");
    await (await screen.primary("I am here")).click();
    await state("present").waitFor();
    await day.setDay(doctor, { state: "finished" });
    await screen.page.clock.fastForward(pollMs);

    await screen.page.getByRole("heading", { name: "You have finished for today." }).waitFor();
    await day.setDay(doctor, { state: "present" });
    const ada = await day.arrive(doctor, "Ada");
    await screen.primary(`Call ${ada.ticket}`);
    await state("present").filter({ hasText: "Room 7" }).waitFor();
  });
});
