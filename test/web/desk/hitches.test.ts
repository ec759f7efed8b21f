import { expect } from "chai";
import type { Browser, Page } from "playwright-core";
import { openBrowser } from "../../support/browser.ts";
import { noon } from "../../support/clinic-clock.ts";
import type { ClinicDay, Visit } from "../../support/clinic-day.ts";
import { eventually } from "../../support/eventually.ts";
import type { StaffPage } from "../../support/staff-page.ts";
import { beginDeskDay } from "./desk-day.ts";

describe("the Desk on a day that does not go by the book", function () {
  this.timeout(60_000);
  let day: ClinicDay;
  let browser: Browser;
  let desk: StaffPage;
  let page: Page;
  let smith: string;
  before(async () => {
    browser = await openBrowser();
    ({ day, desk, page, smith } = await beginDeskDay(browser));
    await keepNoon(page);
    await desk.beginAt(day.clinic.address);
  });
  after(async () => {
    await browser?.close();
    await day?.clinic.close();
  });
  afterEach(async () => {
    // The next one begins at a page on which nothing is open.
    await page.keyboard.press("Escape");
    await page.keyboard.press("Escape");
    await page.locator("dialog[open]").waitFor({ state: "detached" });
    desk.takeInteractions();
  });

  const openRow = ({ id }: Visit) => page.locator(`.row[data-appointment-id="${id}"] .row-open`);
  const panel = ({ id }: Visit) => page.locator(`[data-panel="${id}"]`);
  const inPanel = (visit: Visit, name: string) => panel(visit).getByRole("button", { name, exact: true });
  const card = (doctorId: string) => page.locator(`.card-of-doctor[data-doctor-id="${doctorId}"]`);
  const dialog = () => page.locator("dialog[open]");
  const last = () => page.locator(".last-line");
  const setDay = (doctorId: string, state: string) =>
    day.other.call("put /api/v1/doctors/{id}/day", { id: doctorId, query: `?date=${day.today}`, body: { state } });
  const doctorOf = async (name: string): Promise<unknown> => {
    const [entry] = await day.clinic.sql`
      select entry.doctor_id from queue_entries entry
      join appointments appointment on appointment.id = entry.appointment_id
      join patients patient on patient.id = appointment.patient_id
      where entry.clinic_id = ${day.clinic.id} and patient.name = ${name} and entry.stage = 'waiting'
    `;
    return entry?.["doctor_id"];
  };

  /** Opens the dialog in which somebody new is taken in. */
  async function takeIn(name: string): Promise<void> {
    await page.keyboard.press("F2");
    await page.keyboard.type(name);
    await page.locator('[data-option="new"]').waitFor();
    await page.locator('[data-option="new"]').click();
    await dialog().getByLabel("Birth date").waitFor();
  }

  async function bookAt(hour: number, name: string): Promise<Visit> {
    const patient = await day.other.addPatient({ name });
    const { id, ticket } = await day.other.book(patient.id, smith, day.today, { time_slot: hour });
    return { id, ticket, patientId: patient.id, doctorId: smith };
  }

  it("does not call somebody a walk-in who is booked for the day without a time", async () => {
    const booked = await day.waiting(smith, "Any Time");
    const patient = await day.other.addPatient({ name: "Walk Inn" });
    const walkIn = await day.other.post("/api/v1/walk-ins", { doctor_id: smith, patient_id: patient.id });
    const walker = { ...booked, id: walkIn.body.appointment.id as string };

    await openRow(booked).click();
    await panel(booked).locator(".panel-head").getByText("booked for the day, without a time").waitFor();
    await panel(booked).locator(".why-here").getByText("Booked for the day, without a time").waitFor();
    expect(await panel(booked).innerText()).not.to.match(/walk-in|without an appointment/);
    await openRow(walker).click();
    await panel(walker).locator(".panel-head").getByText("walk-in").waitFor();
    await panel(walker).locator(".why-here").getByText("without an appointment").waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Day’s list" }).click();

    const line = (name: string) => dialog().locator("tr", { hasText: name }).locator("td").first().innerText();
    expect(await line("Any Time")).to.equal("any time");
    expect(await line("Walk Inn")).to.equal("walk-in");
  });

  it("shows who waits for a doctor that has gone, and sends each or all of them to another", async () => {
    const gone = await day.addDoctor("Dr. Gone", "Room 2");
    const visits: Visit[] = [];
    for (const name of ["Left One", "Left Two", "Left Three"]) visits.push(await day.waiting(gone, name));
    const [first, second, third] = visits as [Visit, Visit, Visit];
    await day.act(third, "hold");
    await setDay(gone, "absent");

    await desk.click(page.locator('[data-attention="stranded"]').getByText("3 wait for Dr. Gone: Absent"));
    await dialog().getByLabel("Send to").selectOption(smith);
    await dialog()
      .getByRole("button", { name: `${first.ticket} to Dr. Smith` })
      .click();
    await dialog().locator(`[data-stranded="${first.id}"]`).waitFor({ state: "detached" });
    await dialog().getByRole("button", { name: "Send all 2 to Dr. Smith" }).click();
    await dialog().waitFor({ state: "detached" });

    await last()
      .getByText(new RegExp(`you sent ${third.ticket} to Dr. Smith`))
      .waitFor();
    const moved = await day.clinic.sql`
      select stage from queue_entries where doctor_id = ${smith} and appointment_id in ${day.clinic.sql(
        [first, second, third].map(({ id }) => id),
      )}
    `;
    expect(moved.map(({ stage }) => stage as string)).to.deep.equal(["waiting", "waiting", "waiting"]);
    await page.locator('[data-attention="stranded"]').waitFor({ state: "detached" });
  });

  it("says what happened since where a step cannot be taken back, and lets it go", async () => {
    const [other, visit] = [await day.book(smith, "Before Fred"), await day.book(smith, "Followed Fred")];
    await card(smith).locator(".card-foot").click();
    for (const { id, ticket } of [other, visit]) {
      await page.locator(`.row[data-appointment-id="${id}"] .row-quick`).click();
      await last().getByText(`you checked in ${ticket}`).waitFor();
    }
    await last().getByRole("button", { name: "Undo" }).waitFor();
    await day.act(visit, "hold");

    await last().getByRole("button", { name: "Undo" }).click();

    await last()
      .locator(".action-notice")
      .getByText(new RegExp(`This stays: you checked in ${visit.ticket}\\. At \\d\\d:\\d\\d, .* now it is: On hold\\.`))
      .waitFor();
    await last().getByRole("button", { name: "All" }).click();
    const lines = dialog().locator(".journal li");
    expect(await lines.first().innerText()).to.include(`you checked in ${visit.ticket}`);
    expect(await lines.first().getByRole("button", { name: "Undo" }).count()).to.equal(0);
    expect(await lines.nth(1).getByRole("button", { name: "Undo" }).count()).to.equal(1);
    await page.keyboard.press("Escape");
    // What is done next takes the notice away.
    await openRow(visit).click();
    await inPanel(visit, "Resume").click();
    await last().getByText(`${visit.ticket} waits again`).waitFor();
    expect(await last().locator(".action-notice").innerText()).to.equal("");
    await page.keyboard.press("Escape");
    await card(smith).locator(".card-foot").click();
  });

  it("lists at closing time also who is booked and never came", async () => {
    const visit = await day.book(smith, "Never Came");

    await page.getByRole("button", { name: "Closing" }).click();
    const line = dialog().locator(`[data-closing="${visit.id}"]`);
    await line.getByText("Booked").waitFor();
    await line.getByRole("button", { name: "Cancel appointment…" }).click();
    await line.getByRole("button", { name: "The patient cannot come" }).click();
    await line.waitFor({ state: "detached" });

    expect((await day.other.get(`/api/v1/appointments/${visit.id}`)).body.status).to.equal("cancelled");
  });

  it("neither takes in nor books today with a doctor who has finished or is absent, also one without a queue", async () => {
    const finished = await day.addDoctor("Dr. Finished");
    await day.book(finished, "Late Bird");
    await setDay(finished, "finished");
    const absent = await day.addDoctor("Dr. Absent");
    await setDay(absent, "absent");
    await card(finished).getByText("Finished for today").waitFor();
    await page.reload();
    await desk.live();

    await takeIn("Too Late");

    for (const name of ["Dr. Finished", "Dr. Absent"]) {
      for (const way of ["Walk in", "Book Today"]) {
        const button = dialog().getByRole("button", { name: `${way}: ${name}` });
        expect(await button.isDisabled(), `${way}: ${name}`).to.equal(true);
      }
    }
    expect(await dialog().getByRole("button", { name: "Book Today: Dr. Smith" }).isDisabled()).to.equal(false);
  });

  it("finds whoever is free soonest among the people who are there: no service, and nobody who is gone", async () => {
    const { id: service } = await day.other.addDoctor({ name: "A Blood Test", kind: "service" });
    const absent = await day.addDoctor("Aa Absent");
    await setDay(absent, "absent");
    await page.reload();
    await desk.live();

    await takeIn("Free Soonest");
    await dialog()
      .getByRole("button", { name: /whoever is free soonest/ })
      .click();
    await dialog().waitFor({ state: "detached" });

    const doctorId = await doctorOf("Free Soonest");
    expect([service, absent]).not.to.include(doctorId);
    expect(doctorId).to.be.a("string");
  });

  it("moves no button under the finger to ask whether somebody new is known", async () => {
    await day.other.addPatient({ name: "Phone Sharer", birth_date: "1980-05-03", phone: "+34911222333" });
    await takeIn("Phone Child");
    await dialog().getByLabel("Phone").fill("+34 911 222 333");
    const places = () =>
      dialog()
        .locator(".doctor-choice button, .fields input, .chip")
        .evaluateAll((nodes) =>
          nodes.map((node) => {
            const box = (
              node as unknown as { getBoundingClientRect: () => { x: number; y: number } }
            ).getBoundingClientRect();
            return [box.x, box.y];
          }),
        );
    const before = await places();

    await dialog().getByRole("button", { name: "Walk in: Dr. Smith" }).click();
    await dialog().locator('[data-question="phone"]').waitFor();

    expect(await places()).to.deep.equal(before);
    await dialog().getByRole("button", { name: "Another person" }).click();
    await dialog().waitFor({ state: "detached" });
    expect(await doctorOf("Phone Child")).to.equal(smith);
  });

  it("takes down what somebody says to the call, which ends the alarm", async () => {
    const doctor = await day.addDoctor("Dr. Call", "Room 4");
    const visit = await day.waiting(doctor, "Called Carl");
    await day.act(visit, "call");
    await page.locator(`.row[data-appointment-id="${visit.id}"][data-stage="called"]`).waitFor();

    await desk.click(openRow(visit));
    await desk.click(inPanel(visit, "coming"));

    await openRow(visit).getByText("coming").waitFor();
    expect(desk.takeInteractions()).to.equal(2);
    const [entry] = await day.clinic.sql`select answer from queue_entries where appointment_id = ${visit.id}`;
    expect(entry?.["answer"]).to.equal("coming");
  });

  it("asks before it checks somebody in long before their time, and not when it is near", async () => {
    const [early, soon] = [await bookAt(15, "Much Tooearly"), await bookAt(12, "Right Ontime")];

    await desk.type("tooearly");
    await page.locator('[data-option="today"]').waitFor();
    await desk.press("Enter");
    await panel(early).getByText("Booked for 15:00. Check in now?").waitFor();
    expect(await day.stage(early)).to.equal(null);
    expect(await page.evaluate("document.activeElement.textContent")).to.equal("Check in");
    await desk.press("Enter");
    await day.becomes(early, "waiting");
    expect(desk.takeInteractions()).to.equal(3);
    await page.keyboard.press("Escape");

    await desk.press("F2");
    await page.keyboard.press("Control+A");
    await desk.type("ontime");
    await page.locator('[data-option="today"]').waitFor();
    await desk.press("Enter");
    await day.becomes(soon, "waiting");
  });

  it("takes somebody in again who was seen today in three, also back into the same queue", async () => {
    for (const way of ["whoever", "same queue"]) {
      const visit = await day.waiting(smith, `Again ${way}`);
      await day.act(visit, "start");
      await day.act(visit, "serve");
      await page.keyboard.press("F2");
      await page.keyboard.press("Control+A");
      await desk.type(`again ${way}`);
      await page.locator('[data-option="today"]', { hasText: "Done" }).waitFor();
      await desk.press("Enter");
      await dialog().waitFor();
      const again = dialog().getByRole("button", { name: "Queue again" });
      await desk.click(way === "whoever" ? dialog().getByRole("button", { name: /free soonest/ }) : again);

      await eventually(async () => expect(await doctorOf(`Again ${way}`)).to.be.a("string"));
      expect(desk.takeInteractions()).to.equal(3);
      expect(await day.stage(visit)).to.equal(way === "whoever" ? "served" : "waiting");
      await dialog().waitFor({ state: "detached" });
    }
  });

  it("books from a task in four, with the doctor who left it first", async () => {
    const doctor = await day.addDoctor("Dr. Zorro");
    const visit = await day.waiting(doctor, "Follow Up");
    await day.act(visit, "start");
    await day.act(visit, "serve", { task: { kind: "follow_up", text: "Back in two weeks" } });
    await page.locator(".attention-end").getByText("1", { exact: true }).waitFor();

    await desk.click(page.getByRole("button", { name: /^Tasks/ }));
    await desk.click(dialog().getByRole("button", { name: "Book…" }));
    await desk.click(dialog().getByRole("button", { name: "In 14 days" }));
    const wanted = dialog().locator("[data-doctor]").first();
    expect(await wanted.getAttribute("data-doctor")).to.equal(doctor);
    await desk.click(wanted.getByRole("button", { name: /^Book/ }));

    await dialog().getByText("Back in two weeks").waitFor();
    expect(desk.takeInteractions()).to.equal(4);
    const { appointments } = (await day.other.get(`/api/v1/patients/${visit.patientId}/appointments`)).body;
    expect(appointments.filter(({ date }: { date: string }) => date > day.today)).to.have.length(1);
    await dialog().getByRole("button", { name: "Done", exact: true }).click();
    await dialog().getByText("Nothing is to be done.").waitFor();
  });

  it("sends a doctor away until a time that is typed, and not until one that is over", async () => {
    const doctor = await day.addDoctor("Dr. Away");
    await day.book(doctor, "Away Bird");
    await card(doctor).getByRole("button", { name: "Dr. Away" }).click();
    await dialog().locator("label.chip", { hasText: "Away" }).click();
    await dialog().getByLabel("Or back at").fill("11:00");
    await dialog().getByText("This time is over.").waitFor();

    await dialog().getByLabel("Or back at").fill("16:45");
    await dialog().getByRole("button", { name: "Save" }).click();

    await card(doctor).getByText("Away until 16:45").waitFor();
  });

  it("keeps an Arabic name beside its ticket", async () => {
    const doctor = await day.addDoctor("Dr. Names");
    const visit = await day.book(doctor, "مريم الحسن");
    await openRow(visit).waitFor();
    const [ticket, name] = await Promise.all(
      [".ticket", ".who-name"].map((part) => openRow(visit).locator(part).boundingBox()),
    );

    const gap = (name?.x ?? 0) - ((ticket?.x ?? 0) + (ticket?.width ?? 0));
    expect(gap).to.be.within(0, 12);
    // The box is no wider than the name in it, which stands at its right.
    expect(name?.width).to.be.below(120);
  });

  it("complained of nothing but the refusals", () => {
    expect(desk.complaints.filter((text) => !/status of (401|404|409)|WebSocket/.test(text))).to.deep.equal([]);
  });
});

/** The realtime process tells the time of the machine. Lets it tell the page that it is noon, as it is at the tests' clinics. */
async function keepNoon(page: Page): Promise<void> {
  await page.routeWebSocket(
    () => true,
    (socket) => {
      const server = socket.connectToServer();
      server.onMessage((message) =>
        socket.send(
          typeof message === "string"
            ? message.replace(/"timestamp":"[^"]+"\}\}$/, `"timestamp":"${noon.toISOString()}"}}`)
            : message,
        ),
      );
    },
  );
}
