import { expect } from "chai";
import type { Browser, Locator, Page } from "playwright-core";
import { ClinicDay } from "../../../support/clinic-day.ts";
import { Clinic } from "../../../support/clinic.ts";
import { StaffPage } from "../../../support/staff-page.ts";

/** An appointment with its time, as another desk made it. */
export interface Timed {
  id: string;
  ticket: string;
  patientId: string;
  startsAt: string;
}

/** A clinic's day on which doctors have sessions, seen in the calendar of a desk while another desk acts. */
export class TimedDay {
  readonly day: ClinicDay;
  readonly desk: StaffPage;

  private constructor(day: ClinicDay, desk: StaffPage) {
    this.day = day;
    this.desk = desk;
  }

  static async begin(browser: Browser): Promise<TimedDay> {
    const day = await ClinicDay.begin(await Clinic.openWithSignIn());
    await day.setClock(new Date(`${day.today}T08:30:00Z`));
    const desk = await StaffPage.open(browser);
    return new TimedDay(day, desk);
  }

  get page(): Page {
    return this.desk.page;
  }

  /** Signs in, with the queues or the calendar in sight. */
  async open(query = ""): Promise<void> {
    await this.desk.beginAt(`${this.day.clinic.address}/${query}`);
    this.desk.takeInteractions();
  }

  /** The page anew, as somebody finds it who begins a job. */
  async coldPage(): Promise<void> {
    await this.desk.goto(`${this.day.clinic.address}/`);
    await this.desk.live();
    this.desk.takeInteractions();
  }

  /** A doctor with slots of a quarter of an hour on every day of the week. */
  async addDoctor(name: string, from = "09:00", until = "12:00", fields: object = {}): Promise<string> {
    const { id } = await this.day.other.addDoctor({ name, ...fields });
    await this.setHours(id, from, until);
    return id;
  }

  async setHours(doctorId: string, from: string, until: string): Promise<void> {
    const body = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({
      weekday,
      starts_at: from,
      ends_at: until,
      slot_minutes: 15,
      valid_from: this.day.today,
    }));
    const answer = await this.day.other.call("put /api/v1/doctors/{id}/schedule", { id: doctorId, body });
    expect(answer.status, JSON.stringify(answer.body)).to.equal(200);
  }

  at(clock: string, date = this.day.today): string {
    return `${date}T${clock}:00Z`;
  }

  async book(doctorId: string, name: string, clock: string, fields: object = {}): Promise<Timed> {
    const { other } = this.day;
    const patient = await other.addPatient({ name });
    const body = { patient_id: patient.id, doctor_id: doctorId, starts_at: this.at(clock), ...fields };
    const answer = await other.post("/api/v1/appointments", body);
    expect(answer.status, JSON.stringify(answer.body)).to.equal(201);
    const { id, ticket, starts_at: startsAt } = answer.body;
    return { id, ticket, patientId: patient.id, startsAt };
  }

  async read(id: string): Promise<Record<string, unknown>> {
    return (await this.day.other.get(`/api/v1/appointments/${id}`)).body;
  }

  column(doctorId: string): Locator {
    return this.page.locator(`.slot-column[data-doctor-id="${doctorId}"]`);
  }

  /** The cell of a doctor's time. */
  slot(doctorId: string, clock: string): Locator {
    return this.column(doctorId).locator(".slot-button", { has: this.page.getByText(clock, { exact: true }) });
  }

  /** The cell as soon as it is free, taken or held. */
  slotThatIs(status: string, doctorId: string, clock: string): Locator {
    return this.slot(doctorId, clock).and(this.page.locator(`[data-status="${status}"]`));
  }

  async close(): Promise<void> {
    await this.day.clinic.close();
  }
}
