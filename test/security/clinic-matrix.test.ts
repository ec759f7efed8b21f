import { randomUUID } from "node:crypto";
import { expect } from "chai";
import { addAccount } from "../../db/queries/accounts.ts";
import { hashPassword } from "../../access/passwords.ts";
import { operator, password } from "../support/accounts.ts";
import { someDay } from "../support/clinic.ts";
import { System } from "../support/system.ts";
import { clinicId } from "../support/default-clinic.ts";
import type { Request } from "../../realtime/connections/protocol.ts";
import { digest } from "../../access/digest.ts";
import { Described, type OpenApi } from "../support/described.ts";
import { eventually } from "../support/eventually.ts";
import { Rest, unique, type Answer } from "../support/rest.ts";
import { isWhole } from "../support/seed.ts";
import { Socket } from "../support/socket.ts";
import { secret, tokenFor } from "../support/tokens.ts";
import { upgrade } from "../support/upgrade.ts";

const grantType = "urn:ietf:params:oauth:grant-type:device_code";

/** What a clinic has that somebody could name: ids, codes, names and places in a list. */
interface Things {
  patient: string;
  doctor: string;
  area: string;
  room: string;
  appointment: string;
  confirmationCode: string;
  /** One whose patient waits. */
  queued: string;
  /** One whose patient waits for the same doctor. */
  neighbour: string;
  transition: string;
  /** The newest transition of a place; null where nobody used it. */
  after: string | null;
  task: string;
  hold: string;
  waiting: string;
  account: string;
  screen: string;
  userCode: string;
  deviceCode: string;
  accountName: string;
  phone: string;
  /** Of a patient whom no other call registers here. */
  walkInPhone: string;
  patientName: string;
  email: string;
  specialty: string;
  doctorCode: string;
  ticketPrefix: string;
  idempotencyKey: string;
  cursor: string;
  clinicCode: string;
  invitation: string;
}
type Thing = keyof Things;

/** What `{id}` is in a path that has it after this word. */
const pathIds: Record<string, Thing> = {
  patients: "patient",
  doctors: "doctor",
  areas: "area",
  rooms: "room",
  appointments: "appointment",
  tasks: "task",
  holds: "hold",
  waitlist: "waiting",
  confirmations: "confirmationCode",
  accounts: "account",
  screens: "screen",
  clinics: "clinicCode",
};

/** What a field names, in which form; or a value, where it names nothing. */
type Meaning = { names: Thing; as?: (thing: string | null) => unknown } | { value: unknown };

