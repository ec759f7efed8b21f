import { randomUUID } from "node:crypto";
import { expect } from "chai";
import { roles, scopes, type Role, type Scope } from "../../contract/roles.ts";
import { password as goodPassword } from "../support/accounts.ts";
import { daysFromNow, nextDay, someDay } from "../support/clinic.ts";
import { System } from "../support/system.ts";
import { Described } from "../support/described.ts";
import { Provider } from "../support/provider.ts";
import { unique, type Answer, type Call, type Rest } from "../support/rest.ts";
import { isWhole } from "../support/seed.ts";
import { secret, tokenFor } from "../support/tokens.ts";
import { Callers, everyCaller, known, pairScreen, strangers, type Caller, type Known, type Owned } from "./callers.ts";

/** Who may make a call; `own doctor` and `own patient`: only where it is about what is theirs. */
type Grant = Exclude<Role, "service"> | "own doctor" | "own patient" | Scope;

interface Row {
  who: "anyone" | readonly Grant[];
  /** What is answered to those who may. */
  status: number;
  /** What is answered to a doctor or patient for whom it is another's; 404 where it is left out. */
  anothers?: number;
  /** For callers who are told something else although they may. */
  except?: Partial<Record<Known, number>>;
  /** How many of these calls are made at once. */
  atOnce?: number;
  /** A call that would succeed, each time it is made, about what is `of` somebody. */
  call: (of: Owned) => Promise<Call> | Call;
}

/** Dates on which nobody is booked. */
const [leaveDay, illDay, handedDay] = [daysFromNow(60), daysFromNow(61), daysFromNow(62)];
const viewers: readonly Grant[] = ["staff", "doctor", "screen", "patient", "book", "check_in", "read"];
const everybody: readonly Grant[] = [...viewers, "operator", "kiosk"];

