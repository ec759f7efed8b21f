import { randomUUID } from "node:crypto";
import { someDay } from "../support/clinic.ts";
import { System } from "../support/system.ts";
import { Rest } from "../support/rest.ts";
import { secret, tokenFor } from "../support/tokens.ts";

/** What tells a person, and nobody else: no two markers have a part in common. */
export interface Person {
  id: string;
  /** What the paths of the person's clinic begin with. */
  basePath: string;
  doctorId: string;
  markers: { name: string; phone: string; email: string };
}

/** A token, and whose data it may show. `undefined`: no token at all. */
export interface Caller {
  name: string;
  token: string | undefined;
  sees: readonly Person[];
  /** What the paths of the caller's clinic begin with. */
  basePath: string;
}

/** Two clinics with people of unmistakable names, and tokens of everybody who may call. */
export interface World {
  clinic: System;
  today: string;
  people: readonly Person[];
  callers: readonly Caller[];
  /** Ids that a request may name: of everything, and of patients who may be erased, and doctors who may see anybody. */
  ids: {
    doctors: string[];
    spareDoctors: string[];
    areas: string[];
    rooms: string[];
    appointments: string[];
    transitions: string[];
    tasks: string[];
    holds: string[];
    codes: string[];
    waiting: string[];
    accounts: string[];
    others: string[];
  };
}

const settings = {
  AUTH_SECRET: secret,
  LOG_LEVEL: "trace",
  // So that a made-up X-Forwarded-For is taken for true.
  TRUST_PROXY: "loopback",
  MAX_READS_PER_MINUTE: 1_000_000,
  MAX_WRITES_PER_MINUTE: 1_000_000,
  MAX_CALLS_PER_MINUTE_PER_ADDRESS: 1_000_000,
  MAX_PAIRINGS_PER_MINUTE_PER_ADDRESS: 1_000_000,
  MAX_MESSAGES_PER_SECOND: 10_000,
  MAX_SUBSCRIBES_PER_SECOND: 10_000,
  MAX_MESSAGES_PER_SECOND_PER_CALLER: 100_000,
  MAX_NEW_DATES_PER_SECOND_PER_CALLER: 100_000,
  MAX_DATES_PER_CALLER: 100_000,
  MAX_FEEDS: 100_000,
  MAX_UNAUTHENTICATED_PER_ADDRESS: 10_000,
  AUTHENTICATE_TIMEOUT_MS: 2_000,
};

const eastPath = "/c/east";
/** How many wait in queues that anybody may move. */
const queuedCount = 12;

const people = [
  { name: "Qvoxmira Zeltann", phone: "+990001110001", email: "qvoxmira@zeltann.example" },
  { name: "Wjufkesh Obrandil", phone: "+990002220002", email: "wjufkesh@obrandil.example" },
];
const easterner = { name: "Yxthombi Krauvelt", phone: "+990003330003", email: "yxthombi@krauvelt.example" };