/** What each other field names, by its name or by that of the call and its own. */
const fields: Record<string, Meaning> = {
  patient_id: { names: "patient" },
  doctor_id: { names: "doctor" },
  area_id: { names: "area" },
  room_id: { names: "room" },
  appointment_id: { names: "appointment" },
  entity_id: { names: "patient" },
  actor: { names: "accountName" },
  cursor: { names: "cursor" },
  user_code: { names: "userCode" },
  device_code: { names: "deviceCode" },
  "idempotency-key": { names: "idempotencyKey" },
  idempotency_key: { names: "idempotencyKey" },
  after: { names: "after" },
  finish: { names: "queued" },
  skip: { names: "queued" },
  transition: { names: "transition" },
  before_appointment: { names: "neighbour" },
  after_appointment: { names: "neighbour" },
  into: { names: "patient" },
  hold_id: { names: "hold" },
  confirmation_code: { names: "confirmationCode" },
  "patch /api/v1/patients/{id} phone": { names: "walkInPhone" },
  query: { names: "patientName" },
  any_of: { names: "doctor", as: (id) => [id] },
  patient: { names: "walkInPhone", as: (phone) => ({ name: "Somebody", phone }) },
  "post /api/v1/walk-ins specialty": { names: "specialty" },
  "get /api/v1/slots specialty": { names: "specialty" },
  sessions: {
    names: "room",
    as: (id) => [{ starts_at: "09:00", ends_at: "10:00", slot_minutes: 15, room_id: id }],
  },
  "get /api/v1/patients cursor": { names: "patient" },
  "get /api/v1/patients/{id}/appointments cursor": { names: "appointment" },
  "get /api/v1/appointments cursor": { names: "appointment" },
  phone: { names: "phone" },
  email: { names: "email" },
  code: { names: "doctorCode" },
  ticket_prefix: { names: "ticketPrefix" },
  "post /api/v1/sessions name": { names: "accountName" },
  "post /api/v1/sessions/invitation token": { names: "invitation" },
  "post /api/v1/clinics code": { names: "clinicCode" },
  suspended: { value: false },
  name: { value: "Somebody" },
  "get /api/v1/doctors retired": { value: "true" },
  kind: { value: "person" },
  "post /api/v1/tasks kind": { value: "telephone" },
  "post /api/v1/accounts name": { value: "somebody" },
  "post /api/v1/accounts role": { value: "doctor" },
  "patch /api/v1/accounts/{id} role": { value: "manager" },
  scopes: { value: ["book"] },
  links: { value: false },
  "delete /api/v1/accounts/{id} screens": { value: "true" },
  screens: { value: false },
  text: { value: "Telephone" },
  tries: { value: 1 },
  state: { value: "open" },
  "put /api/v1/doctors/{id}/day state": { value: "present" },
  returns_at: { value: null },
  notice: { value: "Back at ten" },
  capacity: { value: 10 },
  // Of somebody who has just come into the queue.
  version: { value: 1 },
  reason: { value: "In pain" },
  answer: { value: "coming" },
  "post /api/v1/waitlist/{id}/answers answer": { value: "no" },
  return: { value: true },
  priority: { value: 1 },
  task: { value: { kind: "follow_up", text: "Back in two weeks" } },
  shares_phone: { value: true },
  birth_date: { value: "1980-05-17" },
  needs: { value: {} },
  at: { value: null },
  mode: { value: "phone" },
  note: { value: "none" },
  day_starts_at: { value: "00:00" },
  queue_order: { value: "appointment" },
  walk_in_delay_minutes: { value: 0 },
  cancellation_notice_minutes: { value: 120 },
  lateness_grace_minutes: { value: 10 },
  presence_code: { value: "0427" },
  check_in_opens_minutes: { value: 60 },
  requires_presence_code: { value: false },
  retired: { value: false },
  age: { value: 40 },
  gender: { value: "none" },
  ticket_only: { value: true },
  date: { value: someDay },
  is_present: { value: true },
  notes: { value: "none" },
  specialty: { value: "none" },
  time_slot: { value: 9 },
  starts_at: { value: `${someDay}T09:00:00Z` },
  override: { value: true },
  weekday: { value: 1 },
  "put /api/v1/doctors/{id}/schedule starts_at": { value: "09:00" },
  ends_at: { value: "10:00" },
  slot_minutes: { value: 15 },
  valid_from: { value: someDay },
  valid_until: { value: null },
  password: { value: password },
  remember_device: { value: false },
  expires_in: { value: 3_600 },
  grant_type: { value: grantType },
  action: { value: "insert" },
  entity: { value: "patients" },
  "get /api/v1/audit from": { value: "2020-01-01T00:00:00Z" },
  from: { value: someDay },
  until: { value: someDay },
  to: { value: "2120-01-01T00:00:00Z" },
  limit: { value: "500" },
  timezone: { value: "UTC" },
  daily_capacity: { value: 1_000 },
  public_names: { value: "ticket" },
  public_specialty: { value: true },
  languages: { value: ["en"] },
  max_bookings_per_doctor_day: { value: 1 },
  max_bookings_ahead: { value: 5 },
  booking_horizon_days: { value: 365 },
};

/** What a call needs that the document does not require: always, or the first of those of which one must be given. */
const needed: Record<string, { always?: string[]; oneOf?: string[][] }> = {
  "post /api/v1/walk-ins": {
    oneOf: [
      ["doctor_id", "specialty", "any_of"],
      ["patient_id", "patient"],
    ],
  },
  "post /api/v1/waitlist": { oneOf: [["doctor_id", "specialty"]] },
  "post /api/v1/checkins": {
    oneOf: [
      ["appointment_id", "confirmation_code"],
      ["patient_id", "confirmation_code"],
    ],
  },
  "post /api/v1/accounts": { always: ["doctor_id"] },
  "post /api/v1/appointments": { always: ["date"] },
  "post /api/v1/appointments/{id}/reschedule": { always: ["date"] },
  "post /api/v1/appointments/{id}/transitions": {
    always: ["version", "reason"],
    oneOf: [["before_appointment", "after_appointment"]],
  },
};