describe("who may do what", function () {
  this.timeout(60_000);
  let provider: Provider;
  let clinic: System;
  let callers: Callers;
  let described: Described;
  let staff: Rest;
  let manager: Rest;
  let today: string;
  const slots: { doctor_id: string; starts_at: string }[] = [];
  before(async () => {
    provider = await Provider.open();
    clinic = await System.open({
      AUTH_SECRET: secret,
      ...provider.settings,
      DAILY_CAPACITY: 1_000,
      MAX_BOOKINGS_PER_DOCTOR_DAY: 1_000,
      MAX_BOOKINGS_AHEAD: 1_000,
      MAX_READS_PER_MINUTE: 1_000_000,
      MAX_WRITES_PER_MINUTE: 1_000_000,
      MAX_CALLS_PER_MINUTE_PER_ADDRESS: 1_000_000,
      MAX_SIGN_INS_PER_MINUTE_PER_ADDRESS: 1_000_000,
      MAX_PAIRINGS_PER_MINUTE_PER_ADDRESS: 1_000_000,
      MAX_SUBSCRIBES_PER_SECOND: 10_000,
      MAX_MESSAGES_PER_SECOND: 10_000,
    });
    staff = clinic.restAs(await tokenFor({ role: "staff" }));
    manager = clinic.restAs(await tokenFor({ role: "manager" }));
    today = await clinic.rest.today();
    callers = await Callers.open(clinic, provider);
    described = await Described.read(clinic.rest);
    for (const { patientId, doctorId } of callers.patients) await staff.book(patientId, doctorId, someDay);
  });
  after(async () => {
    await Promise.all([clinic?.close(), provider?.goDown()]);
  });

  const booked = async ({ patientId, doctorId }: Owned, date = someDay) => staff.book(patientId, doctorId, date);
  /** An appointment of today, whose patient waits. */
  const queued = async (of: Owned): Promise<{ id: string }> => {
    const { id } = await booked(of, today);
    await staff.checkIn(id, of.patientId);
    return { id };
  };
  /** A new area or room, or task. */
  const added = async (what: string, fields: object = { name: unique() }, by: Rest = manager): Promise<Call> => {
    const { body } = await by.post(`/api/v1/${what}`, fields);
    return { id: body.id as string };
  };
  /** Acts as the doctor, or as the desk for another doctor, who does not call here. */
  const ofDoctor = async ({ doctorId }: Owned): Promise<Rest> =>
    doctorId === callers.own.doctorId ? clinic.restAs((await callers.token("doctor")) ?? "") : staff;
  const taskAbout = ({ patientId, secrets }: Owned) => ({
    text: `Telephone ${secrets.join(" ")}`,
    date: someDay,
    patient_id: patientId,
  });
  const list = ({ doctorId }: Owned): Call => ({ id: doctorId, query: `?date=${someDay}` });
  /** A slot of a doctor whom only holds are about, each time another one. */
  const freeSlot = async () => {
    if (slots.length === 0) {
      const { id } = await staff.addDoctor();
      await manager.put(`/api/v1/doctors/${id}/day?date=${someDay}`, {
        sessions: [{ starts_at: "00:00", ends_at: "24:00", slot_minutes: 5 }],
      });
      const { body } = await staff.get(`/api/v1/doctors/${id}/slots?from=${someDay}&until=${someDay}`);
      slots.push(...(body as { starts_at: string }[]).map(({ starts_at }) => ({ doctor_id: id, starts_at })));
    }
    return slots.pop();
  };
  const placeFor = ({ patientId, doctorId }: Owned) => ({
    patient_id: patientId,
    doctor_id: doctorId,
    from: someDay,
    until: nextDay,
  });
  const newAccount = () => added("accounts", { name: `a${unique()}`, role: "staff" });
  const patient = ({ patientId }: Owned): Call => ({ id: patientId });

  const rows: Record<string, Row> = {
    "post /api/v1/patients": {
      who: ["staff", "book"],
      status: 201,
      call: () => ({ body: { name: "Somebody New", phone: `+7${unique()}` } }),
    },
    "get /api/v1/patients/search": {
      who: ["staff", "book", "read"],
      status: 200,
      call: ({ secrets }) => ({ query: `?phone=${encodeURIComponent(secrets.at(-1) ?? "")}` }),
    },
    "get /api/v1/patients/{id}": { who: ["staff", "own doctor", "own patient", "read"], status: 200, call: patient },
    "patch /api/v1/patients/{id}": {
      who: ["staff", "own patient"],
      status: 200,
      call: (of) => ({ ...patient(of), body: { ticket_only: false } }),
    },
    "delete /api/v1/patients/{id}": {
      who: ["staff"],
      status: 204,
      call: async () => ({ id: (await staff.addPatient()).id }),
    },
    "get /api/v1/patients/{id}/export": { who: ["staff", "own patient"], status: 200, call: patient },
    "post /api/v1/patients/{id}/tokens": {
      // A service needs two scopes: see views.test.ts.
      who: ["staff"],
      status: 201,
      call: (of) => ({ ...patient(of), body: {} }),
    },
    "delete /api/v1/patients/{id}/tokens": {
      who: ["staff"],
      status: 204,
      call: async () => ({ id: (await staff.addPatient()).id }),
    },
    "post /api/v1/areas": { who: ["manager"], status: 201, call: () => ({ body: { name: `Hall ${unique()}` } }) },
    "get /api/v1/areas": { who: everybody, status: 200, call: () => ({}) },
    "get /api/v1/areas/{id}": { who: everybody, status: 200, call: () => added("areas") },
    "patch /api/v1/areas/{id}": {
      who: ["manager"],
      status: 200,
      call: async () => ({ ...(await added("areas")), body: { name: `Floor ${unique()}` } }),
    },
    "delete /api/v1/areas/{id}": { who: ["manager"], status: 204, call: () => added("areas") },
    "post /api/v1/rooms": { who: ["manager"], status: 201, call: () => ({ body: { name: unique() } }) },
    "get /api/v1/rooms": { who: everybody, status: 200, call: () => ({}) },
    "get /api/v1/rooms/{id}": { who: everybody, status: 200, call: () => added("rooms") },
    "patch /api/v1/rooms/{id}": {
      who: ["manager"],
      status: 200,
      call: async () => ({ ...(await added("rooms")), body: { name: unique(), area_id: null } }),
    },
    "delete /api/v1/rooms/{id}": { who: ["manager"], status: 204, call: () => added("rooms") },
    "patch /api/v1/doctors/{id}": {
      who: ["staff"],
      status: 200,
      call: ({ doctorId: id }) => ({ id, body: { specialty: "Eyes" } }),
    },
    "post /api/v1/doctors": {
      who: ["staff"],
      status: 201,
      call: () => ({ body: { name: "Dr. New", code: randomUUID() } }),
    },
    "get /api/v1/doctors": { who: viewers, status: 200, call: () => ({}) },
    "get /api/v1/doctors/{id}": { who: viewers, status: 200, call: ({ doctorId }) => ({ id: doctorId }) },
    "get /api/v1/doctors/{id}/availability": { who: viewers, status: 200, call: list },
    "post /api/v1/doctors/{id}/availability": {
      who: ["staff", "own doctor"],
      status: 200,
      // That another doctor exists is no secret.
      anothers: 403,
      call: ({ doctorId: id }) => ({ id, body: { date: someDay, is_present: true, notes: "ill" } }),
    },
    "get /api/v1/doctors/{id}/appointments": { who: ["staff", "own doctor", "read"], status: 200, call: list },
    "get /api/v1/doctors/{id}/queue": { who: ["staff", "own doctor", "read"], status: 200, call: list },
    "get /api/v1/appointments/doctors/{id}/appointments": {
      who: ["staff", "own doctor", "read"],
      status: 200,
      call: list,
    },
    "get /api/v1/checkins/doctors/{id}/queue": { who: ["staff", "own doctor", "read"], status: 200, call: list },
    "post /api/v1/appointments": {
      who: ["staff", "own patient", "book"],
      status: 201,
      call: ({ patientId, doctorId }) => ({ body: { patient_id: patientId, doctor_id: doctorId, date: someDay } }),
    },
    "get /api/v1/appointments/{id}": {
      who: ["staff", "own doctor", "own patient", "book", "read"],
      status: 200,
      call: async (of) => ({ id: (await booked(of)).id }),
    },
    "get /api/v1/confirmations/{code}": {
      who: ["staff", "own patient", "book"],
      status: 200,
      call: async (of) => ({ id: (await booked(of)).confirmation_code }),
    },
    "get /api/v1/presence-code": { who: ["staff", "screen"], status: 200, call: () => ({}) },
    "post /api/v1/appointments/{id}/cancellation": {
      who: ["staff", "own doctor", "own patient", "book"],
      status: 200,
      call: async (of) => ({ id: (await booked(of)).id, body: { reason: "Feels better" } }),
    },
    "post /api/v1/checkins": {
      who: ["staff", "own doctor", "own patient", "kiosk", "check_in"],
      status: 201,
      call: async (of) => ({ body: { appointment_id: (await booked(of, today)).id, patient_id: of.patientId } }),
    },
    "post /api/v1/doctors/{id}/queue/next": {
      who: ["staff", "own doctor"],
      status: 200,
      // Each call names the one before it.
      atOnce: 1,
      call: async (of) => {
        await queued(of);
        const [place] = await clinic.sql<{ after: string; appointment_id: string | null }[]>`
          select after, appointment_id from day_places where (date, place_id) = (${today}, ${of.doctorId})
        `;
        const { after = null, appointment_id: there = null } = place ?? {};
        return { id: of.doctorId, body: { after, ...(there !== null && { finish: there }) } };
      },
    },
    "get /api/v1/doctors/{id}/queue/order": {
      who: ["staff", "own doctor"],
      status: 200,
      call: async (of) => {
        await queued(of);
        return { id: of.doctorId, query: `?date=${today}` };
      },
    },
    "post /api/v1/appointments/{id}/transitions": {
      who: ["staff", "own doctor", "own patient"],
      status: 200,
      call: async (of) => ({ ...(await queued(of)), body: { action: "hold", version: 1, reason: "In the garden" } }),
    },
    "get /api/v1/appointments/{id}/transitions": {
      who: ["staff", "own doctor"],
      status: 200,
      call: (of) => queued(of),
    },
    "post /api/v1/appointments/{id}/transitions/undo": {
      who: ["staff", "own doctor"],
      status: 200,
      call: async (of) => {
        const { id } = await queued(of);
        const hold = { action: "hold", version: 1 };
        // A doctor takes back what the doctor did.
        const { body } = await (await ofDoctor(of)).post(`/api/v1/appointments/${id}/transitions`, hold);
        return { id, body: { transition: body.transition.id } };
      },
    },
    "post /api/v1/walk-ins": {
      who: ["staff", "kiosk"],
      status: 201,
      call: async ({ doctorId }) => ({ body: { doctor_id: doctorId, patient_id: (await staff.addPatient()).id } }),
    },
    "post /api/v1/tasks": { who: ["staff", "own doctor"], status: 201, call: (of) => ({ body: taskAbout(of) }) },
    "get /api/v1/tasks": {
      who: ["staff", "doctor"],
      status: 200,
      call: async (of) => {
        await added("tasks", taskAbout(of), await ofDoctor(of));
        return { query: `?date=${someDay}` };
      },
    },
    "patch /api/v1/tasks/{id}": {
      who: ["staff", "own doctor"],
      status: 200,
      call: async (of) => ({ ...(await added("tasks", taskAbout(of), await ofDoctor(of))), body: { state: "done" } }),
    },
    "put /api/v1/doctors/{id}/day": {
      who: ["staff", "own doctor"],
      status: 200,
      // That another doctor exists is no secret.
      anothers: 403,
      call: (of) => ({ ...list(of), body: { state: "away", notice: "Back at ten" } }),
    },
    "get /api/v1/doctors/{id}/day": { who: viewers, status: 200, call: list },
    "post /api/v1/doctors/{id}/day/cancellation": {
      who: ["staff"],
      status: 200,
      call: ({ doctorId: id }) => ({ id, query: `?date=${illDay}`, body: { reason: "The doctor is ill" } }),
    },
    "post /api/v1/doctors/{id}/day/handover": {
      who: ["staff"],
      status: 200,
      call: async ({ doctorId: id }) => ({
        id,
        query: `?date=${handedDay}`,
        body: { doctor_id: (await staff.addDoctor()).id },
      }),
    },
    "get /api/v1/doctors/{id}/schedule": { who: viewers, status: 200, call: ({ doctorId: id }) => ({ id }) },
    "put /api/v1/doctors/{id}/schedule": {
      who: ["manager"],
      status: 200,
      call: ({ doctorId: id }) => ({ id, body: [] }),
    },
    "post /api/v1/doctors/{id}/leave": {
      who: ["staff"],
      status: 200,
      call: ({ doctorId: id }) => ({ id, body: { from: leaveDay, until: leaveDay } }),
    },
    "delete /api/v1/doctors/{id}/leave": {
      who: ["staff"],
      status: 200,
      call: ({ doctorId: id }) => ({ id, query: `?from=${leaveDay}&until=${leaveDay}` }),
    },
    "get /api/v1/doctors/{id}/conflicts": {
      who: ["staff", "own doctor"],
      status: 200,
      call: ({ doctorId: id }) => ({ id }),
    },
    "get /api/v1/doctors/{id}/slots": {
      who: ["staff", "doctor", "patient", "book", "read"],
      status: 200,
      call: ({ doctorId: id }) => ({ id, query: `?from=${someDay}&until=${nextDay}` }),
    },
    "get /api/v1/slots": { who: ["staff", "doctor", "patient", "book", "read"], status: 200, call: () => ({}) },
    "post /api/v1/slot-holds": {
      who: ["staff", "patient", "book"],
      status: 201,
      call: async () => ({ body: { ...(await freeSlot()) } }),
    },
    "delete /api/v1/slot-holds/{id}": {
      who: ["staff", "patient", "book"],
      status: 204,
      call: async () => ({ id: (await staff.post("/api/v1/slot-holds", await freeSlot())).body.id ?? randomUUID() }),
    },
    "post /api/v1/appointments/{id}/reschedule": {
      who: ["staff", "own doctor", "own patient", "book"],
      status: 200,
      call: async (of) => ({ id: (await booked(of)).id, body: { date: nextDay } }),
    },
    "post /api/v1/waitlist": { who: ["staff", "book"], status: 201, call: (of) => ({ body: placeFor(of) }) },
    "get /api/v1/waitlist": { who: ["staff"], status: 200, call: () => ({}) },
    "get /api/v1/waitlist/matches": {
      who: ["staff"],
      status: 200,
      call: ({ doctorId }) => ({ query: `?doctor_id=${doctorId}&starts_at=${someDay}T09:00:00Z` }),
    },
    "patch /api/v1/waitlist/{id}": {
      who: ["staff"],
      status: 200,
      call: async (of) => ({ ...(await added("waitlist", placeFor(of))), body: { note: "Mornings only" } }),
    },
    "delete /api/v1/waitlist/{id}": { who: ["staff"], status: 204, call: (of) => added("waitlist", placeFor(of)) },
    "post /api/v1/waitlist/{id}/answers": {
      who: ["staff"],
      status: 200,
      call: async (of) => ({
        ...(await added("waitlist", placeFor(of))),
        body: { ...(await freeSlot()), answer: "no_answer" },
      }),
    },
    "post /api/v1/waitlist/{id}/booking": {
      who: ["staff"],
      status: 201,
      // A place of its own for each caller, because nobody takes two slots with one.
      call: async (of) => ({
        ...(await added("waitlist", { ...placeFor(of), note: unique() })),
        body: { ...(await freeSlot()) },
      }),
    },
    "get /api/v1/patients": {
      who: ["staff", "book", "read"],
      status: 200,
      call: ({ secrets: [word = ""] }) => ({ query: `?query=${word}` }),
    },
    "post /api/v1/patients/{id}/merge": {
      who: ["staff"],
      status: 200,
      call: async (of) => ({ id: (await staff.addPatient()).id, body: { into: of.patientId } }),
    },
    "get /api/v1/patients/{id}/appointments": { who: ["staff", "own patient"], status: 200, call: patient },
    "get /api/v1/appointments": { who: ["staff", "read"], status: 200, call: () => ({ query: `?date=${someDay}` }) },
    "post /api/v1/sessions": {
      who: "anyone",
      status: 201,
      // Five at once of one name from one address are admitted: passwords are guessed like that.
      atOnce: 1,
      call: () => ({ body: { name: "anna", password: goodPassword } }),
    },
    "get /api/v1/sessions": { who: everybody, status: 200, call: () => ({}) },
    "delete /api/v1/sessions": { who: everybody, status: 204, call: () => ({}) },
    "post /api/v1/tokens": {
      who: everybody,
      status: 201,
      // Where it came from it is renewed.
      except: { "provider's staff": 400, kiosk: 400 },
      call: () => ({}),
    },
    "post /api/v1/screens/device_authorization": { who: "anyone", status: 200, call: () => ({}) },
    "post /api/v1/screens/token": {
      who: "anyone",
      status: 400,
      call: async () => ({
        body: { grant_type: "urn:ietf:params:oauth:grant-type:device_code", device_code: randomUUID() },
      }),
    },
    "post /api/v1/screens": {
      who: ["staff"],
      status: 201,
      call: async () => {
        const { body } = await clinic.rest.post("/api/v1/screens/device_authorization", {});
        return { body: { user_code: body.user_code, name: "Corridor" } };
      },
    },
    "get /api/v1/screens": { who: ["staff"], status: 200, call: () => ({}) },
    "delete /api/v1/screens/{id}": {
      who: ["staff"],
      status: 204,
      call: async () => ({ id: (await pairScreen(clinic, staff)).id }),
    },
    // One file at a time in a clinic.
    "post /api/v1/imports/{kind}": {
      who: ["manager"],
      status: 200,
      atOnce: 1,
      call: () => ({ id: "patients", csv: `name\nSomebody ${unique()}\n` }),
    },
    "get /api/v1/exports/{kind}": { who: ["manager"], status: 200, call: () => ({ id: "doctors" }) },
    "get /api/v1/accounts": { who: ["manager"], status: 200, call: () => ({}) },
    "post /api/v1/accounts": {
      who: ["manager"],
      status: 201,
      call: () => ({ body: { name: `a${unique()}`, role: "staff" } }),
    },
    "get /api/v1/accounts/{id}": { who: ["manager"], status: 200, call: newAccount },
    "patch /api/v1/accounts/{id}": {
      who: ["manager"],
      status: 200,
      call: async () => ({ ...(await newAccount()), body: { role: "manager" } }),
    },
    "delete /api/v1/accounts/{id}": { who: ["manager"], status: 204, call: newAccount },
    "post /api/v1/accounts/{id}/invitation": {
      who: ["manager"],
      status: 201,
      call: async () => ({ ...(await newAccount()), body: {} }),
    },
    "get /api/v1/clinic/settings": { who: ["staff"], status: 200, call: () => ({}) },
    "get /api/v1/audit": { who: ["staff"], status: 200, call: () => ({ query: "?limit=500" }) },
    "get /api/v1/clinic": { who: "anyone", status: 200, call: () => ({}) },
    "get /api/v1/clinics": { who: ["operator"], status: 200, call: () => ({}) },
    "post /api/v1/clinics": {
      who: ["operator"],
      status: 201,
      call: () => ({ body: { code: `c${unique()}`, name: "New", timezone: "UTC" } }),
    },
    "patch /api/v1/clinics/{code}": {
      who: ["operator"],
      status: 200,
      call: () => ({ id: "default", body: { suspended: false } }),
    },
    "post /api/v1/sessions/invitation": {
      who: "anyone",
      // Nobody is invited here.
      status: 404,
      call: () => ({ body: { token: randomUUID(), password: goodPassword } }),
    },
    "patch /api/v1/clinic": { who: ["manager"], status: 200, call: () => ({ body: { daily_capacity: 1_000 } }) },
  };

  it("is expected of every call that the api describes", async () => {
    expect(described.calls.toSorted()).to.deep.equal(Object.keys(rows).toSorted());
  });

  it("is expected of every role, and of every scope alone", () => {
    const services = scopes.map((scope) => `service ${scope}`);

    expect(known).to.include.members([...roles, ...services]);
  });

  for (const [index, [name, row]] of Object.entries(rows).entries()) {
    it(`is told as it should be by ${name}`, async () => {
      const cells = isWhole ? everyCell : cellsInTurn(row, index);
      // Those who must be refused make the same call: it would succeed until one of them is not.
      const refused = { own: await row.call(callers.own), other: await row.call(callers.other) };

      const tell = async ({ caller, whose }: Cell) => {
        const isRefused = [401, 403, 404].includes(expectation(row, caller, whose));
        const call = isRefused ? refused[whose] : await row.call(callers[whose]);
        const token = await callers.token(caller);
        const answer = await (token === undefined ? clinic.rest : clinic.restAs(token)).call(name, call);
        described.check(name, answer);
        checkAnswer(answer, callers.secretsFrom(caller));
        return `${caller}, ${whose}: ${answer.status}`;
      };
      const found = await inBatches(cells, tell, row.atOnce);

      const expected = cells.map(({ caller, whose }) => `${caller}, ${whose}: ${expectation(row, caller, whose)}`);
      expect(found).to.deep.equal(expected);
    });
  }

  it("tells another's data and what is not there alike", async () => {
    const nobodys: Owned = { doctorId: randomUUID(), patientId: randomUUID(), secrets: [] };
    const appointment = await booked(callers.other);
    const checkIn = { appointment_id: appointment.id, patient_id: callers.own.patientId };
    const { id: waiting } = await queued(callers.other);
    const [{ id: step }] = (await staff.get(`/api/v1/appointments/${waiting}/transitions`)).body as [{ id: string }];
    const task = await added("tasks", taskAbout(callers.other), staff);
    const next = ({ doctorId: id }: Owned): Call => ({ id, body: { after: null } });
    const asked: [Caller, string, Call, Call][] = [
      ["patient", "get /api/v1/patients/{id}", patient(callers.other), patient(nobodys)],
      ["patient", "get /api/v1/patients/{id}/export", patient(callers.other), patient(nobodys)],
      ["patient", "get /api/v1/appointments/{id}", appointment, { id: randomUUID() }],
      ...(["patient", "doctor"] as const).map((caller): (typeof asked)[number] => {
        const name = "post /api/v1/appointments/{id}/cancellation";
        return [caller, name, { ...appointment, body: {} }, { id: randomUUID(), body: {} }];
      }),
      ...(["patient", "doctor"] as const).map((caller): (typeof asked)[number] => {
        const body = { date: nextDay };
        const name = "post /api/v1/appointments/{id}/reschedule";
        return [caller, name, { id: appointment.id, body }, { id: randomUUID(), body }];
      }),
      ["doctor", "get /api/v1/doctors/{id}/conflicts", { id: callers.other.doctorId }, { id: randomUUID() }],
      ["patient", "get /api/v1/confirmations/{code}", { id: appointment.confirmation_code }, { id: "34679CDF" }],
      [
        "patient",
        "post /api/v1/checkins",
        { body: { confirmation_code: appointment.confirmation_code } },
        { body: { confirmation_code: "34679CDF" } },
      ],
      ["patient", "post /api/v1/checkins", { body: checkIn }, { body: { ...checkIn, appointment_id: randomUUID() } }],
      ["doctor", "get /api/v1/patients/{id}", patient(callers.other), patient(nobodys)],
      ["doctor", "get /api/v1/appointments/{id}", appointment, { id: randomUUID() }],
      ["doctor", "get /api/v1/doctors/{id}/queue", list(callers.other), list(nobodys)],
      ["doctor", "post /api/v1/checkins", { body: checkIn }, { body: { ...checkIn, appointment_id: randomUUID() } }],
      ...(["patient", "doctor"] as const).map((caller): (typeof asked)[number] => {
        const leave = { action: "leave", version: 1 };
        const name = "post /api/v1/appointments/{id}/transitions";
        return [caller, name, { id: waiting, body: leave }, { id: randomUUID(), body: leave }];
      }),
      ["doctor", "get /api/v1/appointments/{id}/transitions", { id: waiting }, { id: randomUUID() }],
      [
        "doctor",
        "post /api/v1/appointments/{id}/transitions/undo",
        { id: waiting, body: { transition: step } },
        { id: randomUUID(), body: { transition: step } },
      ],
      ["doctor", "post /api/v1/doctors/{id}/queue/next", next(callers.other), next(nobodys)],
      ["doctor", "get /api/v1/doctors/{id}/queue/order", list(callers.other), list(nobodys)],
      ["doctor", "post /api/v1/tasks", { body: taskAbout(callers.other) }, { body: taskAbout(nobodys) }],
      [
        "doctor",
        "post /api/v1/tasks",
        { body: { text: "Telephone", appointment_id: waiting } },
        { body: { text: "Telephone", appointment_id: randomUUID() } },
      ],
      ["doctor", "patch /api/v1/tasks/{id}", { ...task, body: {} }, { id: randomUUID(), body: {} }],
      ["patient", "get /api/v1/patients/{id}/appointments", patient(callers.other), patient(nobodys)],
    ];

    for (const [caller, name, anothers, missing] of asked) {
      const rest = clinic.restAs((await callers.token(caller)) ?? "");
      const [first, second] = [await rest.call(name, anothers), await rest.call(name, missing)];
      expect([first.status, first.body], `${caller} ${name}`).to.deep.equal([404, second.body]);
    }
  });

  it("lets no patient check in under another's name, not even to an appointment of their own", async () => {
    const { id } = await booked(callers.own, today);
    const self = clinic.restAs((await callers.token("patient")) ?? "");

    const answer = await self.post("/api/v1/checkins", { appointment_id: id, patient_id: callers.other.patientId });

    expect([answer.status, answer.body.error]).to.deep.equal([404, "NotFound"]);
    expect((await staff.get(`/api/v1/appointments/${id}`)).body.status).to.equal("booked");
  });

  it("is asked before the input is looked at", async () => {
    const wrong = { id: "no-uuid", query: "?date=never", body: { nonsense: true } };

    for (const [name, { who }] of Object.entries(rows).filter(([, { who }]) => who !== "anyone")) {
      const none = await clinic.rest.call(name, wrong);
      expect(none.status, `${name} of nobody`).to.equal(401);
      if (who === everybody) continue;
      const service = await clinic.restAs((await callers.token("service")) ?? "").call(name, wrong);
      expect(service.status, `${name} of a service without a scope`).to.equal(403);
    }
  });

  it("does not change with another spelling of the path, or with HEAD", async () => {
    const { patientId } = callers.own;
    const paths = [
      `/api/v1/patients/${patientId}/`,
      `/API/v1/Patients/${patientId}`,
      `/api/v1/patients/${patientId}?x`,
    ];

    for (const path of paths) expect((await clinic.rest.get(path)).status, path).to.equal(401);
    const head = await fetch(`${clinic.api.address}/api/v1/patients/${patientId}`, { method: "HEAD" });
    expect(head.status).to.equal(401);
  });

  it("lets everybody see health, the reference and the pages, whatever their token", async () => {
    for (const path of ["/health", "/docs/", "/openapi.json", "/asyncapi.json"]) {
      for (const rest of [clinic.rest, clinic.restAs("garbage")]) {
        expect((await rest.get(path)).status, path).to.equal(200);
      }
    }
  });

  it("tells why a doctor is away to colleagues alone", async () => {
    const { doctorId } = callers.own;
    await staff.post(`/api/v1/doctors/${doctorId}/availability`, { date: today, is_present: true, notes: "secret" });

    const notes = async (caller: Caller) => {
      const rest = clinic.restAs((await callers.token(caller)) ?? "");
      return (await rest.get(`/api/v1/doctors/${doctorId}/availability?date=${today}`)).body.notes as string | null;
    };
    const outsiders: Caller[] = ["patient", "screen", "service book", "service check_in"];
    expect(await Promise.all(outsiders.map(notes))).to.deep.equal(outsiders.map(() => null));
    const colleagues: Caller[] = ["staff", "doctor", "service read"];
    expect(await Promise.all(colleagues.map(notes))).to.deep.equal(colleagues.map(() => "secret"));
  });
});

