import { expect } from "chai";
import type { Browser, Page } from "playwright-core";
import { openBrowser } from "../../support/browser.ts";
import type { ClinicDay, Visit } from "../../support/clinic-day.ts";
import { eventually } from "../../support/eventually.ts";
import type { StaffPage } from "../../support/staff-page.ts";
import { beginDeskDay } from "./desk-day.ts";

describe("the jobs of the Desk", function () {
  this.timeout(60_000);
  let day: ClinicDay;
  let browser: Browser;
  let desk: StaffPage;
  let page: Page;
  let smith: string;
  let ng: string;
  before(async () => {
    browser = await openBrowser();
    ({ day, desk, page, smith } = await beginDeskDay(browser, { hasTouch: true }));
    ng = await day.addDoctor("Dr. Ng", "Room 2");
    // Both have a card from the beginning.
    await day.book(ng, "Other Bird");
    await desk.beginAt(day.clinic.address);
    desk.takeInteractions();
  });
  after(async () => {
    await browser?.close();
    await day?.clinic.close();
  });
  afterEach(async () => {
    // The next job begins at a page on which nothing is open.
    await page.keyboard.press("Escape");
    await page.keyboard.press("Escape");
    desk.takeInteractions();
  });

  const row = ({ id }: Visit) => page.locator(`.row[data-appointment-id="${id}"]`);
  const openRow = (visit: Visit) => row(visit).locator(".row-open");
  const panel = ({ id }: Visit) => page.locator(`[data-panel="${id}"]`);
  const inPanel = (visit: Visit, name: string | RegExp) => panel(visit).getByRole("button", { name, exact: true });
  const card = (doctorId: string) => page.locator(`.card-of-doctor[data-doctor-id="${doctorId}"]`);
  const at = (visit: Visit, stage: string) =>
    page.locator(`[data-appointment-id="${visit.id}"][data-stage="${stage}"]`);
  const chip = (text: string) => page.locator("label.chip", { hasText: text });
  const last = () => page.locator(".last-line");

  it("check in somebody booked: type, Enter, while the other desk acts", async () => {
    const lopez = await day.book(smith, "María López");
    const rival = await day.book(smith, "Rival Case");
    await openRow(lopez).waitFor();

    await Promise.all([desk.type("lopez"), day.other.checkIn(rival.id, rival.patientId)]);
    await page.locator('[data-option="today"]').waitFor();
    await desk.press("Enter");

    await day.becomes(lopez, "waiting");
    expect(desk.takeInteractions()).to.equal(2);
    await page.getByText(`${lopez.ticket} is checked in`).waitFor();
    await last().getByText(`you checked in ${lopez.ticket}`).waitFor();
    expect(await page.locator("[role=combobox]").inputValue()).to.equal("");
    expect(await page.evaluate("document.activeElement.getAttribute('role')")).to.equal("combobox");
    await day.becomes(rival, "waiting");
  });

  it("check in with one tap, and take it back with one", async () => {
    const visit = await day.book(smith, "Tap Tester");
    await openRow(visit).waitFor();

    await desk.tap(row(visit).getByRole("button", { name: `Check in ${visit.ticket}` }));
    await day.becomes(visit, "waiting");
    expect(desk.takeInteractions()).to.equal(1);
    await last().getByText(`you checked in ${visit.ticket}`).waitFor();
    await desk.tap(last().getByRole("button", { name: "Undo" }));

    await day.becomes(visit, null);
    await last().getByText("Undone:").waitFor();
    await at(visit, "booked").waitFor();
  });

  it("call, start, finish and call the next from the head of the card, one press each", async () => {
    const nurse = await day.addDoctor("Dr. Head", "Room 9");
    const [first, second] = [await day.waiting(nurse, "First One"), await day.waiting(nurse, "Second One")];
    const head = card(nurse).locator(".next-step");

    await desk.tap(head.getByText("Call next"));
    await day.becomes(first, "called");
    await at(first, "called").waitFor();
    await desk.tap(card(nurse).getByRole("button", { name: `Start ${first.ticket}` }));
    await day.becomes(first, "in_consultation");
    await desk.tap(card(nurse).getByRole("button", { name: "Done, call next" }));

    await day.becomes(second, "called");
    await day.becomes(first, "served");
    expect(desk.takeInteractions()).to.equal(3);
    await last().getByText(`you called ${second.ticket} to Room 9`).waitFor();
  });

  it("hold, resume, call again, skip, put back, leave: two taps at most", async () => {
    const clinic = await day.addDoctor("Dr. Steps", "Room 8");
    const visit = await day.waiting(clinic, "Step Walker");
    await openRow(visit).waitFor();

    await desk.tap(openRow(visit));
    await desk.tap(inPanel(visit, "Hold"));
    await day.becomes(visit, "on_hold");
    expect(desk.takeInteractions()).to.equal(2);
    await page.keyboard.press("Escape");
    await desk.tap(row(visit).getByRole("button", { name: /^Resume/ }));
    await day.becomes(visit, "waiting");
    expect(desk.takeInteractions()).to.equal(1);
    await day.act(visit, "call");
    await at(visit, "called").waitFor();
    await desk.tap(row(visit).getByRole("button", { name: /^Again/ }));
    expect(desk.takeInteractions()).to.equal(1);
    await desk.tap(openRow(visit));
    await desk.tap(inPanel(visit, "Did not come"));
    await day.becomes(visit, "skipped");
    expect(desk.takeInteractions()).to.equal(2);
    await page.keyboard.press("Escape");
    await desk.tap(row(visit).getByRole("button", { name: /^Queue again/ }));
    await day.becomes(visit, "waiting");
    expect(desk.takeInteractions()).to.equal(1);
    await desk.tap(openRow(visit));
    await desk.tap(inPanel(visit, "Has left"));

    await day.becomes(visit, "left");
    expect(desk.takeInteractions()).to.equal(2);
  });

  it("send to another doctor in two, give priority and call out of order in three with the reason", async () => {
    const clinic = await day.addDoctor("Dr. Order", "Room 7");
    const first = await day.waiting(clinic, "Number One");
    const second = await day.waiting(clinic, "Number Two");
    const third = await day.waiting(clinic, "Number Three");
    await openRow(third).waitFor();

    await desk.tap(openRow(third));
    await desk.tap(inPanel(third, "Emergency"));
    await desk.tap(chip("In pain"));
    await eventually(async () => {
      const [entry] = await day.clinic.sql`select priority from queue_entries where appointment_id = ${third.id}`;
      expect(entry?.["priority"]).to.equal(2);
    });
    expect(desk.takeInteractions()).to.equal(3);
    await page.keyboard.press("Escape");

    await desk.tap(openRow(second));
    await desk.tap(chip("Small child"));
    await desk.tap(inPanel(second, "Call"));
    await day.becomes(second, "called");
    expect(desk.takeInteractions()).to.equal(3);
    await page.keyboard.press("Escape");

    await desk.tap(openRow(first));
    await desk.tap(panel(first).getByRole("button", { name: /^Dr. Ng/ }));
    await eventually(async () => {
      const [entry] = await day.clinic.sql`select doctor_id from queue_entries where appointment_id = ${first.id}`;
      expect(entry?.["doctor_id"]).to.equal(ng);
    });
    expect(desk.takeInteractions()).to.equal(2);
    await card(ng).locator(`[data-appointment-id="${first.id}"]`).waitFor();
  });

  it("take a known patient in with whoever is free in three, with a given doctor in three", async () => {
    for (const given of [false, true]) {
      const patient = await day.other.addPatient({
        name: `Walker ${given ? "Given" : "Any"}`,
        birth_date: "1970-01-02",
      });
      await desk.type(patient.name);
      await page.locator('[data-option="patient"]').waitFor();
      await desk.press("Enter");
      await page.locator("dialog[open]").getByText("born 2 January 1970").waitFor();
      const button = page.getByRole("button", { name: given ? "Walk in: Dr. Smith" : /whoever is free soonest/ });
      await desk.tap(button);

      await eventually(async () => {
        const [entry] = await day.clinic.sql`
          select entry.doctor_id from queue_entries entry
          join appointments appointment on appointment.id = entry.appointment_id
          where appointment.patient_id = ${patient.id} and appointment.source = 'walk_in'
        `;
        expect(entry?.["doctor_id"] === smith || (!given && entry !== undefined)).to.equal(true);
      });
      expect(desk.takeInteractions()).to.equal(3);
      await page.locator("dialog[open]").waitFor({ state: "detached" });
    }
  });

  it("take somebody new in with five, and somebody without a phone", async () => {
    await desk.type("Newton Newcomer");
    await page.locator('[data-option="new"]').waitFor();
    await desk.press("Enter");
    const dialog = page.locator("dialog[open]");
    await desk.fill(dialog.getByLabel("Birth date"), "3.5.1980");
    await dialog.getByText("3 May 1980").waitFor();
    await desk.tap(dialog.getByRole("button", { name: "Walk in: Dr. Ng" }));
    await dialog.waitFor({ state: "detached" });

    expect(desk.takeInteractions()).to.be.at.most(5);
    const [patient] = await day.clinic
      .sql`select birth_date::text, phone from patients where clinic_id = ${day.clinic.id} and name = 'Newton Newcomer'`;
    expect(patient).to.include({ birth_date: "1980-05-03", phone: null });
    await card(ng).getByText("Newton Newcomer").waitFor();
  });

  it("book the next free, today and in a week, in five", async () => {
    const patient = await day.other.addPatient({ name: "Bookworm Betty" });

    await desk.type("Bookworm");
    await page.locator('[data-option="patient"]').waitFor();
    await desk.press("Enter");
    await desk.tap(page.getByRole("button", { name: "In 7 days" }));
    await desk.tap(page.getByRole("button", { name: /^Book .*Dr. Smith/ }));
    await page.locator("dialog[open]").waitFor({ state: "detached" });

    expect(desk.takeInteractions()).to.be.at.most(5);
    const booked = (await day.other.get(`/api/v1/patients/${patient.id}/appointments`)).body.appointments;
    expect(booked).to.have.length(1);
    expect(booked[0].date > day.today).to.equal(true);
  });

  it("book on a day that is typed as people write it, and on none while there is no such day", async () => {
    const patient = await day.other.addPatient({ name: "Typing Theo" });
    const [year = "", month = "", date = ""] = day.today.split("-");
    const dialog = page.locator("dialog[open]");
    const book = dialog.getByRole("button", { name: /^Book .*Dr. Smith/ });

    await page.keyboard.type("Typing Theo");
    await page.locator('[data-option="patient"]').waitFor();
    await page.keyboard.press("Enter");
    await dialog.getByLabel("Book on").fill("31.2.2031");
    await dialog.getByText("There is no such day.").waitFor();
    expect(await book.isDisabled()).to.equal(true);
    await dialog.getByLabel("Book on").fill(`${date}.${month}.${Number(year) + 1}`);
    await book.click();
    await dialog.waitFor({ state: "detached" });

    const booked = (await day.other.get(`/api/v1/patients/${patient.id}/appointments`)).body.appointments;
    expect(booked.map((one: { date: string }) => one.date)).to.deep.equal([`${Number(year) + 1}-${month}-${date}`]);
  });

  it("cancel in three, with the reason", async () => {
    const visit = await day.book(ng, "Cancel Candidate");
    await card(ng).locator(".card-foot").click();
    await openRow(visit).waitFor();

    await desk.tap(openRow(visit));
    await desk.tap(inPanel(visit, "Cancel appointment…"));
    await desk.tap(inPanel(visit, "The patient cannot come"));

    await eventually(async () => {
      expect((await day.other.get(`/api/v1/appointments/${visit.id}`)).body.status).to.equal("cancelled");
    });
    expect(desk.takeInteractions()).to.equal(3);
    await card(ng).locator(".card-foot").click();
  });

  it("send a doctor away for half an hour in four, and call them back", async () => {
    await desk.tap(card(smith).getByRole("button", { name: "Dr. Smith" }));
    await desk.tap(chip("Away"));
    await desk.tap(chip("30 minutes"));
    await desk.tap(page.getByRole("button", { name: "Save" }));

    await card(smith)
      .getByText(/Away until/)
      .waitFor();
    expect(desk.takeInteractions()).to.equal(4);
    await card(smith).getByRole("button", { name: "Dr. Smith" }).click();
    await page.getByRole("radio", { name: "Here", exact: true }).check();
    await page.getByRole("button", { name: "Save" }).click();
    await card(smith)
      .getByText(/Away until/)
      .waitFor({ state: "detached" });
  });

  it("enter an arrival afterwards with its true time, at the clinic's clock", async () => {
    const visit = await day.book(ng, "Power Cut");
    const [clock] = await day.clinic
      .sql`select to_char(clinic_now(${day.clinic.id}) - interval '20 minutes', 'HH24:MI') as before`;
    const came = String(clock?.["before"]);
    await card(ng).locator(".card-foot").click();
    await openRow(visit).click();

    await inPanel(visit, "Came earlier…").click();
    await panel(visit).getByLabel("Came at").fill(came);
    await panel(visit).locator("form").getByRole("button", { name: "Check in" }).click();

    await day.becomes(visit, "waiting");
    const [entry] = await day.clinic.sql`
      select to_char(checked_in_at, 'HH24:MI') as at from queue_entries where appointment_id = ${visit.id}
    `;
    expect(entry?.["at"]).to.equal(came);
    await card(ng).locator(".card-foot").click();
  });

  it("do a whole visit by keyboard alone", async () => {
    const clinic = await day.addDoctor("Dr. Keys", "Room 6");
    const visit = await day.book(clinic, "Keyboard Kim");
    await openRow(visit).waitFor();

    await page.keyboard.press("Control+K");
    await page.keyboard.type("keybaord kim");
    await page.locator('[data-option="today"]').waitFor();
    await page.keyboard.press("Enter");
    await day.becomes(visit, "waiting");
    await at(visit, "waiting").waitFor();
    await openRow(visit).focus();
    await page.keyboard.press("ArrowRight");
    await panel(visit).waitFor();
    expect(await page.evaluate("document.activeElement.textContent")).to.equal("Call");
    await page.keyboard.press("Enter");
    await day.becomes(visit, "called");
    await inPanel(visit, "Start").waitFor();
    await page.keyboard.press("Escape");
    expect(await page.evaluate("document.activeElement.closest('.row').dataset.appointmentId")).to.equal(visit.id);
    await page.keyboard.press("Control+Z");
    await day.becomes(visit, "waiting");

    // A letter on a row goes into the box and does nothing by itself.
    await openRow(visit).focus();
    await page.keyboard.type("zz");
    expect(await page.locator("[role=combobox]").inputValue()).to.equal("zz");
    expect(await day.stage(visit)).to.equal("waiting");
  });

  it("complained of nothing", () => {
    expect(desk.complaints.filter((text) => !/status of (401|404|409)|WebSocket/.test(text))).to.deep.equal([]);
  });
});