/** What is answered where a field names what is another clinic's, or nobody's; 404 where it is left out. */
const statuses: Record<string, number> = {
  // Both clinics may have patients of the same phone and doctors of the same code.
  "post /api/v1/patients phone": 201,
  "post /api/v1/patients email": 201,
  "patch /api/v1/patients/{id} phone": 200,
  "patch /api/v1/patients/{id} email": 200,
  "post /api/v1/doctors code": 201,
  "post /api/v1/doctors ticket_prefix": 201,
  "get /api/v1/patients/search phone": 200,
  // A key that nobody used books.
  "post /api/v1/appointments idempotency-key": 201,
  "post /api/v1/appointments idempotency_key": 201,
  "post /api/v1/appointments/{id}/reschedule idempotency-key": 200,
  // What somebody else keeps is nobody's: the first free slot is booked.
  "post /api/v1/appointments hold_id": 201,
  "post /api/v1/appointments/{id}/reschedule hold_id": 200,
  "delete /api/v1/slot-holds/{id} id": 204,
  "get /api/v1/slots specialty": 200,
  "get /api/v1/waitlist patient_id": 200,
  "get /api/v1/waitlist/matches doctor_id": 200,
  "post /api/v1/walk-ins idempotency-key": 201,
  "post /api/v1/patients idempotency-key": 201,
  "post /api/v1/checkins idempotency-key": 201,
  "post /api/v1/tasks idempotency-key": 201,
  "post /api/v1/doctors/{id}/queue/next idempotency-key": 200,
  "post /api/v1/appointments/{id}/transitions/undo idempotency-key": 200,
  ...Object.fromEntries(
    ["call", "start", "hold", "leave", "transfer", "prioritise", "move"].map((action) => [
      `post /api/v1/appointments/{id}/transitions ${action} idempotency-key`,
      200,
    ]),
  ),
  // Not from where the patient is, whatever the key is.
  ...Object.fromEntries(
    ["acknowledge", "recall", "resume", "serve", "skip", "requeue", "no_show"].map((action) => [
      `post /api/v1/appointments/{id}/transitions ${action} idempotency-key`,
      409,
    ]),
  ),
  // Somebody is registered with the phone, who waits.
  "post /api/v1/walk-ins patient": 201,
  // Nobody used the place, and nobody is there.
  "post /api/v1/doctors/{id}/queue/next after": 409,
  "post /api/v1/doctors/{id}/queue/next finish": 409,
  "post /api/v1/doctors/{id}/queue/next skip": 409,
  // They are not in that queue.
  "post /api/v1/appointments/{id}/transitions move before_appointment": 400,
  "post /api/v1/appointments/{id}/transitions move after_appointment": 400,
  "get /api/v1/patients query": 200,
  "get /api/v1/patients cursor": 200,
  "get /api/v1/patients/{id}/appointments cursor": 200,
  "get /api/v1/appointments cursor": 200,
  // The appointment is there, and not that patient's.
  "post /api/v1/checkins patient_id": 400,
  "post /api/v1/sessions name": 401,
  "post /api/v1/screens/token device_code": 400,
  // For operators, whose clinics these are.
  "post /api/v1/clinics code": 403,
  "patch /api/v1/clinics/{code} code": 403,
  "get /api/v1/audit entity_id": 200,
  "get /api/v1/audit actor": 200,
  "get /api/v1/audit cursor": 200,
};

/** The actions that read what they name as `call` or, where the patient is elsewhere, as `recall` does. */
const alike = /transitions (start|hold|leave|prioritise|acknowledge|resume|serve|skip|requeue|no_show)$/;
const tried = <T extends { name: string }>(calls: T[]): T[] =>
  isWhole ? calls : calls.filter(({ name }) => !alike.test(name));

/** What the fields of each message of the WebSocket name; null: nothing. A new one does not compile until it is here. */
const messageFields: {
  [Action in Request["action"]]: Record<
    Exclude<keyof Extract<Request, { action: Action }>, "action">,
    "token" | "doctor" | "epoch" | null
  >;
} = {
  authenticate: { token: "token" },
  subscribe: { date: null, view: null, mode: null, doctorId: "doctor", held: "epoch" },
  unsubscribe: {},
  ping: {},
};

/** A field of a call, as /openapi.json describes it. */
interface Field {
  name: string;
  /** An item is that of a body which is a list. */
  place: "path" | "query" | "header" | "body" | "item";
  isRequired: boolean;
}

/** How many refusals of one clinic are told one by one until they are written. */
const refusalsAtOnce = 50;