interface Cell {
  caller: Caller;
  whose: "own" | "other";
}

const everyCell = everyCaller.flatMap((caller) => (["own", "other"] as const).map((whose) => ({ caller, whose })));

/**
 * The cells of a row that are tried when not all are: everybody whom the clinic knows, nobody, and one of the strangers, in
 * turn. A doctor and a patient call about both; the others, to whom it makes no difference, about one of them, in turn. What
 * anyone may do is tried by one of those whom the clinic knows.
 */
function cellsInTurn({ who }: Row, index: number): Cell[] {
  const inTurn = <T>(all: readonly T[]): T[] => all.filter((_, n) => n === index % all.length);
  const callers: Caller[] = [...(who === "anyone" ? inTurn(known) : known), "nobody", ...inTurn(strangers)];
  const owners: Caller[] = ["doctor", "patient"];
  return callers.flatMap((caller, column) => {
    const whose = (index + column) % 2 === 0 ? "own" : "other";
    return everyCell.filter((cell) => cell.caller === caller && (owners.includes(caller) || cell.whose === whose));
  });
}

/** What a cell of the table must be answered. */
function expectation({ who, status, anothers = 404, except = {} }: Row, caller: Caller, whose: Cell["whose"]): number {
  if (who === "anyone") return status;
  if (caller === "nobody" || isStranger(caller)) return 401;
  const grant = grants[caller];
  if (grant === undefined) return 403;
  if (who.includes(grant) || (grant === "manager" && who.includes("staff"))) return except[caller] ?? status;
  if (!who.includes(`own ${grant}` as Grant)) return 403;
  return whose === "own" ? status : anothers;
}

