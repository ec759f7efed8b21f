import { randomUUID } from "node:crypto";
import { expect } from "chai";
import { Clinic } from "../../support/clinic.ts";
import { noon, setClinicClock } from "../../support/clinic-clock.ts";
import type { Answer, Rest } from "../../support/rest.ts";
import { workDaily } from "../../support/schedule.ts";

const outcome = ({ status, body }: Answer): string => (status < 400 ? `${status}` : `${status} ${body.error}`);
const minutes = (count: number): Date => new Date(noon.getTime() + count * 60_000);

describe("checking in by oneself", () => {
  let clinic: Clinic;
  let manager: Rest;
  let kiosk: Rest;
  let today: string;
  let doctor: { id: string };
  before(async () => {
    clinic = await Clinic.openWithSignIn();
    manager = clinic.restAs(await clinic.tokenFor({ role: "manager" }));
    kiosk = clinic.restAs(await clinic.tokenFor({ role: "kiosk" }));
    today = await manager.today();
  });
  beforeEach(async () => {
    await setClinicClock(clinic.sql, noon, clinic.id);
    doctor = await manager.addDoctor();
    await workDaily(manager, doctor.id, { starts_at: "12:30", ends_at: "20:00", slot_minutes: 15 });
  });
  after(() => clinic.close());

  const book = async (time: string) => {
    const patient = await manager.addPatient();
    const booked = await manager.book(patient.id, doctor.id, today, { starts_at: `${today}T${time}:00Z` });
    const self = clinic.restAs(await clinic.tokenFor({ role: "patient", patient_id: patient.id }));
    return { ...(booked as typeof booked & { confirmation_code: string }), patientId: patient.id, self };
  };
  const checkIn = (rest: Rest, { id, patientId }: { id: string; patientId: string }, fields: object = {}) =>
    rest.post("/api/v1/checkins", { appointment_id: id, patient_id: patientId, ...fields });
  const byCode = (rest: Rest, confirmation_code: string) => rest.post("/api/v1/checkins", { confirmation_code });

  it("opens an hour before the appointment, has no end, and is never closed to the desk", async () => {
    const [soon, later] = [await book("13:15"), await book("14:00")];

    const early = await checkIn(soon.self, soon);
    const atKiosk = await byCode(kiosk, soon.confirmation_code);
    const atDesk = await checkIn(manager, later);
    await setClinicClock(clinic.sql, minutes(16), clinic.id);
    const inTime = await checkIn(soon.self, soon);

    expect([early, atKiosk].map(outcome)).to.deep.equal(["422 TooEarly", "422 TooEarly"]);
    expect(early.body.details).to.deep.equal({ opens_at: `${today}T12:15:00.000Z` });
    expect([atDesk, inTime].map(outcome)).to.deep.equal(["201", "201"]);
    const late = await book("13:45");
    await setClinicClock(clinic.sql, minutes(300), clinic.id);
    expect(outcome(await checkIn(late.self, late))).to.equal("201");
  });

  it("opens when the clinic says", async () => {
    const booked = await book("15:00");

    await manager.patch("/api/v1/clinic", { check_in_opens_minutes: 240 });
    const answer = await checkIn(booked.self, booked);
    await manager.patch("/api/v1/clinic", { check_in_opens_minutes: 60 });

    expect(outcome(answer)).to.equal("201");
  });

  it("goes by the code alone, as people write it, and by the old one of an appointment that was moved", async () => {
    const [booked, moved] = [await book("13:00"), await book("13:30")];
    const { body } = await manager.post(`/api/v1/appointments/${moved.id}/reschedule`, {
      starts_at: `${today}T15:15:00Z`,
    });
    const { body: again } = await manager.post(`/api/v1/appointments/${body.to.id}/reschedule`, {
      starts_at: `${today}T15:30:00Z`,
    });

    const code = booked.confirmation_code.toLowerCase();
    const answer = await byCode(kiosk, ` ${code.slice(0, 4)}-${code.slice(4)} `);
    const old = await byCode(manager, moved.confirmation_code);

    expect([answer.status, answer.body.appointment_id]).to.deep.equal([201, booked.id]);
    expect([old.status, old.body.appointment_id]).to.deep.equal([201, again.to.id]);
    const shown = await manager.get(`/api/v1/confirmations/${moved.confirmation_code}`);
    expect(shown.body).to.include({ id: again.to.id, status: "checked_in" });
    const { body: found } = await manager.get(`/api/v1/patients?query=${again.to.confirmation_code}`);
    expect(found.patients.map(({ id }: { id: string }) => id)).to.deep.equal([moved.patientId]);
  });

  it("takes nobody else's code, and says of a wrong one only that it is unknown", async () => {
    const [booked, other] = [await book("13:45"), await book("14:15")];

    const answers = [
      await byCode(booked.self, other.confirmation_code),
      await byCode(kiosk, "34679CDF"),
      await byCode(kiosk, "O0O0O0O0"),
      await kiosk.post("/api/v1/checkins", { confirmation_code: booked.confirmation_code, appointment_id: booked.id }),
      await kiosk.post("/api/v1/checkins", {}),
    ];

    expect(answers.map(outcome)).to.deep.equal([
      "404 NotFound",
      "404 NotFound",
      "400 ValidationError",
      "400 ValidationError",
      "400 ValidationError",
    ]);
    expect(outcome(await booked.self.get(`/api/v1/confirmations/${other.confirmation_code}`))).to.equal("404 NotFound");
  });

  it("takes the digits of the waiting room's screen, where the clinic demands them; the last two are good", async () => {
    await manager.patch("/api/v1/clinic", { requires_presence_code: true });
    const screen = clinic.restAs(await clinic.tokenFor({ role: "screen", screen_id: randomUUID() }));
    const codeNow = async (): Promise<string> => (await screen.get("/api/v1/presence-code")).body.code;
    const [one, two, three] = [await book("12:45"), await book("13:00"), await book("12:30")];
    await setClinicClock(clinic.sql, minutes(10), clinic.id);
    const before = await codeNow();
    await setClinicClock(clinic.sql, minutes(20), clinic.id);
    const now = await codeNow();
    await setClinicClock(clinic.sql, minutes(21), clinic.id);

    const answers = [
      await checkIn(one.self, one),
      await checkIn(one.self, one, { presence_code: "no" }),
      await checkIn(one.self, one, { presence_code: now }),
      await checkIn(two.self, two, { presence_code: before }),
      await checkIn(manager, three),
    ];
    await setClinicClock(clinic.sql, minutes(41), clinic.id);
    expect((await screen.get("/api/v1/presence-code")).body.expires_in).to.be.within(530, 540);
    const later = await book("13:15");
    answers.push(await checkIn(later.self, later, { presence_code: now }));
    await manager.patch("/api/v1/clinic", { requires_presence_code: false });

    expect(answers.map(outcome)).to.deep.equal([
      "422 PresenceCodeRequired",
      "400 ValidationError",
      "201",
      "201",
      "201",
      "422 PresenceCodeRequired",
    ]);
    expect((await screen.get("/api/v1/presence-code")).body.code).to.equal(null);
  });

  it("lets nobody guess the digits, however many tries come at once", async () => {
    await manager.patch("/api/v1/clinic", { requires_presence_code: true });
    const booked = await book("13:00");
    const { code } = (await manager.get("/api/v1/presence-code")).body;
    const wrong = Array.from({ length: 20 }, (_, n) => String((Number(code) + 100 + n) % 10_000).padStart(4, "0"));

    const guesses = await Promise.all(wrong.map((presence_code) => checkIn(booked.self, booked, { presence_code })));
    const right = await checkIn(booked.self, booked, { presence_code: code });
    await manager.patch("/api/v1/clinic", { requires_presence_code: false });

    const counted = guesses.map(outcome).filter((text) => text === "422 PresenceCodeRequired");
    expect([counted.length, outcome(right)]).to.deep.equal([5, "429 RateLimited"]);
  });
});
