import { expect } from "chai";
import type { Browser, Page } from "playwright-core";
import { addDays, writeShortDay } from "../../../web/shared/times/day.ts";
import { addMonths, mondayOf } from "../../../web/shared/times/month.ts";
import { findBarriers } from "../../support/axe.ts";
import { password } from "../../support/accounts.ts";
import { openBrowser } from "../../support/browser.ts";
import { eventually } from "../../support/eventually.ts";
import { Keyboard } from "../../support/keyboard.ts";
import { sizes, StaffPage } from "../../support/staff-page.ts";
import { TimedDay } from "./calendar/timed-day.ts";

describe("the Desk by keyboard alone", function () {
  this.timeout(60_000);
  let browser: Browser;
  let timed: TimedDay;
  let page: Page;
  let keys: Keyboard;
  let smith: string;
  let ng: string;
  before(async () => {
    browser = await openBrowser();
    timed = await TimedDay.begin(browser);
    ({ page } = timed);
    keys = new Keyboard(page);
    smith = await timed.addDoctor("Dr. Smith");
    ng = await timed.addDoctor("Dr. Ng");
    page.setDefaultTimeout(8_000);
    await timed.desk.goto(timed.day.clinic.address);
    await keys.isAt(/^Name/);
    await keys.type("anna");
    await keys.press("Tab");
    await keys.type(password);
    await keys.press("Enter");
    await timed.desk.live();
  });
  after(async () => {
    await browser?.close();
    await timed?.close();
  });

  const dialog = () => page.locator("dialog[open]");
  const last = () => page.locator(".last-line");
  /** The day that the Desk shows, in its heading. */
  const shows = (day: string): Promise<void> =>
    page.locator(".brand-line h1").getByText(writeShortDay(day, "en-GB")).waitFor();

  describe("goes to another day", () => {
    it("that is typed", async () => {
      await keys.use(/^Another day$/);
      await keys.isAt(/^Date$/);
      await keys.press("Control+A");
      await keys.type("24.12.2099");
      await dialog()
        .getByRole("grid", { name: "December 2099" })
        .getByRole("gridcell", { name: /24 December 2099/, selected: true })
        .waitFor();
      await keys.press("Enter");

      await shows("2099-12-24");
      await keys.isAt(/^Another day$/);
    });

    it("that is found in the month, whose weeks begin on Monday", async () => {
      const { today } = timed.day;
      await keys.use(/^Today$/);
      await shows(today);
      await keys.use(/^Another day$/, "Shift+Tab");
      await keys.isAt(/^Date$/);
      const day = Number(today.slice(8));
      await keys.reach(new RegExp(`\\b${day}\\b.*\\b${today.slice(0, 4)}$`));
      expect(await dialog().locator("th").allInnerTexts()).to.deep.equal("Mon Tue Wed Thu Fri Sat Sun".split(" "));
      let expected = today;
      for (const [key, next] of [
        ["PageDown", (from: string) => addMonths(from, 1)],
        ["ArrowDown", (from: string) => addDays(from, 7)],
        ["ArrowRight", (from: string) => addDays(from, 1)],
        ["Home", mondayOf],
        ["ArrowLeft", (from: string) => addDays(from, -1)],
        ["ArrowUp", (from: string) => addDays(from, -7)],
      ] as const) {
        await keys.press(key);
        expected = next(expected);
        await keys.isAt(new RegExp(`\\b${Number(expected.slice(8))} \\w+ ${expected.slice(0, 4)}$`));
      }
      await keys.press("Enter");

      await shows(expected);
      await keys.isAt(/^Another day$/);
      await keys.use(/^Today$/);
      await shows(today);
    });

    it("with nothing in anybody's way, and with room for fingers", async () => {
      await keys.use(/^Another day$/, "Shift+Tab");
      await dialog().getByRole("grid").waitFor();
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme });
        for (const size of [sizes.phone, sizes.desk, sizes.large]) {
          await page.setViewportSize(size);
          expect(await findBarriers(page), `${colorScheme} ${size.width}`).to.deep.equal([]);
        }
      }
      await page.setViewportSize(sizes.desk);
      await keys.press("Escape");

      const touch = await StaffPage.open(browser, { hasTouch: true, isMobile: true, viewport: sizes.phone });
      await touch.goto(timed.day.clinic.address);
      // The Chromium of the tests is one process, whose contexts share their cookies.
      if ((await touch.page.locator("#name, .dates").first().getAttribute("id")) === "name") await touch.signIn("anna");
      await touch.live();
      await touch.page.getByRole("button", { name: "Another day" }).tap();
      const boxes = await touch.page
        .locator("dialog[open] button")
        .evaluateAll((all) =>
          all.map((one) => [one.getBoundingClientRect().width, one.getBoundingClientRect().height]).flat(),
        );
      expect(boxes.length).to.be.greaterThan(60);
      expect(Math.min(...boxes)).to.be.at.least(43);
      await touch.goto("about:blank");
    });
  });

  describe("works in the calendar", () => {
    it("books a given time", async () => {
      await timed.day.other.addPatient({ name: "Greta Given" });

      await keys.use(/^Calendar$/);
      await timed.slotThatIs("free", ng, "09:15").waitFor();
      await keys.reach(/^09:00, free$/);
      await keys.press("ArrowDown");
      await keys.isAt(/^09:15, free$/);
      await keys.press("Enter");
      await page.getByText("This time is kept for you").waitFor();
      await keys.isAt(/^Who comes/);
      await keys.type("greta giv");
      await page.locator('[data-option="patient"]').waitFor();
      await keys.press("Enter");
      await keys.isAt(/^Book 09:15$/);
      await keys.press("Enter");

      await timed.slotThatIs("taken", ng, "09:15").getByText("Greta Given").waitFor();
      await keys.isAt(/^09:15, .* Greta Given/);
    });

    it("moves the appointment to another doctor", async () => {
      await keys.press("Enter");
      await keys.use(/^Move…$/);
      await page.locator(".errand").waitFor();
      await eventually(async () => expect(await keys.name()).to.match(/^\d\d:\d\d/));
      await keys.press("ArrowRight");
      await keys.reach(/^11:00, free$/, "ArrowDown");
      await keys.press("Enter");

      await timed.slotThatIs("taken", smith, "11:00").getByText("Greta Given").waitFor();
      await timed.slotThatIs("free", ng, "09:15").waitFor();
      await keys.isAt(/^11:00, .* Greta Given/);
    });

    it("takes the move back", async () => {
      await keys.use(/^Undo$/);

      await timed.slotThatIs("taken", ng, "09:15").getByText("Greta Given").waitFor();
      await keys.isSomewhere();
    });
  });

  describe("works with the waitlist", () => {
    it("puts a patient on it", async () => {
      await timed.day.other.addPatient({ name: "Wanda Waits" });

      await keys.press("F2");
      await keys.type("wanda wai");
      await page.locator('[data-option="patient"]').waitFor();
      await keys.press("Enter");
      await dialog().waitFor();
      await keys.use(/^Patient…$/);
      await dialog().getByText("Export all").waitFor();
      await keys.use(/^Waitlist…$/);
      await keys.isAt(/^For/);
      await keys.type("Dr. Smith");
      await keys.reach(/^Note/);
      await keys.type("Mornings");
      await keys.press("Enter");

      await dialog().waitFor({ state: "detached" });
      await last().getByText("on the waitlist").waitFor();
      await keys.isSomewhere();
    });

    it("books a time that became free for whoever waits for one", async () => {
      const booked = await timed.book(smith, "Lena Leaves", "10:00");
      await timed.day.other.post(`/api/v1/appointments/${booked.id}/cancellation`, {});
      await page.getByRole("button", { name: "Tasks 1" }).waitFor();

      await keys.use(/^Tasks/);
      await dialog().getByText("10:00").first().waitFor();
      await keys.use(/^Whom to telephone…$/);
      await dialog().getByText("Wanda Waits").waitFor();
      await keys.use(/^Took it.*Wanda Waits/);
      await dialog()
        .getByText(/Wanda Waits.* has .*10:00/)
        .waitFor();
      await keys.isSomewhere();
      await keys.press("Escape");

      await dialog().waitFor({ state: "detached" });
      await timed.slotThatIs("taken", smith, "10:00").getByText("Wanda Waits").waitFor();
      await page.getByRole("button", { name: "Tasks 0" }).waitFor();
      await keys.isSomewhere();
    });
  });
});
