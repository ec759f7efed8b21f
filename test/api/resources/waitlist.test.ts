import { expect } from "chai";
import { Clinic, daysFromNow, nextDay, someDay } from "../../support/clinic.ts";
import type { Answer, Rest } from "../../support/rest.ts";
import { countWaitingFor } from "../../support/count-waiting.ts";
import { eventually } from "../../support/eventually.ts";
import { workDaily } from "../../support/schedule.ts";

const at = (time: string, date = someDay): string => `${date}T${time}:00.000Z`;
const outcome = ({ status, body }: Answer): string => (status < 400 ? `${status}` : `${status} ${body.error}`);

describe("the waitlist", () => {
  let clinic: Clinic;
  let manager: Rest;
  let anna: Rest;
  let doctor: { id: string };
  before(async () => {
    clinic = await Clinic.openWithSignIn();
    manager = clinic.restAs(await clinic.tokenFor({ role: "manager", name: "Mona" }));
    anna = clinic.restAs(await clinic.tokenFor({ role: "staff", name: "Anna" }));
  });
  beforeEach(async () => {
    doctor = await manager.addDoctor({ specialty: `Skin ${Math.random()}` });
    await workDaily(manager, doctor.id);
  });
  after(() => clinic.close());

  const wait = async (patientId: string, fields: object = {}, rest = anna): Promise<Answer> =>
    rest.post("/api/v1/waitlist", {
      patient_id: patientId,
      doctor_id: doctor.id,
      from: someDay,
      until: nextDay,
      ...fields,
    });
  const waitAnew = async (fields: object = {}): Promise<{ id: string; patient: { id: string } }> => {
    const { id } = await manager.addPatient();
    return (await wait(id, fields)).body;
  };
  const book = async (time: string, date = someDay) => {
    const { id: patientId } = await manager.addPatient();
    const starts_at = at(time, date);
    return { ...(await anna.book(patientId, doctor.id, date, { starts_at })), patientId };
  };
  const cancel = (id: string) => anna.post(`/api/v1/appointments/${id}/cancellation`, {});
  const matchesOf = async (time: string, date = someDay): Promise<string[]> => {
    const query = `doctor_id=${doctor.id}&starts_at=${at(time, date)}`;
    const { body } = await anna.get(`/api/v1/waitlist/matches?${query}`);
    return (body as { id: string }[]).map(({ id }) => id);
  };
  const tasks = async () =>
    (
      (await anna.get("/api/v1/tasks")).body as {
        id: string;
        slot_doctor_id: string;
        slot_starts_at: string;
        state: string;
      }[]
    ).filter(({ slot_doctor_id }) => slot_doctor_id === doctor.id);
  const take = (id: string, time: string, rest = anna, date = someDay) =>
    rest.post(`/api/v1/waitlist/${id}/booking`, { doctor_id: doctor.id, starts_at: at(time, date) });
  const say = (id: string, time: string, answer: string) =>
    anna.post(`/api/v1/waitlist/${id}/answers`, { doctor_id: doctor.id, starts_at: at(time), answer });

  it("gives the desk a task when a slot becomes free, once, and says whom to telephone, longest waiting first", async () => {
    const [first, second] = [await waitAnew(), await waitAnew({ note: "Mornings only" })];
    const booked = await book("09:30");
    const board = await clinic.connectAs(await clinic.tokenFor({ role: "staff" }));
    await board.subscribe(await anna.today());

    await cancel(booked.id);

    expect(await board.next()).to.have.nested.property("data.open_tasks", 1);
    expect(await tasks()).to.have.length(1);
    expect((await tasks())[0]).to.include({ slot_starts_at: at("09:30"), kind: "telephone", state: "open" });
    expect(await matchesOf("09:30")).to.deep.equal([first.id, second.id]);
    await cancel((await book("09:30")).id);
    expect(await tasks()).to.have.length(1);
    await board.close();
  });

  it("gives no task where nobody waits for such a slot", async () => {
    const { id: elsewhere } = await manager.addDoctor();
    await waitAnew({ doctor_id: elsewhere });
    await waitAnew({ from: nextDay });

    await cancel((await book("09:30")).id);

    expect(await tasks()).to.deep.equal([]);
    expect(await matchesOf("09:30")).to.deep.equal([]);
  });

  it("knows of slots that are free because an appointment was moved, or the doctor works longer", async () => {
    await waitAnew();
    const booked = await book("10:00");

    await anna.post(`/api/v1/appointments/${booked.id}/reschedule`, { starts_at: at("10:30") });
    const moved = await tasks();
    const sessions = [{ starts_at: "08:00", ends_at: "09:00", slot_minutes: 30 }];
    await anna.call("put /api/v1/doctors/{id}/day", { id: doctor.id, query: `?date=${nextDay}`, body: { sessions } });

    expect(moved.map(({ slot_starts_at }) => slot_starts_at)).to.deep.equal([at("10:00")]);
    expect((await tasks()).map(({ slot_starts_at }) => slot_starts_at)).to.deep.equal([
      at("10:00"),
      at("08:00", nextDay),
    ]);
  });

  it("knows of slots that are free because the doctor is there after all, or sees more patients", async () => {
    await waitAnew();
    const { id } = doctor;
    const timesOf = async (): Promise<string[]> => {
      const open = (await tasks()).filter(({ state }) => state === "open");
      await clinic.sql`update tasks set state = 'done' where slot_doctor_id = ${id} and clinic_id = ${clinic.id}`;
      return open.map(({ slot_starts_at }) => slot_starts_at);
    };
    const setDay = (body: object) => anna.call("put /api/v1/doctors/{id}/day", { id, query: `?date=${someDay}`, body });
    const appear = (is_present: boolean) =>
      anna.post(`/api/v1/doctors/${id}/availability`, { date: someDay, is_present });

    await manager.post(`/api/v1/doctors/${id}/leave`, { from: someDay, until: someDay });
    const onLeave = await timesOf();
    await manager.delete(`/api/v1/doctors/${id}/leave?from=${someDay}&until=${nextDay}`);
    const afterLeave = await timesOf();
    await manager.delete(`/api/v1/doctors/${id}/leave?from=${someDay}&until=${nextDay}`);
    const again = await timesOf();
    await setDay({ state: "absent" });
    await setDay({ state: "away" });
    const away = await timesOf();
    await appear(false);
    await appear(true);
    const present = await timesOf();
    await setDay({ capacity: 0 });
    const full = await timesOf();
    await setDay({ capacity: 1 });
    const more = await timesOf();
    await setDay({ state: "present", notice: "Late" });

    const first = [at("09:00")];
    expect([onLeave, afterLeave, again, away, present]).to.deep.equal([[], first, [], first, first]);
    expect([full, more, await timesOf()]).to.deep.equal([[], first, []]);
  });

  it("offers a new week to hundreds who wait, at most one slot for each", async () => {
    const waiting = 300;
    await clinic.sql`
      with added as (
        insert into patients (clinic_id, name) select ${clinic.id}, 'W ' || n from generate_series(1, ${waiting}) n returning id
      )
      insert into waitlist (clinic_id, patient_id, doctor_id, first_date, last_date)
      select ${clinic.id}, id, ${doctor.id}, ${daysFromNow(1)}, ${daysFromNow(60)} from added
    `;

    // Throws unless it is done in the time that a statement has.
    await workDaily(manager, doctor.id, { starts_at: "08:00", ends_at: "18:00", slot_minutes: 15 });

    expect(await tasks()).to.have.length(waiting);
  });

  it("knows of a slot whose patient was erased", async () => {
    const [waiting, booked] = [await waitAnew(), await book("10:00")];

    await anna.delete(`/api/v1/patients/${booked.patientId}`);

    expect((await tasks()).map(({ slot_starts_at }) => slot_starts_at)).to.deep.equal([at("10:00")]);
    expect(await matchesOf("10:00")).to.deep.equal([waiting.id]);
  });

  it("asks for a specialty, and not for one that is later than what the patient has", async () => {
    const { specialty } = (await anna.get(`/api/v1/doctors/${doctor.id}`)).body as { specialty: string };
    const kept = await book("10:00");
    const anybody = await waitAnew({ doctor_id: undefined, specialty: specialty.toUpperCase() });
    const earlier = (await wait(kept.patientId, { appointment_id: kept.id })).body as { id: string };

    expect(await matchesOf("09:00")).to.deep.equal([anybody.id, earlier.id]);
    expect(await matchesOf("11:00")).to.deep.equal([anybody.id]);
  });

  it("takes what somebody has without a time for the end of its date at the clinic", async () => {
    const { body } = await manager.post("/api/v1/doctors", { name: "Dr. Plain", code: `P${Math.random()}` });
    const { id: patientId } = await manager.addPatient();
    const kept = await anna.book(patientId, (body as { id: string }).id, someDay);
    const { id } = (await wait(patientId, { appointment_id: kept.id })).body as { id: string };

    await clinic.sql`update clinics set timezone = 'Pacific/Kiritimati' where id = ${clinic.id}`;
    // There the clock is fourteen hours ahead of UTC, so nine in the morning of the next day is the evening before in UTC.
    const later = await matchesOf("19:00");
    const earlier = await matchesOf("08:00");
    await clinic.sql`update clinics set timezone = 'UTC' where id = ${clinic.id}`;

    expect([later, earlier]).to.deep.equal([[], [id]]);
  });

  it("books who took it, gives up what they had, and is done with the task: both or none", async () => {
    const kept = await book("11:00", nextDay);
    const { id } = (await wait(kept.patientId, { appointment_id: kept.id })).body as { id: string };
    const freed = await book("09:30");
    await cancel(freed.id);

    const taken = await take(id, "09:30");

    expect([taken.status, taken.body.patient_id, taken.body.starts_at]).to.deep.equal([
      201,
      kept.patientId,
      at("09:30"),
    ]);
    const given = (await anna.get(`/api/v1/appointments/${kept.id}`)).body;
    expect(given).to.include({ status: "cancelled", outcome: "rescheduled", rescheduled_to: taken.body.id });
    expect((await tasks())[0]?.state).to.equal("done");
    const { body } = await anna.get(`/api/v1/waitlist?state=booked&patient_id=${kept.patientId}`);
    expect(body[0]).to.include({ id, booked_id: taken.body.id });
    expect((await take(id, "09:30")).body.id, "asked again").to.equal(taken.body.id);
  });

  it("gives up what stands in place of what they had, since that was moved", async () => {
    const kept = await book("10:00", nextDay);
    const { id } = (await wait(kept.patientId, { appointment_id: kept.id })).body as { id: string };
    const move = (of: string, time: string) =>
      anna.post(`/api/v1/appointments/${of}/reschedule`, { starts_at: at(time, nextDay) });
    const { to } = (await move(kept.id, "10:30")).body as { to: { id: string } };
    const last = (await move(to.id, "11:00")).body.to as { id: string };

    const { body } = await anna.get(`/api/v1/waitlist?patient_id=${kept.patientId}`);
    const [earlier, later] = [await matchesOf("10:30", nextDay), await matchesOf("11:30", nextDay)];
    const taken = await take(id, "09:30");

    expect(body[0].appointment_id).to.equal(last.id);
    expect([earlier, later]).to.deep.equal([[id], []]);
    const given = (await anna.get(`/api/v1/appointments/${last.id}`)).body;
    expect(given).to.include({ status: "cancelled", rescheduled_to: taken.body.id });
  });

  it("gives one appointment to two who ask for the same at once", async () => {
    const { id, patient } = await waitAnew();

    const { asked } = await clinic.sql.begin(async (editing) => {
      await editing`select from patients where (clinic_id, id) = (${clinic.id}, ${patient.id}) for update`;
      const [{ pid }] = await editing<[{ pid: number }]>`select pg_backend_pid() as pid`;
      const asked = [take(id, "09:00"), take(id, "09:00")];
      await eventually(async () => expect(await countWaitingFor(clinic.sql, pid)).to.equal(2));
      return { asked };
    });
    const answers = await Promise.all(asked);

    expect(answers.map(outcome)).to.deep.equal(["201", "201"]);
    expect(answers[0]?.body.id).to.equal(answers[1]?.body.id);
    expect(outcome(await take(id, "09:30")), "another slot").to.equal("404 NotFound");
  });

  it("waits for the date of the task about a slot before it holds the slot's own", async () => {
    const { id } = await waitAnew();
    await cancel((await book("09:30")).id);
    const today = await anna.today();

    const { asked } = await clinic.sql.begin(async (working) => {
      await working`select from clinic_days where (clinic_id, date) = (${clinic.id}, ${today}) for no key update`;
      const [{ pid }] = await working<[{ pid: number }]>`select pg_backend_pid() as pid`;
      const asked = take(id, "09:30");
      await eventually(async () => expect(await countWaitingFor(clinic.sql, pid)).to.equal(1));
      await clinic.sql`
        select from clinic_days where (clinic_id, date) = (${clinic.id}, ${someDay}) for no key update nowait
      `;
      return { asked };
    });

    expect(outcome(await asked)).to.equal("201");
  });

  it("opens no task again where there is another one about the slot", async () => {
    await waitAnew();
    await cancel((await book("09:30")).id);
    const [first] = await tasks();
    const set = (state: string) => anna.patch(`/api/v1/tasks/${first?.id}`, { state });
    await set("done");
    const reopened = await set("open");
    await set("done");
    await cancel((await book("09:30")).id);

    const refused = await set("open");

    expect([reopened, refused].map(outcome)).to.deep.equal(["200", "400 ValidationError"]);
    expect(refused.body.details[0].field).to.equal("state");
  });

  it("keeps one place for who is put on it twice in the same words", async () => {
    const { id: patientId } = await manager.addPatient();
    const fields = { note: "Mornings only" };

    const [one, two] = await Promise.all([wait(patientId, fields), wait(patientId, fields)]);
    const other = await wait(patientId);

    expect([one, two, other].map(({ status }) => status)).to.deep.equal([201, 201, 201]);
    expect(one.body.id).to.equal(two.body.id);
    expect(await matchesOf("09:00")).to.deep.equal([one.body.id, other.body.id]);
  });

  it("lets one of two desks have a slot that they give away at once; the other sees who did, and keeps what was", async () => {
    const ben = clinic.restAs(await clinic.tokenFor({ role: "staff", name: "Ben" }));
    const [keptOfOne, keptOfOther] = [await book("11:00", nextDay), await book("11:30", nextDay)];
    const [one, other] = (
      await Promise.all([keptOfOne, keptOfOther].map(({ id, patientId }) => wait(patientId, { appointment_id: id })))
    ).map(({ body }) => body as { id: string });

    const answers = await Promise.all([take(one?.id ?? "", "09:00", anna), take(other?.id ?? "", "09:00", ben)]);

    expect(answers.map(outcome)).to.have.members(["201", "409 SlotTaken"]);
    const winner = answers[0]?.status === 201 ? "Anna" : "Ben";
    const lost = answers.find(({ status }) => status === 409);
    expect(lost?.body.details.taken_by).to.equal(winner);
    expect(lost?.body.details.free).to.have.length(3);
    const kept = answers[0]?.status === 201 ? keptOfOther : keptOfOne;
    expect((await anna.get(`/api/v1/appointments/${kept.id}`)).body).to.include({ status: "booked" });
  });

  it("notes who said no, and asks them no more about that slot, and who did not answer, and asks again", async () => {
    const [no, silent] = [await waitAnew(), await waitAnew()];

    const said = [await say(no.id, "09:00", "no"), await say(silent.id, "09:00", "no_answer")];

    expect(said.map(({ body }) => body.tries)).to.deep.equal([0, 1]);
    expect(await matchesOf("09:00")).to.deep.equal([silent.id]);
    expect(await matchesOf("09:30")).to.deep.equal([no.id, silent.id]);
  });

  it("is changed and left, and knows nothing of somebody who is erased", async () => {
    const [changed, left, erased] = [await waitAnew(), await waitAnew(), await waitAnew({ note: "Call the sister" })];

    const patched = await anna.patch(`/api/v1/waitlist/${changed.id}`, { from: nextDay, note: "" });
    const deleted = await anna.delete(`/api/v1/waitlist/${left.id}`);
    await anna.delete(`/api/v1/patients/${erased.patient.id}`);

    expect([patched.body.from, patched.body.note, deleted.status]).to.deep.equal([nextDay, null, 204]);
    expect(await matchesOf("09:00")).to.deep.equal([]);
    expect(await matchesOf("09:00", nextDay)).to.deep.equal([changed.id]);
    const [row] = await clinic.sql`
      select count(*)::integer as rows from audit_events
      where clinic_id = ${clinic.id} and (before::text like '%sister%' or after::text like '%sister%')
    `;
    expect(row).to.deep.equal({ rows: 0 });
  });

  it("says which field is wrong", async () => {
    const { id } = await manager.addPatient();
    const fieldsOf = ({ body }: Answer) => (body.details as { field: string }[]).map(({ field }) => field);

    expect(fieldsOf(await wait(id, { until: "2020-01-01" }))).to.deep.equal(["until"]);
    expect(fieldsOf(await wait(id, { specialty: "Skin" }))).to.deep.equal(["doctor_id"]);
    expect(outcome(await wait(id, { from: "2020-01-01", until: "2020-01-02" }))).to.equal("422 InvalidDate");
    expect(outcome(await wait(id, { appointment_id: (await book("09:00")).id }))).to.equal("404 NotFound");
    const { id: place } = (await wait(id)).body as { id: string };
    expect(fieldsOf(await anna.patch(`/api/v1/waitlist/${place}`, { until: "2020-01-01" }))).to.deep.equal(["until"]);
  });
});