describe("what is another clinic's", function () {
  this.timeout(60_000);
  let system: System;
  let eastId: string;
  let here: Things;
  let east: Things;
  let calls: { name: string; fields: Field[]; isForAnybody: boolean }[];
  /** Tokens of the other clinic, of each way to get one. */
  let tokens: Record<string, string>;
  let addresses = 0;
  /** A queue that stays as it is, because who names something in it is refused. */
  let untouched: Awaited<ReturnType<typeof queueUp>> | undefined;

  const missing = (): Things => ({
    patient: randomUUID(),
    doctor: randomUUID(),
    area: randomUUID(),
    room: randomUUID(),
    appointment: randomUUID(),
    confirmationCode: "34679CDF",
    queued: randomUUID(),
    neighbour: randomUUID(),
    transition: randomUUID(),
    after: randomUUID(),
    task: randomUUID(),
    hold: randomUUID(),
    waiting: randomUUID(),
    account: randomUUID(),
    screen: randomUUID(),
    userCode: "BCDF-GHJK",
    deviceCode: randomUUID(),
    accountName: "nobody.at.all",
    phone: `+7${unique()}`,
    walkInPhone: `+7${unique()}`,
    patientName: "Nobodysname",
    specialty: "Nothing at all",
    email: `${unique()}@example.org`,
    doctorCode: unique(),
    ticketPrefix: "QQQ",
    idempotencyKey: unique(),
    cursor: "999999999999999",
    clinicCode: "nowhere",
    invitation: randomUUID(),
  });
  const eastAddress = () => `${system.api.address}/c/east`;
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
  /** An address of the client that no other call came from: its events can be told from all others. */
  const newAddress = (): string => `10.0.${++addresses >> 8}.${addresses & 255}`;

  before(async () => {
    system = await System.open({
      AUTH_SECRET: secret,
      TRUST_PROXY: "loopback",
      DAILY_CAPACITY: 1_000,
      MAX_READS_PER_MINUTE: 1_000_000,
      MAX_WRITES_PER_MINUTE: 1_000_000,
      MAX_CALLS_PER_MINUTE_PER_ADDRESS: 1_000_000,
    });
    [{ id: eastId }] = await system.sql<[{ id: string }]>`
      insert into clinics (code, name, daily_capacity) values ('east', 'East', 1000) returning id
    `;
    tokens = {};
    here = await furnish(system, { address: system.api.address, clinic: clinicId, name: "here" }, {});
    east = await furnish(system, { address: eastAddress(), clinic: eastId, name: "east" }, tokens);
    calls = callsOf((await Described.read(system.rest)).document);
  });
  after(() => system?.close());

  const meaningOf = (call: string, field: Field): Meaning | undefined => {
    if (/(im|ex)ports/.test(call)) return { value: field.name === "kind" ? "doctors" : "true" };
    if (field.place !== "path") return fields[`${call} ${field.name}`] ?? fields[field.name];
    if (/appointments.{id}.transitions/.test(call)) return { names: "queued" };
    const noun = new RegExp(`(\\w+)/\\{${field.name}\\}`).exec(call)?.[1] ?? "";
    const names = pathIds[noun];
    return names && { names };
  };

  /** Makes a call with all that it needs, of these things; and with one field more, or of another's. */
  async function make(
    { name, fields }: (typeof calls)[number],
    headers: Record<string, string>,
    own: Things = here,
    [odd, others]: [Field, Things] | [] = [],
  ): Promise<Answer> {
    const [method = "", path = "", action] = name.split(" ");
    const { always = [], oneOf = [] } = needed[`${method} ${path}`] ?? {};
    const chosen = oneOf.map((some) => some.find((name) => name === odd?.name) ?? some[0]);
    const given = { path: {}, query: {}, header: {}, body: {}, item: {} } as Record<
      Field["place"],
      Record<string, string>
    >;
    for (const field of fields) {
      if (!field.isRequired && field !== odd && ![...always, ...chosen].includes(field.name)) continue;
      const meaning = meaningOf(name, field) ?? { value: "" };
      const told = (meaning: Meaning): unknown => {
        if ("value" in meaning) return meaning.value;
        const thing = ((field === odd && others) || own)[meaning.names];
        return meaning.as ? meaning.as(thing) : thing;
      };
      given[field.place][field.name] = told(meaning) as string;
    }
    if (action !== undefined) given.body["action"] = action;
    const query = new URLSearchParams(given.query).toString();
    const url = path.replace(/\{(\w+)\}/g, (_, id: string) => given.path[id] ?? "") + (query && `?${query}`);
    const rest = new Rest(system.api.address, { ...headers, ...given.header });
    const isList = fields.some(({ place }) => place === "item");
    return rest.call(`${method} ${url}`, { body: isList ? [given.item] : given.body });
  }

  /** What a call names that can succeed: a doctor whose code nobody has; a queue that nobody has touched. */
  async function ownFor({ name }: (typeof calls)[number], isRefused: boolean): Promise<Things> {
    const own = { ...here, doctorCode: unique() };
    if (!/transitions|queue\/next|walk-ins|checkins|reschedule/.test(name)) return own;
    const rest = new Rest(system.api.address, bearer(await tokenFor({ role: "manager" })));
    if (/checkins|reschedule/.test(name)) {
      const { id: appointment, patientId: patient } = await rest.bookNew(here.doctor, await rest.today());
      return { ...own, appointment, patient };
    }
    const queue = isRefused ? (untouched ??= await queueUp(rest)) : await queueUp(rest);
    return { ...own, ...queue, doctor: name.includes("transfer") ? here.doctor : queue.doctor };
  }

  /** The audit trail of all that came from an address, without what tells one call from another. */
  const eventsFrom = async (address: string) => system.sql`
    select clinic_id, action, entity, entity_id, actor_role, before, after - 'times' as after from audit_events
    where address = ${address} order by at
  `;
  const recorded = (address: string) =>
    eventually(async () => expect(await eventsFrom(address)).to.not.be.empty, 10_000);

  /** All rows of the other clinic. */
  async function stateOfEast(): Promise<Record<string, unknown>> {
    const tables = await system.sql<{ name: string }[]>`
      select attrelid::regclass::text as name from pg_attribute
      join pg_class on pg_class.oid = attrelid and relkind = 'r'
      where attname = 'clinic_id'
    `;
    const state: Record<string, unknown> = {};
    for (const { name } of tables) {
      state[name] = await system.sql.unsafe(
        `select coalesce(json_agg(one order by one::text), '[]') as rows from ${name} one where clinic_id = '${eastId}'`,
      );
    }
    return state;
  }

  it("can be named in no field that this test does not know", () => {
    const unknown = calls.flatMap(({ name, fields }) =>
      fields.filter((field) => meaningOf(name, field) === undefined).map((field) => `${name}: ${field.name}`),
    );

    expect(unknown).to.deep.equal([]);
  });

  it("is, named in any field of any call, what does not exist at all", async () => {
    const before = await stateOfEast();
    // Short ones may be in any answer by chance.
    const things = Object.values(east) as string[];
    const words = [...things.filter(({ length }) => length > 5), "Dr. Eastdoctor"];
    // Reads first: a phone that is another clinic's alone is this one's too once a patient was registered with it.
    const readsFirst = calls.toSorted((a, b) => Number(b.name.startsWith("get")) - Number(a.name.startsWith("get")));
    const cells = readsFirst.flatMap((call) =>
      call.fields.flatMap((field) => {
        const meaning = meaningOf(call.name, field);
        return meaning && "names" in meaning ? [{ call, field, thing: meaning.names }] : [];
      }),
    );
    const triedCalls = tried(calls);
    expect(Object.keys(statuses)).to.have.members(
      cells.map(({ call, field }) => `${call.name} ${field.name}`).filter((cell) => cell in statuses),
    );

    for (const { call, field, thing } of cells.filter(({ call }) => triedCalls.includes(call))) {
      const cell = `${call.name} ${field.name}`;
      const tell = async (of: Things) => {
        const address = newAddress();
        const token = await tokenFor({ role: "manager", sub: cell });
        const own = await ownFor(call, (statuses[cell] ?? 404) >= 400);
        const answer = await make(call, { ...bearer(token), "x-forwarded-for": address }, own, [field, of]);
        return { answer, events: await eventsFrom(address) };
      };
      const nobodys = missing();
      const [foreign, none] = [await tell(east), await tell(nobodys)];

      const said = [foreign, none].map(({ answer: { status } }) => status);
      expect(said, `${cell}: ${JSON.stringify(foreign.answer.body)}`).to.deep.equal([
        statuses[cell] ?? 404,
        statuses[cell] ?? 404,
      ]);
      const shown = words.filter((word) => word !== east[thing]);
      for (const word of shown) expect(JSON.stringify(foreign.answer.body), cell).to.not.include(word);
      if (foreign.answer.status >= 400) {
        expect(foreign.answer.body, cell).to.deep.equal(none.answer.body);
        expect(foreign.events, cell).to.deep.equal(none.events);
      } else {
        // The trail goes on with each call; all other lists are of what is here.
        const told = call.name.startsWith("get") && !call.name.endsWith("audit") ? (body: unknown) => body : shapeOf;
        expect(told(foreign.answer.body), cell).to.deep.equal(told(none.answer.body));
        expect(foreign.events.map(kindOf), cell).to.deep.equal(none.events.map(kindOf));
      }
    }
    expect(await stateOfEast()).to.deep.equal(before);
  });

  it("is, as a token of any call, a token of nobody", async () => {
    const before = await stateOfEast();
    const asked = tried(calls).filter(({ isForAnybody }) => !isForAnybody);
    const ways = (token: string): Record<string, string>[] => [
      bearer(token),
      { cookie: `clinic_queue=${token}`, "sec-fetch-site": "same-origin" },
      { cookie: `clinic_queue.east=${token}; clinic_queue=${token}`, "sec-fetch-site": "same-origin" },
    ];
    // Every token with every call in the long run; here each call with one of them, in turn.
    const all = Object.values(tokens);
    const foreignTo = (index: number) => (isWhole ? all : [all[index % all.length] ?? ""]);
    const tellAll = async (some: typeof asked, tokensFor: (index: number) => string[]) => {
      const told = [];
      for (const [index, call] of some.entries()) {
        const address = newAddress();
        const answers: [number, unknown][] = [];
        for (const headers of tokensFor(index).flatMap(ways)) {
          const { status, body } = await make(call, { ...headers, "x-forwarded-for": address });
          answers.push([status, body]);
        }
        told.push({ address, answers });
      }
      for (const { address } of told) await recorded(address);
      // Refusals are counted until they are written, which may be between two of the same call.
      const kinds = async (address: string) =>
        new Set((await eventsFrom(address)).map((event) => JSON.stringify(event)));
      return Promise.all(told.map(async ({ address, answers }) => ({ answers, events: await kinds(address) })));
    };

    const callsAtOnce = refusalsAtOnce / 2;
    for (let start = 0; start < asked.length; start += callsAtOnce) {
      const some = asked.slice(start, start + callsAtOnce);
      const [foreign, none] = await Promise.all([
        tellAll(some, (index) => foreignTo(start + index)),
        tellAll(some, () => ["garbage"]),
      ]);

      for (const [index, { name }] of some.entries()) {
        for (const answer of foreign[index]?.answers ?? []) {
          expect(answer, name).to.deep.equal(none[index]?.answers[0]);
          expect(answer[0], name).to.equal(401);
        }
        expect(foreign[index]?.events, name).to.deep.equal(none[index]?.events);
      }
    }
    expect(await stateOfEast()).to.deep.equal(before);
  });

  describe("to a WebSocket", () => {
    const staff = async (): Promise<Socket> =>
      Socket.open(system.socketUrl, { headers: bearer(await tokenFor({ role: "staff" })) });

    it("can be named in no field that this test does not know", () => {
      const names = Object.values(messageFields).flatMap((fields) => Object.values(fields) as (string | null)[]);

      expect(names.filter((name) => name !== null)).to.deep.equal(["token", "doctor", "epoch"]);
    });

    it("is, as a token, a token of nobody: in the upgrade, and in a message", async () => {
      const tell = async (token: string) => {
        const address = newAddress();
        const upgraded = await upgrade(system.socketUrl, { ...bearer(token), "x-forwarded-for": address });
        const socket = await Socket.open(system.socketUrl, { headers: { "x-forwarded-for": address } });
        socket.send({ action: "authenticate", token });
        socket.send({ action: "subscribe", date: someDay });
        const said = await socket.nextError();
        const closeCode = await socket.closed();
        const { date: _, ...headers } = upgraded.headers;
        await recorded(address);
        return { upgraded: { ...upgraded, headers }, said, closeCode, events: await eventsFrom(address) };
      };

      // All at once, because refusals are written every 5 s.
      const [none, ...foreign] = await Promise.all(["garbage", ...Object.values(tokens)].map(tell));

      expect([none?.upgraded.status, none?.said.code, none?.closeCode]).to.deep.equal([401, "unauthenticated", 1008]);
      for (const told of foreign) expect(told).to.deep.equal(none);
    });

    it("is, named in a subscription, what does not exist at all", async () => {
      const eastern = await Socket.open(system.socketUrl.replace("/api/v1", "/c/east/api/v1"), {
        headers: bearer(tokens["signed by a tool"] ?? ""),
      });
      const held = await eastern.subscribe(someDay);
      await eastern.close();
      const socket = await staff();
      const tell = async (fields: object) => {
        socket.send({ action: "subscribe", date: someDay, ...fields });
        const message = await socket.next();
        if (!("data" in message)) return message;
        const { timestamp: _, ...data } = message.data;
        return { ...message, data };
      };

      const sections = [await tell({ doctor_id: east.doctor }), await tell({ doctor_id: randomUUID() })];
      const delta = { mode: "delta", since: held.revision };
      const states = [await tell({ ...delta, epoch: held.epoch }), await tell({ ...delta, epoch: randomUUID() })];
      await socket.close();

      expect(sections[0]).to.deep.equal(sections[1]);
      expect(sections[0]).to.have.nested.property("data.total_doctors", 0);
      expect(states[0]).to.deep.equal(states[1]);
      expect(JSON.stringify(states[0])).to.not.include(east.doctor);
    });
  });
});

