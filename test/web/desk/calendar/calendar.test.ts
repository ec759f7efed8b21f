import { expect } from "chai";
import type { Browser, Page } from "playwright-core";
import { openBrowser } from "../../../support/browser.ts";
import { eventually } from "../../../support/eventually.ts";
import type { StaffPage } from "../../../support/staff-page.ts";
import { TimedDay } from "./timed-day.ts";

describe("the calendar of the Desk", function () {
  this.timeout(60_000);
  let browser: Browser;
  let timed: TimedDay;
  let desk: StaffPage;
  let page: Page;
  let smith: string;
  let ng: string;
  before(async () => {
    browser = await openBrowser();
    timed = await TimedDay.begin(browser);
    ({ desk } = timed);
    ({ page } = desk);
    smith = await timed.addDoctor("Dr. Smith", "09:00", "12:00", { specialty: "Cardiology" });
    ng = await timed.addDoctor("Dr. Ng", "09:00", "11:00", { specialty: "Dermatology" });
    await timed.open();
  });
  after(async () => {
    await browser?.close();
    await timed?.close();
  });

  const dialog = () => page.locator("dialog[open]");
  const last = () => page.locator(".last-line");
  const toCalendar = () => desk.click(page.getByRole("button", { name: "Calendar", exact: true }));
  const bookedAs = async (patientName: string) => {
    const rows = await timed.day.clinic.sql<{ starts_at: Date; doctor_id: string; reason: string | null }[]>`
      select appointment.starts_at, appointment.doctor_id, appointment.reason from appointments appointment
      join patients on patients.id = appointment.patient_id
      where patients.clinic_id = ${timed.day.clinic.id} and patients.name = ${patientName} and appointment.status = 'booked'
    `;
    return rows.map((row) => ({ ...row, starts_at: row.starts_at.toISOString() }));
  };
  const heldNow = async (doctorId: string) =>
    (await timed.day.clinic.sql`select from slot_holds where doctor_id = ${doctorId}`).length;

  it("books a given time in five, kept from the other desk meanwhile", async () => {
    await timed.day.other.addPatient({ name: "Greta Given" });
    await timed.coldPage();

    await toCalendar();
    await desk.click(timed.slotThatIs("free", smith, "09:15"));
    await page.getByText("This time is kept for you").waitFor();
    const rival = await timed.day.other.addPatient({ name: "Rival" });
    const taken = await timed.day.other.post("/api/v1/appointments", {
      patient_id: rival.id,
      doctor_id: smith,
      starts_at: timed.at("09:15"),
    });
    expect(taken.status).to.equal(409);
    await desk.type("greta giv");
    await page.locator('[data-option="patient"]').waitFor();
    await desk.press("Enter");
    await dialog().locator(".told-line").getByText("Greta Given").waitFor();
    await desk.press("Enter");
    await dialog().waitFor({ state: "detached" });

    expect(desk.takeInteractions()).to.equal(5);
    expect(await bookedAs("Greta Given")).to.deep.equal([
      { starts_at: `${timed.day.today}T09:15:00.000Z`, doctor_id: smith, reason: null },
    ]);
    await timed.slotThatIs("taken", smith, "09:15").getByText("Greta Given").waitFor();
    await page.locator(".made").getByText(/Code/).waitFor();
    await last()
      .getByText(/you booked .* 09:15/)
      .waitFor();
    expect(await heldNow(smith)).to.equal(0);
  });

  it("gives a time up that is left, and says the reason where one is booked", async () => {
    await timed.slotThatIs("free", smith, "09:30").click();
    await page.getByText("This time is kept for you").waitFor();
    expect(await heldNow(smith)).to.equal(1);
    await page.keyboard.press("Escape");
    await dialog().waitFor({ state: "detached" });
    await eventually(async () => expect(await heldNow(smith)).to.equal(0));

    await timed.slotThatIs("free", smith, "09:30").click();
    await page.keyboard.type("Newa Newcomer");
    await page.locator('[data-option="new"]').waitFor();
    await page.keyboard.press("Enter");
    await dialog().getByLabel("Reason of the visit").fill("Knee pain");
    await dialog().getByRole("button", { name: "Book 09:30" }).click();
    await timed.slotThatIs("taken", smith, "09:30").getByText("Newa Newcomer").waitFor();
    expect((await bookedAs("Newa Newcomer")).map(({ reason }) => reason)).to.deep.equal(["Knee pain"]);
    await timed.slot(smith, "09:30").click();
    await page.locator(".panel").getByText("Comes for: Knee pain").waitFor();
    await page.keyboard.press("Escape");
  });

  it("keeps a time that is wanted again before the server has heard that it was left", async () => {
    const isHold = (method: string) => (asked: { url: () => string; method: () => string }) =>
      asked.method() === method && asked.url().includes("/slot-holds");
    await timed.slotThatIs("free", smith, "10:45").click();
    await page.getByText("This time is kept for you").waitFor();
    const again = page.waitForRequest(isHold("POST"), { timeout: 1_000 }).then(
      (request) => request.response(),
      () => undefined,
    );
    await page.route(
      /slot-holds\/[^/]+$/,
      async (route) => {
        await again;
        await route.continue();
      },
      { times: 1 },
    );
    const left = page.waitForResponse((response) => isHold("DELETE")(response.request()));

    await page.keyboard.press("Escape");
    await timed.slot(smith, "10:45").click();
    await left;
    await page.getByText("This time is kept for you").waitFor();

    expect(await heldNow(smith)).to.equal(1);
    await page.keyboard.press("Escape");
    await eventually(async () => expect(await heldNow(smith)).to.equal(0));
  });

  it("tells what is free when another desk was quicker, and takes one of them", async () => {
    await timed.slotThatIs("free", smith, "10:00").waitFor();
    const rival = await timed.day.other.addPatient({ name: "Quick Rival" });
    // The answer that would show it as kept comes too late for this desk.
    await page.route(
      /slot-holds$/,
      async (route) => {
        const made = await timed.day.other.post("/api/v1/appointments", {
          patient_id: rival.id,
          doctor_id: smith,
          starts_at: timed.at("10:00"),
        });
        expect(made.status).to.equal(201);
        await route.continue();
      },
      { times: 1 },
    );
    await timed.day.other.addPatient({ name: "Slow Sally" });

    await timed.slot(smith, "10:00").click();
    await dialog().getByText("10:00 is taken now. Free: 09:45, 10:15, 10:30.").waitFor();
    await dialog().getByRole("button", { name: "10:15", exact: true }).click();
    await page.getByText("This time is kept for you").waitFor();
    await dialog().getByLabel("Who comes").fill("slow sal");
    await page.locator('[data-option="patient"]').click();
    await dialog().getByRole("button", { name: "Book 10:15" }).click();

    await timed.slotThatIs("taken", smith, "10:15").getByText("Slow Sally").waitFor();
    await timed.slotThatIs("taken", smith, "10:00").getByText("Quick Rival").waitFor();
  });

  it("books the first free of a specialty in five", async () => {
    await timed.day.other.addPatient({ name: "Derma Dora" });
    await timed.coldPage();

    await toCalendar();
    await desk.click(page.locator("[data-first-free]", { hasText: "Dr. Ng" }).first());
    await desk.type("derma dor");
    await page.locator('[data-option="patient"]').waitFor();
    await desk.press("Enter");
    await dialog().locator(".told-line").getByText("Derma Dora").waitFor();
    await desk.press("Enter");
    await dialog().waitFor({ state: "detached" });

    expect(desk.takeInteractions()).to.equal(5);
    expect((await bookedAs("Derma Dora")).map(({ doctor_id }) => doctor_id)).to.deep.equal([ng]);
    await page.getByLabel("Specialty").selectOption("Cardiology");
    await page.locator("[data-first-free]", { hasText: "Dr. Smith" }).first().waitFor();
    await eventually(async () => {
      expect(await page.locator("[data-first-free]", { hasText: "Dr. Ng" }).count()).to.equal(0);
    });
    expect(await timed.column(ng).count()).to.equal(0);
    await page.getByLabel("Specialty").selectOption("");
  });

  it("books somebody whom the box has found, at a time in the calendar", async () => {
    await timed.day.other.addPatient({ name: "Boxer Bea" });
    await timed.coldPage();

    await desk.type("Boxer");
    await page.locator('[data-option="patient"]').waitFor();
    await desk.press("Enter");
    await desk.click(page.getByRole("button", { name: "Choose a time…" }));
    await page.locator(".errand").getByText("Booking for Boxer Bea").waitFor();
    await desk.click(timed.slotThatIs("free", smith, "11:45"));
    await desk.click(dialog().getByRole("button", { name: "Book 11:45" }));
    await timed.slotThatIs("taken", smith, "11:45").getByText("Boxer Bea").waitFor();

    expect(desk.takeInteractions()).to.equal(5);
    expect(await page.locator(".errand").count()).to.equal(0);
  });

  it("moves in three, and back by Undo, also after the other desk has moved others", async () => {
    const visit = await timed.book(ng, "Moving Mo", "10:00");
    await timed.coldPage();

    await desk.click(page.locator(`.row[data-appointment-id="${visit.id}"] .row-open`));
    await desk.click(page.locator(".panel").getByRole("button", { name: "Move…" }));
    await page.locator(".errand").getByText(`Moving ${visit.ticket}`).waitFor();
    await desk.click(timed.slotThatIs("free", smith, "11:00"));
    await timed.slotThatIs("taken", smith, "11:00").getByText("Moving Mo").waitFor();

    expect(desk.takeInteractions()).to.equal(3);
    expect(await timed.read(visit.id)).to.include({ status: "cancelled", outcome: "rescheduled" });
    await timed.slotThatIs("free", ng, "10:00").waitFor();
    await timed.book(ng, "Other Mover", "10:15");
    await last().getByRole("button", { name: "Undo" }).click();
    await timed.slotThatIs("taken", ng, "10:00").getByText("Moving Mo").waitFor();
    await timed.slotThatIs("free", smith, "11:00").waitFor();
    await last()
      .getByText(/Undone:.*11:00/)
      .waitFor();
  });

  it("moves somebody who is booked for another day in five", async () => {
    const tomorrow = new Date(Date.parse(timed.day.today) + 86_400_000).toISOString().slice(0, 10);
    const visit = await timed.book(ng, "Tomorrow Tim", "09:00", { starts_at: timed.at("09:00", tomorrow) });
    await timed.coldPage();

    await desk.type("tomorrow tim");
    await page.locator('[data-option="patient"]').waitFor();
    await desk.press("Enter");
    await desk.click(dialog().getByRole("button", { name: "Patient…" }));
    await desk.click(dialog().getByRole("button", { name: `Move: ${visit.ticket}` }));
    await page.locator(".errand").waitFor();
    await desk.click(timed.slotThatIs("free", ng, "10:30"));
    await timed.slotThatIs("taken", ng, "10:30").getByText("Tomorrow Tim").waitFor();

    expect(desk.takeInteractions()).to.equal(5);
    const moved = await timed.read(String((await timed.read(visit.id))["rescheduled_to"]));
    expect(moved).to.include({ status: "booked", date: tomorrow });
    await page.getByRole("button", { name: "Today", exact: true }).click();
    await timed.slotThatIs("free", ng, "10:30").waitFor();
  });

  it("cancels somebody who is booked for another day, from what is known of the patient", async () => {
    const tomorrow = new Date(Date.parse(timed.day.today) + 86_400_000).toISOString().slice(0, 10);
    const visit = await timed.book(ng, "Cancelled Carla", "09:45", { starts_at: timed.at("09:45", tomorrow) });

    await page.keyboard.press("F2");
    await page.keyboard.type("cancelled carla");
    await page.locator('[data-option="patient"]').waitFor();
    await page.keyboard.press("Enter");
    await dialog().getByRole("button", { name: "Patient…" }).click();
    await dialog().getByRole("button", { name: "Cancel appointment…" }).click();
    await dialog().getByRole("button", { name: "The patient cannot come" }).click();

    await dialog()
      .getByText(/cancelled/)
      .waitFor();
    expect(await timed.read(visit.id)).to.include({ status: "cancelled", outcome: "cancelled_by_clinic" });
    await page.keyboard.press("Escape");
  });

  it("moves by keyboard alone", async () => {
    await timed.slotThatIs("taken", ng, "10:00").focus();
    await page.keyboard.press("Enter");
    await page.locator(".panel").getByRole("button", { name: "Move…" }).focus();
    await page.keyboard.press("Enter");
    await page.locator(".errand").waitFor();
    await timed.slot(ng, "10:00").focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");

    await timed.slotThatIs("taken", ng, "10:30").getByText("Moving Mo").waitFor();
    expect(await page.evaluate("document.activeElement.dataset.startsAt")).to.match(/T10:30/);
    await timed.slotThatIs("free", ng, "10:00").waitFor();
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowUp");
    expect(await page.evaluate("document.activeElement.dataset.startsAt")).to.match(/T10:15/);
    await page.keyboard.press("m");
    expect(await page.locator(".errand, dialog[open]").count()).to.equal(0);
  });

  it("moves by dragging, and not where it is dropped beside", async () => {
    await timed.slotThatIs("taken", ng, "10:30").dragTo(timed.slotThatIs("free", ng, "09:15"));
    await timed.slotThatIs("taken", ng, "09:15").getByText("Moving Mo").waitFor();
    await timed.slotThatIs("free", ng, "10:30").waitFor();

    await timed.slotThatIs("taken", ng, "09:15").dragTo(page.locator(".brand-line h1"));
    await page.locator(".errand").waitFor({ state: "detached" });
    await timed.slotThatIs("taken", ng, "09:15").getByText("Moving Mo").waitFor();
  });

  it("refuses to move onto a time that another desk has taken, with those that are free", async () => {
    const visit = await timed.book(ng, "Late Mover", "09:30");
    await timed.slotThatIs("taken", ng, "09:30").getByText("Late Mover").click();
    await page.locator(".panel").getByRole("button", { name: "Move…" }).click();
    await page.route(
      /reschedule$/,
      async (route) => {
        await timed.book(ng, "First Mover", "10:45");
        await route.continue();
      },
      { times: 1 },
    );

    await timed.slotThatIs("free", ng, "10:45").click();
    const notice = page.locator('.calendar [data-action="refused"]');
    await notice.getByText("10:45 is taken now. Free: 09:45, 10:00, 10:30.").waitFor();
    expect(await timed.read(visit.id)).to.include({ status: "booked" });
    await notice.getByRole("button", { name: "10:00", exact: true }).click();

    await timed.slotThatIs("taken", ng, "10:00").getByText("Late Mover").waitFor();
  });

  it("shows what another desk keeps, books and cancels", async () => {
    const visit = await timed.book(smith, "Watched Wanda", "11:15");
    await timed.slotThatIs("taken", smith, "11:15").getByText("Watched Wanda").waitFor();

    await timed.day.other.post(`/api/v1/appointments/${visit.id}/cancellation`, {});

    await timed.slotThatIs("free", smith, "11:15").waitFor();
    const held = await timed.day.other.post("/api/v1/slot-holds", { doctor_id: smith, starts_at: timed.at("11:15") });
    expect(held.status).to.equal(201);
    // A hold changes no queue; it is seen when the times are read again.
    await page.reload();
    await timed.slotThatIs("held", smith, "11:15").click();
    await dialog().getByText("11:15 is taken now.").waitFor();
    await dialog().getByRole("button", { name: "Book it all the same" }).waitFor();
    await page.keyboard.press("Escape");
  });

  it("shows a doctor's week, and books there", async () => {
    await page.getByRole("button", { name: "Week of Dr. Smith" }).click();
    await page.locator('.calendar[data-view="week"]').waitFor();
    const tomorrow = new Date(Date.parse(timed.day.today) + 86_400_000).toISOString().slice(0, 10);
    // On a Sunday, tomorrow is in the next week.
    if (new Date(timed.day.today).getUTCDay() === 0) await page.getByRole("button", { name: "Next week" }).click();
    const column = page.locator(`.slot-column[data-date="${tomorrow}"]`);
    await column.locator('[data-status="free"]').first().click();
    await dialog().getByLabel("Who comes").fill("boxer bea");
    await page.locator('[data-option="patient"]').click();
    await dialog().getByRole("button", { name: "Book 09:00" }).click();

    await column.locator('[data-status="taken"]').waitFor();
    expect((await bookedAs("Boxer Bea")).some(({ starts_at }) => starts_at.startsWith(tomorrow))).to.equal(true);
    // A press goes to the day, where the name is known.
    await column.locator('[data-status="taken"]').click();
    await page.locator(".panel").getByText("Boxer Bea").waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "All doctors" }).click();
    await page.locator('.calendar[data-view="day"]').waitFor();
  });

  it("books without a time where a doctor has no schedule", async () => {
    const { id } = await timed.day.other.addDoctor({ name: "Dr. Old Way" });
    await timed.coldPage();
    await toCalendar();

    await page.locator(`[data-without="${id}"]`).click();
    await dialog().getByLabel("Who comes").fill("derma dora");
    await page.locator('[data-option="patient"]').click();
    await dialog()
      .getByRole("button", { name: /^Book / })
      .click();

    await timed.column(id).locator(".untimed").getByText("Derma Dora").waitFor();
  });

  it("complained of nothing", () => {
    expect(desk.complaints.filter((text) => !/status of (401|404|409)|WebSocket/.test(text))).to.deep.equal([]);
  });
});