/** What each caller is in a row's `who`; a service without a scope is nothing. */
const grants: Record<Known, Grant | undefined> = {
  manager: "manager",
  operator: "operator",
  kiosk: "kiosk",
  staff: "staff",
  "provider's staff": "staff",
  doctor: "doctor",
  screen: "screen",
  patient: "patient",
  "service book": "book",
  "service check_in": "check_in",
  "service read": "read",
  service: undefined,
};

const isStranger = (caller: Caller): caller is (typeof strangers)[number] =>
  (strangers as readonly string[]).includes(caller);

/** What is true of every answer: it holds nothing that the caller must not see, and an error has its shape. */
function checkAnswer({ status, headers, body }: Answer, secrets: string[]): void {
  const text = JSON.stringify(body);
  for (const word of secrets) expect(text).to.not.include(word);
  if (status < 400) return;
  expect(body).to.have.all.keys("error", "message", "details");
  expect(headers.get("content-type")).to.match(/^application\/json/);
  expect(headers.has("www-authenticate")).to.equal(status === 401);
  if (status in codes) expect(body.error).to.equal(codes[status]);
}

const codes: Record<number, string> = { 401: "Unauthorized", 403: "Forbidden", 404: "NotFound" };

/** Runs cells side by side, some at a time, so that no queue of the server gets long. */
async function inBatches<In, Out>(all: In[], run: (one: In) => Promise<Out>, size = 16): Promise<Out[]> {
  const results: Out[] = [];
  for (let start = 0; start < all.length; start += size) {
    results.push(...(await Promise.all(all.slice(start, start + size).map(run))));
  }
  return results;
}