/** Gives a clinic one of everything, and, in `tokens`, a token of each way to get one. */
async function furnish(
  { sql }: System,
  { address, clinic, name }: { address: string; clinic: string; name: string },
  tokens: Record<string, string>,
): Promise<Things> {
  tokens["signed by a tool"] = await tokenFor({ role: "staff", clinic });
  tokens["of a manager"] = await tokenFor({ role: "manager", clinic });
  const rest = new Rest(address, { authorization: `Bearer ${tokens["of a manager"]}` });
  const today = await rest.today();
  const title = `${name[0]?.toUpperCase()}${name.slice(1)}`;
  const prefix = name === "east" ? "EE" : "HH";
  const accountName = `${name}.desk`;
  const idempotencyKey = `key of ${name}`;
  const account = { name: accountName, role: "staff", doctorCode: null, scope: "" };
  await addAccount(sql, clinic, { ...account, passwordHash: await hashPassword(password) }, operator);
  const invitation = randomUUID();
  await sql`
    insert into invitations (clinic_id, token_digest, account_id, expires_at)
    select clinic_id, ${digest(invitation)}, id, now() + interval '1 day' from accounts
    where (clinic_id, name) = (${clinic}, ${accountName})
  `;
  const accounts = await sql<
    { id: string }[]
  >`select id from accounts where (clinic_id, name) = (${clinic}, ${accountName})`;
  const email = `${name}@example.org`;
  const specialty = `${title}ern medicine`;
  const doctor = await rest.addDoctor({ name: `Dr. ${title}doctor`, ticket_prefix: prefix, specialty });
  const { body: area } = await rest.post("/api/v1/areas", { name: `${title} floor` });
  const { body: room } = await rest.post("/api/v1/rooms", { name: `${title} lab`, area_id: area.id });
  const patientName = `${title}patient`;
  const patient = await rest.addPatient({ name: patientName, email });
  const { phone: walkInPhone } = await rest.addPatient({ name: patientName });
  const { queued, neighbour, doctor: called } = await queueUp(rest);
  const next = await rest.post(`/api/v1/doctors/${called}/queue/next`, { after: null });
  const { body: task } = await rest.post("/api/v1/tasks", { text: "Telephone", patient_id: patient.id });
  const timed = await rest.addDoctor();
  const sessions = [{ starts_at: "09:00", ends_at: "10:00", slot_minutes: 15 }];
  await rest.put(`/api/v1/doctors/${timed.id}/day?date=${someDay}`, { sessions });
  const { body: hold } = await rest.post("/api/v1/slot-holds", {
    doctor_id: timed.id,
    starts_at: `${someDay}T09:00:00Z`,
  });
  const appointment = await rest.book(patient.id, doctor.id, today);
  await rest.book(patient.id, doctor.id, someDay, { idempotency_key: idempotencyKey });
  const place = { patient_id: patient.id, doctor_id: doctor.id, from: someDay, until: someDay };
  const { body: waiting } = await rest.post("/api/v1/waitlist", place);
  const ask = async () => (await rest.post("/api/v1/screens/device_authorization", {})).body;
  const [asked, approved, paired] = [await ask(), await ask(), await ask()];
  const approve = async ({ user_code }: { user_code: string }) =>
    (await rest.post("/api/v1/screens", { user_code, name: `${title} hall` })).body;
  await approve(approved);
  const screen = await approve(paired);
  const poll = { grant_type: grantType, device_code: paired.device_code };
  const polled = await rest.post("/api/v1/screens/token", poll);
  tokens["of a screen"] = polled.body.access_token;
  tokens["of a link"] = (await rest.post(`/api/v1/patients/${patient.id}/tokens`, {})).body.token;
  tokens["of an account"] = (await rest.post("/api/v1/sessions", { name: accountName, password })).body.token;
  const [event] = (await rest.get("/api/v1/audit?limit=1")).body.events as { id: number }[];
  return {
    patient: patient.id,
    doctor: doctor.id,
    area: area.id,
    room: room.id,
    appointment: appointment.id,
    confirmationCode: appointment.confirmation_code,
    queued,
    neighbour,
    transition: next.body.transition.id,
    after: next.body.place.after,
    task: task.id,
    hold: hold.id,
    waiting: waiting.id,
    account: accounts[0]?.id ?? "",
    screen: screen.id,
    userCode: asked.user_code,
    deviceCode: approved.device_code,
    accountName,
    phone: patient.phone,
    walkInPhone,
    patientName,
    email,
    specialty,
    doctorCode: doctor.code,
    ticketPrefix: prefix,
    idempotencyKey,
    cursor: String(event?.id),
    clinicCode: name === "east" ? "east" : "default",
    invitation,
  };
}

