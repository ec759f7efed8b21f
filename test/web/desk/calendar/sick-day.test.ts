import { expect } from "chai";
import type { Browser, Page } from "playwright-core";
import { openBrowser } from "../../../support/browser.ts";
import { eventually } from "../../../support/eventually.ts";
import type { StaffPage } from "../../../support/staff-page.ts";
import { TimedDay, type Timed } from "./timed-day.ts";

describe("the Desk when a doctor is ill", function () {
  this.timeout(60_000);
  let browser: Browser;
  let timed: TimedDay;
  let desk: StaffPage;
  let page: Page;
  let smith: string;
  let ng: string;
  let visits: Timed[];
  before(async () => {
    browser = await openBrowser();
    timed = await TimedDay.begin(browser);
    ({ desk } = timed);
    ({ page } = desk);
    smith = await timed.addDoctor("Dr. Smith");
    ng = await timed.addDoctor("Dr. Ng");
    await timed.addDoctor("Dr. Stand-in");
    visits = [];
    for (const [n, clock] of ["09:00", "09:15", "09:30"].entries()) {
      visits.push(await timed.book(smith, `Patient ${n + 1}`, clock));
    }
    await timed.open();
  });
  after(async () => {
    await browser?.close();
    await timed?.close();
  });

  const dialog = () => page.locator("dialog[open]");
  const card = (doctorId: string) => page.locator(`.card-of-doctor[data-doctor-id="${doctorId}"]`);
  const line = ({ patientId }: Timed) => page.locator(`[data-call="${patientId}"]`);

  it("cancels the day in three, touches nobody who is here, and leads to the telephone list", async () => {
    const [here, first, second] = visits as [Timed, Timed, Timed];
    await timed.day.other.checkIn(here.id, here.patientId);
    await page.locator(`.row[data-appointment-id="${here.id}"][data-stage="waiting"]`).waitFor();

    await desk.click(card(smith).getByRole("button", { name: "Dr. Smith" }));
    await desk.click(dialog().getByRole("button", { name: "Ill…" }));
    await dialog().getByText("2 appointments are cancelled").waitFor();
    await dialog().getByText("1 patient is here already").waitFor();
    await desk.click(dialog().getByRole("button", { name: "Cancel 2 appointments" }));
    await line(first).waitFor();

    expect(desk.takeInteractions()).to.be.at.most(4);
    for (const visit of [first, second]) {
      expect(await timed.read(visit.id)).to.include({ status: "cancelled", outcome: "cancelled_by_clinic" });
    }
    expect(await timed.read(here.id)).to.include({ status: "checked_in" });
    expect(await line(here).count()).to.equal(0);
    await card(smith).getByText("Absent").waitFor();
  });

  it("notes who has been told, and where nobody answered, also what another desk notes", async () => {
    const [, first, second] = visits as [Timed, Timed, Timed];
    await line(first).getByRole("button", { name: "Told", exact: true }).click();
    await line(first).getByRole("button", { name: "Not told yet" }).waitFor();
    await line(second).getByRole("button", { name: "No answer" }).click();
    await line(second).getByText("tried once").waitFor();

    const tasks = (await timed.day.other.get("/api/v1/tasks?state=open")).body as { id: string; tries: number }[];
    expect(tasks.map(({ tries }) => tries)).to.deep.equal([1]);
    await page.keyboard.press("Escape");
    await dialog().waitFor({ state: "detached" });

    // It is there as long as somebody is to be told.
    await page.getByRole("button", { name: /^Tasks/ }).click();
    await dialog().getByRole("button", { name: "Telephone list…" }).click();
    await line(second).getByText("tried once").waitFor();
    await timed.day.other.patch(`/api/v1/tasks/${tasks[0]?.id}`, { state: "done" });
    await line(second).getByRole("button", { name: "Not told yet" }).waitFor();
    await page.getByText("Everybody is told.").waitFor();
    await page.keyboard.press("Escape");
  });

  it("gives a day to a colleague, and tells the new times", async () => {
    const busy = await timed.book(ng, "Handed Hanna", "10:00");
    await card(ng).waitFor();

    await desk.click(card(ng).getByRole("button", { name: "Dr. Ng" }));
    await desk.click(dialog().getByRole("button", { name: "Ill…" }));
    await dialog().getByLabel("Or give the day to a colleague").selectOption({ label: "Dr. Stand-in" });
    await desk.click(dialog().getByRole("button", { name: "Give the day to Dr. Stand-in" }));
    await dialog().getByText("With Dr. Stand-in now").waitFor();
    await dialog().getByText("now 10:00").waitFor();
    await page.getByRole("button", { name: "Put them on the telephone list" }).click();
    await page.locator(`[data-call="${busy.patientId}"]`).getByText("New time: 10:00, Dr. Stand-in").waitFor();
    await page.keyboard.press("Escape");
  });

  it("solves what fits no working hours any more: by moving it, or by cancelling", async () => {
    const moved = await timed.book(ng, "Stray Sam", "11:30");
    const cancelled = await timed.book(ng, "Stray Sue", "11:45");
    await timed.setHours(ng, "09:00", "11:00");
    await card(ng).getByRole("button", { name: "Dr. Ng" }).click();
    await dialog().getByRole("button", { name: "Conflicts…" }).click();
    const conflict = ({ id }: Timed) => page.locator(`[data-conflict="${id}"]`);
    await conflict(moved).getByText("no working hours at that time").waitFor();

    await conflict(cancelled).getByRole("button", { name: "Cancel appointment…" }).click();
    await conflict(cancelled).getByRole("button", { name: "The clinic cannot" }).click();
    await conflict(cancelled).waitFor({ state: "detached" });
    expect(await timed.read(cancelled.id)).to.include({ status: "cancelled" });
    await conflict(moved).getByRole("button", { name: "Move…" }).click();
    await timed.column(ng).locator("[data-stray]").getByText("outside working hours").waitFor();
    await timed.slotThatIs("free", ng, "10:30").click();

    await timed.slotThatIs("taken", ng, "10:30").getByText("Stray Sam").waitFor();
    await eventually(async () => {
      const left = await timed.day.other.get(`/api/v1/doctors/${ng}/conflicts`);
      expect(left.body).to.deep.equal([]);
    });
  });

  it("complained of nothing", () => {
    expect(desk.complaints.filter((text) => !/status of (401|404|409)|WebSocket/.test(text))).to.deep.equal([]);
  });
});