export async function openWorld(): Promise<World> {
  const clinic = await System.open(settings);
  const staff = await tokenFor({ role: "staff", name: "desk" });
  const here = clinic.restAs(staff);
  const [{ id: east }] = await clinic.sql<[{ id: string }]>`
    insert into clinics (code, name) values ('east', 'East') returning id
  `;
  const eastStaff = await tokenFor({ role: "staff", clinic: east }, 3_600_000);
  const inEast = new Rest(clinic.api.address + eastPath, { authorization: `Bearer ${eastStaff}` });
  const today = await here.today();

  const made: Person[] = [];
  const appointments: string[] = [];
  const codes = ["34679CDF"];
  for (const [rest, basePath, markers] of [
    ...people.map((markers) => [here, "", markers] as const),
    [inEast, eastPath, easterner] as const,
  ]) {
    const doctor = await rest.addDoctor();
    const patient = await rest.addPatient(markers);
    const appointment = await rest.book(patient.id, doctor.id, today, { idempotency_key: `key ${patient.id}` });
    await rest.checkIn(appointment.id, patient.id);
    const later = await rest.book(patient.id, doctor.id, someDay);
    appointments.push(appointment.id, later.id);
    codes.push(appointment.confirmation_code, later.confirmation_code);
    made.push({ id: patient.id, basePath, doctorId: doctor.id, markers });
  }
  const [a, b, c] = made as [Person, Person, Person];
  const [doctor, colleague, timed] = [await here.addDoctor(), await here.addDoctor(), await here.addDoctor()];
  const others = await Promise.all([1, 2, 3, 4].map(() => here.addPatient({ name: "Somebody Else" })));
  for (let n = 0; n < queuedCount; n++) {
    const { id, patientId } = await here.bookNew(n % 2 === 0 ? doctor.id : colleague.id, today);
    await here.checkIn(id, patientId);
    appointments.push(id);
  }
  const steps = await clinic.sql<{ id: string }[]>`select id from transitions`;
  const { body: task } = await here.post("/api/v1/tasks", { text: "Telephone", date: today });
  const manager = clinic.restAs(await tokenFor({ role: "manager" }));
  const { body: account } = await manager.post("/api/v1/accounts", { name: "fuzzed", role: "staff" });
  const { body: area } = await manager.post("/api/v1/areas", { name: "Hall" });
  const { body: room } = await manager.post("/api/v1/rooms", { name: "3", area_id: area.id });
  const week = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({
    weekday,
    starts_at: "08:00",
    ends_at: "18:00",
    slot_minutes: 15,
    valid_from: someDay,
  }));
  await manager.put(`/api/v1/doctors/${timed.id}/schedule`, week);
  const slot = { doctor_id: timed.id, starts_at: `${someDay}T10:00:00Z` };
  const { body: hold } = await here.post("/api/v1/slot-holds", slot);
  const place = { patient_id: others[0]?.id, doctor_id: timed.id, from: someDay, until: someDay };
  const { body: waiting } = await here.post("/api/v1/waitlist", place);
  const none: Person[] = [];

  const hour = 3_600_000;
  const inDefault: Omit<Caller, "basePath">[] = [
    { name: "nobody", token: undefined, sees: none },
    { name: "staff", token: await tokenFor({ role: "staff", name: "desk" }, hour), sees: [a, b] },
    { name: "manager", token: await tokenFor({ role: "manager" }, hour), sees: [a, b] },
    { name: "operator", token: await tokenFor({ role: "operator" }, hour), sees: none },
    { name: "kiosk", token: await tokenFor({ role: "kiosk" }, hour), sees: none },
    { name: "doctor of A", token: await tokenFor({ role: "doctor", doctor_id: a.doctorId }, hour), sees: [a] },
    { name: "doctor of B", token: await tokenFor({ role: "doctor", doctor_id: b.doctorId }, hour), sees: [b] },
    { name: "patient A", token: await tokenFor({ role: "patient", patient_id: a.id }, hour), sees: [a] },
    { name: "patient B", token: await tokenFor({ role: "patient", patient_id: b.id }, hour), sees: [b] },
    { name: "screen", token: await tokenFor({ role: "screen", screen_id: randomUUID() }, hour), sees: none },
    { name: "service that reads", token: await tokenFor({ role: "service", scope: "read" }, hour), sees: [a, b] },
    { name: "service that books", token: await tokenFor({ role: "service", scope: "book" }, hour), sees: [a, b] },
    { name: "service at the door", token: await tokenFor({ role: "service", scope: "check_in" }, hour), sees: none },
    { name: "service of no scope", token: await tokenFor({ role: "service" }, hour), sees: none },
  ];
  const ofEast: Omit<Caller, "basePath">[] = [
    { name: "staff of east", token: eastStaff, sees: [c] },
    {
      name: "doctor of C",
      token: await tokenFor({ role: "doctor", doctor_id: c.doctorId, clinic: east }, hour),
      sees: [c],
    },
    { name: "patient C", token: await tokenFor({ role: "patient", patient_id: c.id, clinic: east }, hour), sees: [c] },
    {
      name: "screen of east",
      token: await tokenFor({ role: "screen", screen_id: randomUUID(), clinic: east }, hour),
      sees: none,
    },
  ];
  const callers: Caller[] = [
    ...inDefault.map((caller) => ({ ...caller, basePath: "" })),
    ...ofEast.map((caller) => ({ ...caller, basePath: eastPath })),
  ];
  return {
    clinic,
    today,
    people: made,
    callers,
    ids: {
      doctors: [doctor.id, colleague.id, timed.id, timed.id, a.doctorId, b.doctorId, c.doctorId],
      areas: [area.id, randomUUID()],
      rooms: [room.id, randomUUID()],
      spareDoctors: [doctor.id, colleague.id, timed.id],
      appointments,
      transitions: [...steps.map(({ id }) => id), randomUUID()],
      tasks: [task.id, randomUUID()],
      holds: [hold.id, randomUUID()],
      codes,
      waiting: [waiting.id, randomUUID()],
      accounts: [account.id, randomUUID()],
      others: [...others.map(({ id }) => id), randomUUID()],
    },
  };
}

/** The markers in a text of people whom its reader may not see, but for those that the reader wrote themselves. */
export function leaksIn(text: string, { sees }: Caller, world: World, written = ""): string[] {
  const found = world.people
    .filter((person) => !sees.includes(person))
    .flatMap(({ markers }) => Object.values(markers));
  return found.filter((marker) => {
    const variants = [marker, marker.replace("+", ""), ...(marker.includes(" ") ? marker.split(" ") : [])];
    return variants.some((part) => text.includes(part)) && !variants.some((part) => written.includes(part));
  });
}
