import { expect } from "chai";
import type { Browser, Page } from "playwright-core";
import { encode } from "uqr";
import { openBrowser } from "../../../support/browser.ts";
import { expectOpenToAll } from "../../../support/open-to-all.ts";
import { TimedDay, type Timed } from "./timed-day.ts";

describe("the calendar of the Desk for everybody, and on paper", function () {
  this.timeout(120_000);
  let browser: Browser;
  let timed: TimedDay;
  let page: Page;
  let smith: string;
  let visit: Timed;
  before(async () => {
    browser = await openBrowser();
    timed = await TimedDay.begin(browser);
    page = timed.page;
    smith = await timed.addDoctor("Dr. Smith", "09:00", "12:00", { specialty: "Cardiology" });
    const long = await timed.addDoctor("Dr. Ng von und zu Hohenzollern-Sigmaringen", "08:00", "12:00");
    await timed.day.other.addDoctor({ name: "Dr. Old Way", specialty: "Dermatology" });
    await timed.book(smith, "مريم الحسن", "09:00");
    visit = await timed.book(smith, "Anna-Maria Hohenzollern-Sigmaringen-Schwarzenberg", "09:30", { reason: "Knee" });
    await timed.book(long, "山田太郎", "08:45");
    await timed.setHours(long, "09:00", "11:00");
    await timed.day.setClock(new Date(timed.at("09:12")));
    await timed.day.other.post("/api/v1/slot-holds", { doctor_id: smith, starts_at: timed.at("10:00") });
    await timed.open("?view=day");
    await timed.slotThatIs("held", smith, "10:00").waitFor();
  });
  after(async () => {
    await browser?.close();
    await timed?.close();
  });

  it("has no barrier: the day, an errand, the form, the week", async () => {
    await expectOpenToAll(page, "day");
    await timed.slot(smith, "09:30").click();
    await page.locator(".panel").getByRole("button", { name: "Move…" }).click();
    await page.locator(".errand").waitFor();
    await expectOpenToAll(page, "errand");
    await page.keyboard.press("Escape");
    await page.locator(".errand").waitFor({ state: "detached" });
    await timed.slot(smith, "10:00").click();
    await page.locator('[data-hold="refused"]').waitFor();
    await page.keyboard.type("anna");
    await page.locator('[data-option="patient"]').waitFor();
    await expectOpenToAll(page, "form");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Week of Dr. Smith" }).click();
    await page.locator('.calendar[data-view="week"] [data-status="free"]').first().waitFor();
    await expectOpenToAll(page, "week");
    for (const name of ["Ill…", "Conflicts…", "Print the day"]) {
      await page.getByRole("button", { name }).click();
      await page.locator("dialog[open]").waitFor();
      await expectOpenToAll(page, name);
      await page.keyboard.press("Escape");
      await page.locator("dialog[open]").waitFor({ state: "detached" });
    }
    await page.getByRole("button", { name: "All doctors" }).click();
    await timed.slot(smith, "09:30").waitFor();
  });

  it("is read from right to left, and tells in words what colours say", async () => {
    await page.evaluate("document.documentElement.dir = 'rtl'");
    await expectOpenToAll(page, "right to left");
    const left = async (part: string): Promise<number> =>
      (await timed.slot(smith, "09:30").locator(part).first().boundingBox())?.x ?? 0;
    expect(await left(".slot-time")).to.be.greaterThan(await left(".who-name"));
    await page.evaluate("document.documentElement.dir = 'ltr'");
    expect(await timed.slot(smith, "10:00").innerText()).to.match(/kept until/);
    expect(await timed.slot(smith, "10:15").getAttribute("aria-label")).to.equal("10:15, free");
    await page.locator("[data-stray]").getByText("outside working hours").waitFor();
  });

  it("shows times at the same height for all doctors, and where they are on the clock", async () => {
    const top = async (doctorId: string, clock: string): Promise<number> =>
      (await timed.slot(doctorId, clock).boundingBox())?.y ?? 0;
    const other = (await page.locator(".slot-column").last().getAttribute("data-doctor-id")) as string;
    const mine = (await page.locator(".slot-column").first().getAttribute("data-doctor-id")) as string;
    expect(Math.abs((await top(mine, "10:15")) - (await top(other, "10:15")))).to.be.lessThan(1);
    const tick = await page.locator(".slot-ticks span", { hasText: "10:30" }).boundingBox();
    expect(Math.abs((tick?.y ?? 0) - (await top(smith, "10:30")))).to.be.lessThan(2);
  });

  it("prints a confirmation with the code in letters and as a picture, and no name", async () => {
    await timed.slot(smith, "09:30").click();
    await page.locator(".panel").getByRole("button", { name: "Confirmation" }).click();
    const paper = page.locator(".confirmation");
    await paper.waitFor();
    const code = String((await timed.read(visit.id))["confirmation_code"]);

    expect(await paper.innerText())
      .to.match(/09:30/)
      .and.match(/Dr\. Smith/)
      .and.include(`${code.slice(0, 4)} ${code.slice(4)}`)
      .and.include(visit.ticket)
      .and.not.match(/Anna/);
    expect(await paper.locator(".qr path").getAttribute("d")).to.equal(drawn(code));
    await page.emulateMedia({ media: "print" });
    expect(await page.locator(".calendar").isVisible()).to.equal(false);
    expect((await paper.boundingBox())?.width).to.be.at.most((80 / 25.4) * 96);
    await page.emulateMedia({ media: "screen" });
    await page.keyboard.press("Escape");
    await page.locator("dialog[open]").waitFor({ state: "detached" });
  });

  it("prints a doctor's day with all times", async () => {
    await page.getByRole("button", { name: "Week of Dr. Smith" }).click();
    await page.getByRole("button", { name: "Print the day" }).click();
    const paper = page.locator(".paper");
    await paper.getByText("11:45–12:00").waitFor();
    expect(await paper.locator("tbody tr").count()).to.equal(12);
    expect(await paper.innerText()).to.match(/09:30–09:45\s+\S+\s+Anna-Maria[\s\S]*Knee/);
    await page.keyboard.press("Escape");
  });

  it("leads back to the queues, where the panel tells who came early, and what for", async () => {
    await page.getByRole("button", { name: "Queues" }).click();
    await timed.day.other.checkIn(visit.id, visit.patientId);
    await page.locator(`.row[data-appointment-id="${visit.id}"][data-stage="waiting"] .row-open`).click();
    await page
      .locator(".panel")
      .getByText(/booked 09:30 · here 09:1\d · 1\d minutes early/)
      .waitFor();
    await page.locator(".panel").getByText("Comes for: Knee").waitFor();
  });
});

/** The path that the page draws for a text. */
function drawn(text: string): string {
  return encode(text, { ecc: "M", border: 4 })
    .data.flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : "")))
    .join("");
}
