import { expect } from "chai";
import type { Browser, Page } from "playwright-core";
import { openBrowser } from "../../support/browser.ts";
import type { ClinicDay, Visit } from "../../support/clinic-day.ts";
import { eventually } from "../../support/eventually.ts";
import type { StaffPage } from "../../support/staff-page.ts";
import { beginDeskDay } from "./desk-day.ts";

describe("two desks at once", function () {
  this.timeout(60_000);
  let day: ClinicDay;
  let browser: Browser;
  let desk: StaffPage;
  let page: Page;
  let smith: string;
  before(async () => {
    browser = await openBrowser();
    ({ day, desk, page, smith } = await beginDeskDay(browser));
    await page.clock.install();
    await desk.beginAt(day.clinic.address);
  });
  after(async () => {
    await browser?.close();
    await day?.clinic.close();
  });
  afterEach(async () => {
    await page.keyboard.press("Escape");
  });

  const openRow = ({ id }: Visit) => page.locator(`.row[data-appointment-id="${id}"] .row-open`);
  const panel = ({ id }: Visit) => page.locator(`[data-panel="${id}"]`);
  const card = (doctorId: string) => page.locator(`.card-of-doctor[data-doctor-id="${doctorId}"]`);
  const notice = (visit: Visit) => panel(visit).locator(".action-notice");

  /** Lets the page's next request of a kind wait until the other desk has acted. */
  async function meanwhile(path: RegExp, act: () => Promise<unknown>): Promise<void> {
    await page.route(
      path,
      async (route) => {
        await act();
        await route.continue();
      },
      { times: 1 },
    );
  }

  it("are told who was quicker with a patient, and nothing was changed", async () => {
    const visit = await day.waiting(smith, "Slow Sally");
    await openRow(visit).click();
    await meanwhile(/transitions$/, () => day.act(visit, "leave"));

    await panel(visit).getByRole("button", { name: "Hold" }).click();

    await notice(visit).getByText(`${visit.ticket} is now: Left. Nothing was changed.`).waitFor();
    expect(await day.stage(visit)).to.equal("left");
    expect(await day.count(visit, "hold")).to.equal(0);
    expect(await notice(visit).getByRole("button", { name: "Do it all the same" }).count()).to.equal(0);
    await day.act(visit, "requeue");
    await notice(visit).getByText("is now").waitFor({ state: "detached" });
  });

  it("are offered to do it all the same where it still can be done, until the panel is closed", async () => {
    const visit = await day.waiting(smith, "Same Sam");
    await openRow(visit).click();
    await meanwhile(/transitions$/, () => day.act(visit, "prioritise", { priority: 1, reason: "Frail" }));

    await panel(visit).getByRole("button", { name: "Hold" }).click();

    await notice(visit).getByText(`${visit.ticket} is now: Waiting. Nothing was changed.`).waitFor();
    await notice(visit).getByRole("button", { name: "Do it all the same" }).waitFor();
    await page.keyboard.press("Escape");
    await panel(visit).waitFor({ state: "detached" });
    await page.locator(`.row[data-appointment-id="${visit.id}"] .row-told`).waitFor({ state: "detached" });
    expect(await day.count(visit, "hold")).to.equal(0);
  });

  it("are told that a room was quicker to call, and offered the next one", async () => {
    const doctor = await day.addDoctor("Dr. Race", "Room 2");
    const [first, second] = [await day.waiting(doctor, "Race One"), await day.waiting(doctor, "Race Two")];
    const { body: room } = await day.other.post("/api/v1/rooms", { name: "Room 22" });
    await openRow(first).click();
    await meanwhile(/transitions$/, () => day.act(first, "call", { room_id: room.id }));

    await panel(first).getByRole("button", { name: "Call", exact: true }).click();

    await notice(first)
      .getByText(new RegExp(`Room 22 called ${first.ticket} at \\d\\d:\\d\\d\\.`))
      .waitFor();
    await notice(first)
      .getByRole("button", { name: `Call ${second.ticket}?` })
      .click();
    await day.becomes(second, "called");
    expect(await day.count(first, "call")).to.equal(1);
  });

  it("are told that the place is taken, and finish and call in one press", async () => {
    const doctor = await day.addDoctor("Dr. Busy", "Room 3");
    const [inside, next] = [await day.waiting(doctor, "Inside Ina"), await day.waiting(doctor, "Next Nick")];
    await card(doctor).getByRole("button", { name: "Call next" }).waitFor();
    await meanwhile(/queue\/next$/, async () => {
      await day.act(inside, "start");
    });

    await card(doctor).getByRole("button", { name: "Call next" }).click();
    const told = card(doctor).locator("> .action-notice");
    await told.getByText(/Somebody else has acted|is in use/).waitFor();
    await told.getByRole("button").first().click();
    await eventually(async () => {
      if ((await day.stage(next)) === "called") return;
      // Stale first, then told who is there.
      await told.getByRole("button", { name: `Finish ${inside.ticket} and call the next?` }).click({ timeout: 1_000 });
      expect(await day.stage(next)).to.equal("called");
    });

    await day.becomes(inside, "served");
  });

  it("call one patient for a double click on call next", async () => {
    const doctor = await day.addDoctor("Dr. Double", "Room 4");
    const [first, second] = [await day.waiting(doctor, "Double One"), await day.waiting(doctor, "Double Two")];

    await card(doctor).getByRole("button", { name: "Call next" }).dblclick();

    await day.becomes(first, "called");
    expect(await day.stage(second)).to.equal("waiting");
  });

  it("keep rows under the pointer where they are, and put them in order afterwards", async () => {
    const doctor = await day.addDoctor("Dr. Still", "Room 5");
    const visits = [];
    for (const name of ["Still A", "Still B", "Still C"]) visits.push(await day.waiting(doctor, name));
    const [first, second, third] = visits as [Visit, Visit, Visit];
    await openRow(third).waitFor();
    const order = () =>
      card(doctor)
        .locator(".row")
        .evaluateAll((rows) =>
          rows.map((row) => (row as unknown as { dataset: Record<string, string> }).dataset["appointmentId"]),
        );

    await openRow(second).hover();
    await day.act(first, "leave");
    await page.locator(`[data-appointment-id="${first.id}"][data-stage="left"]`).waitFor();
    expect(await order()).to.deep.equal([first.id, second.id, third.id]);
    await page.locator("h1").hover();

    await eventually(async () => expect(await order()).to.deep.equal([second.id, third.id]));
  });

  it("never move the focus because something changed by itself", async () => {
    const doctor = await day.addDoctor("Dr. Focus", "Room 6");
    const visit = await day.waiting(doctor, "Focus Fay");
    await openRow(visit).focus();

    const other = await day.waiting(doctor, "Focus Other");
    await openRow(other).waitFor();
    await day.act(visit, "prioritise", { priority: 1, reason: "Frail" });
    await page.locator(`[data-appointment-id="${visit.id}"][data-priority="1"]`).waitFor();

    expect(await page.evaluate("document.activeElement.closest('.row').dataset.appointmentId")).to.equal(visit.id);
    // What has happened is told at most once in ten seconds.
    await page.clock.fastForward(10_000);
    await page
      .locator("[data-summary]")
      .getByText(/arrived/)
      .waitFor();
  });

  it("ask whether somebody new is known: by the phone, and by name and birth date", async () => {
    const known = await day.other.addPatient({ name: "Maria Lopez", birth_date: "1980-05-03", phone: "+34911234567" });
    const dialog = page.locator("dialog[open]");
    await page.keyboard.press("F2");
    await page.keyboard.type("Luis Lopez");
    await page.locator('[data-option="new"]').waitFor();
    await page.keyboard.press("Enter");
    await dialog.getByLabel("Phone").fill("+34 911 234 567");
    await dialog.getByRole("button", { name: "Walk in: Dr. Smith" }).click();
    await dialog.getByText("Maria Lopez, born 3 May 1980, has this phone. Same person?").waitFor();
    await dialog.getByRole("button", { name: "Another person" }).click();
    await dialog.waitFor({ state: "detached" });
    const [luis] = await day.clinic
      .sql`select phone, shares_phone from patients where clinic_id = ${day.clinic.id} and name = 'Luis Lopez'`;
    expect(luis).to.include({ phone: "+34911234567", shares_phone: true });

    await page.keyboard.press("F2");
    await page.keyboard.type("Lopez, MARÍA");
    await page.locator('[data-option="patient"], [data-option="new"]').last().waitFor();
    await page.locator('[data-option="new"]').click();
    await dialog.getByLabel("Birth date").fill("030580");
    await dialog.getByRole("button", { name: "Walk in: Dr. Smith" }).click();
    await dialog.locator('[data-question="name"]').waitFor();
    await dialog.getByRole("button", { name: "Same person" }).click();
    await dialog.waitFor({ state: "detached" });

    const appointments = (await day.other.get(`/api/v1/patients/${known.id}/appointments`)).body.appointments;
    expect(appointments).to.have.length(1);
  });

  it("mark two of today with one name, and let Enter not choose between them", async () => {
    const one = await day.book(smith, "Twin Taylor", { birth_date: "1960-01-01" });
    const other = await day.book(smith, "Taylor Twin", { birth_date: "1990-01-01" });
    await page.keyboard.press("F2");
    await page.keyboard.press("Control+A");
    await page.keyboard.type("twin taylor");
    await page.locator('[data-option="today"]').nth(1).waitFor();
    await page.keyboard.press("Enter");

    await page.locator(".box-told").getByText("Two people here have this name").waitFor();
    expect([await day.stage(one), await day.stage(other)]).to.deep.equal([null, null]);
    await page.locator('[data-option="today"]', { hasText: "born 1 January 1990" }).click();

    await day.becomes(other, "waiting");
    expect(await day.stage(one)).to.equal(null);
    await page
      .locator(`.row[data-appointment-id="${other.id}"]`)
      .getByRole("button", { name: /Another patient of today/ })
      .waitFor();
  });

  it("park a job that is half done, over a reload, and go on with it", async () => {
    await page.keyboard.press("F2");
    await page.keyboard.type("Parker Park");
    await page.locator('[data-option="new"]').waitFor();
    await page.keyboard.press("Enter");
    const dialog = page.locator("dialog[open]");
    await dialog.getByLabel("Phone").fill("+49 30 5550100");
    await page.keyboard.press("Escape");
    await page.locator(".parked").getByText("Parker Park").waitFor();

    await page.reload();
    await desk.live();
    await page.locator(".parked").getByRole("button", { name: "Go on: Parker Park" }).click();

    expect(await dialog.getByLabel("Phone").inputValue()).to.equal("+49 30 5550100");
    expect(await dialog.getByLabel("Name").inputValue()).to.equal("Parker Park");
    await page.keyboard.press("Escape");
    await page.locator(".parked").getByRole("button", { name: "Discard: Parker Park" }).click();
    await page.locator(".parked").waitFor({ state: "detached" });
  });

  it("hear within a second of a task that a doctor leaves", async () => {
    const doctor = await day.addDoctor("Dr. Task", "Room 7");
    const visit = await day.waiting(doctor, "Task Tina");
    await day.act(visit, "start");
    await day.act(visit, "serve", { task: { kind: "follow_up", text: "Back in two weeks" } });

    await page.locator(".attention-end").getByText("1", { exact: true }).waitFor({ timeout: 3_000 });
    await page.getByRole("button", { name: /^Tasks/ }).click();
    await page.locator("dialog[open]").getByText("Back in two weeks").waitFor();
    await page.getByRole("button", { name: "Done", exact: true }).click();
    await page.getByText("Nothing is to be done.").waitFor();
    await page.keyboard.press("Escape");
  });

  it("complained of nothing but the refusals", () => {
    expect(desk.complaints.filter((text) => !/status of (401|404|409)|WebSocket/.test(text))).to.deep.equal([]);
  });
});