/** Two patients who wait for a new doctor, and another one who does not. */
async function queueUp(
  rest: Rest,
): Promise<Pick<Things, "doctor" | "patient" | "queued" | "neighbour" | "transition" | "after">> {
  const today = await rest.today();
  const { id: doctor } = await rest.addDoctor();
  const come = async () => {
    const { id, patientId } = await rest.bookNew(doctor, today);
    await rest.checkIn(id, patientId);
    return id;
  };
  const [queued, neighbour, patient] = [await come(), await come(), (await rest.addPatient()).id];
  const [checkIn] = (await rest.get(`/api/v1/appointments/${queued}/transitions`)).body as [{ id: string }];
  return { doctor, patient, queued, neighbour, transition: checkIn.id, after: null };
}

interface Operation {
  parameters?: { name: string; in: Field["place"]; required?: boolean }[];
  requestBody?: { content: Record<string, { schema: Schema & { $ref?: string } }> };
  security: unknown[];
}

interface Schema {
  items?: Schema;
  properties?: Record<string, { const?: string; enum?: string[] }>;
  required?: string[];
  oneOf?: Schema[];
}

/** Each call of the document with all its fields. One that takes several actions is one for each. */
function callsOf({ paths, components }: OpenApi): { name: string; fields: Field[]; isForAnybody: boolean }[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods as unknown as Record<string, Operation>).flatMap(([method, described]) => {
      const { parameters = [], requestBody, security } = described;
      const given = requestBody?.content["application/json"]?.schema;
      const schema: Schema | undefined = given?.$ref ? components.schemas[given.$ref.split("/").at(-1) ?? ""] : given;
      const others = parameters.map(({ name, in: place, required: isRequired = false }) => ({
        name,
        place,
        isRequired,
      }));
      return (schema?.oneOf ?? [schema]).map((one) => {
        const { action, ...properties } = (one?.items ?? one)?.properties ?? {};
        const body = Object.keys(properties).map((name): Field => ({
          name,
          place: one?.items ? "item" : "body",
          isRequired: (one?.items ?? one)?.required?.includes(name) ?? false,
        }));
        const name = [method, path, action?.const ?? action?.enum?.[0]].filter(Boolean).join(" ");
        return { name, fields: [...others, ...body], isForAnybody: security.length === 0 };
      });
    }),
  );
}

const kindOf = ({ action, entity }: Record<string, unknown>): string => `${String(action)} ${String(entity)}`;

/** Which fields an answer has, whatever is in them. */
const shapeOf = (body: unknown): unknown =>
  typeof body === "object" && body !== null ? Object.keys(body).toSorted() : body;
