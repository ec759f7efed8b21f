import { expect } from "chai";
import type { AuditEvent } from "../../../db/queries/audit-events.ts";
import { someDay, startApi } from "../../support/clinic.ts";
import { noon, setClinicClock } from "../../support/clinic-clock.ts";
import { createDatabase, type TestDatabase } from "../../support/database.ts";
import { clinicId } from "../../support/default-clinic.ts";
import { rejection } from "../../support/rejection.ts";
import { Rest } from "../../support/rest.ts";
import type { Service, Settings } from "../../support/service.ts";
import { secret, tokenFor } from "../../support/tokens.ts";

const path = "/api/v1/clinic";

describe("the clinic's settings", () => {
  let database: TestDatabase;
  let api: Service;
  let other: Service;
  let manager: Rest;
  before(async () => {
    database = await createDatabase();
    const start = () => startApi(database.url, { AUTH_SECRET: secret });
    [api, other] = await Promise.all([start(), start()]);
    manager = new Rest(api.address, {
      authorization: `Bearer ${await tokenFor({ role: "manager", name: "mona" })}`,
    });
  });
  after(async () => {
    await Promise.all([api?.stop(), other?.stop()]);
    await database?.drop();
  });

  const throughOther = async (role: "manager" | "staff"): Promise<Rest> =>
    new Rest(other.address, { authorization: `Bearer ${await tokenFor({ role })}` });

  it("are changed one by one, and are answered whole", async () => {
    const { status, body } = await manager.patch(path, { name: "East Side Clinic", languages: ["DE-at", "en"] });

    expect(status).to.equal(200);
    expect(body).to.deep.equal({
      name: "East Side Clinic",
      timezone: "UTC",
      daily_capacity: 10,
      public_names: "ticket",
      public_specialty: true,
      languages: ["de-AT", "en"],
      max_bookings_per_doctor_day: 1,
      max_bookings_ahead: 5,
      booking_horizon_days: 365,
      day_starts_at: "00:00",
      queue_order: "appointment",
      walk_in_delay_minutes: 0,
      cancellation_notice_minutes: 120,
      lateness_grace_minutes: 10,
      check_in_opens_minutes: 60,
      requires_presence_code: false,
    });
    const settings = {
      day_starts_at: "06:00",
      queue_order: "arrival",
      walk_in_delay_minutes: 15,
      cancellation_notice_minutes: 60,
      lateness_grace_minutes: 5,
      check_in_opens_minutes: 30,
      requires_presence_code: true,
    };
    expect((await manager.patch(path, settings)).body).to.deep.equal({ ...body, ...settings });
    expect((await manager.patch(path, { ...body })).body).to.deep.equal(body);
    const { body: told } = await new Rest(api.address).get(path);
    expect(told).to.deep.include({ name: "East Side Clinic", languages: ["de-AT", "en"] });
    expect((await manager.patch(path, {})).body).to.deep.equal(body);
  });

  it("have no other fields: who sends one is told which, also where it has no name", async () => {
    for (const [name, told] of [
      ["colour", "colour"],
      ["", '""'],
    ] as const) {
      const { status, body } = await manager.patch(path, { [name]: 1 });
      expect(status).to.equal(400);
      expect(body.details).to.deep.equal([{ field: told, reason: "is not known here" }]);
    }
  });

  it("count in another process from then on", async () => {
    const staff = await throughOther("staff");
    const doctor = await staff.addDoctor();
    const book = async (date: string) => {
      const patient = await staff.addPatient();
      return staff.post("/api/v1/appointments", { patient_id: patient.id, doctor_id: doctor.id, date });
    };

    await manager.patch(path, { daily_capacity: 1, booking_horizon_days: 30 });
    const answers = [await book(someDay), await book(someDay)];
    await manager.patch(path, { booking_horizon_days: 2 });
    const tooFar = await book(someDay);

    expect(answers.map(({ status, body }) => body.error ?? status)).to.deep.equal([201, "CapacityFull"]);
    expect(tooFar.body.error).to.equal("InvalidDate");
  });

  it("say which date is today, in every process", async () => {
    await setClinicClock(database.sql, "2026-03-01T11:00:00Z");
    const todays = { "Etc/GMT+12": "2026-02-28", UTC: "2026-03-01", "Etc/GMT-14": "2026-03-02" };

    for (const [timezone, today] of Object.entries(todays)) {
      expect((await manager.patch(path, { timezone })).status).to.equal(200);
      expect((await new Rest(other.address).get(path)).body).to.include({ timezone, today });
    }
    await setClinicClock(database.sql, noon);
  });

  it("are refused by name and reason, all or none", async () => {
    const before = (await manager.patch(path, {})).body as object;
    const wrong: [object, string, RegExp][] = [
      [{ name: "" }, "name", /empty/],
      [{ name: null }, "name", /expected string/],
      [{ name: "a\u202eb" }, "name", /invisible/],
      [{ timezone: "Mars/Olympus" }, "timezone", /is not a time zone/],
      [{ timezone: "+02:00" }, "timezone", /is not a time zone/],
      [{ timezone: 2 }, "timezone", /expected string/],
      [{ daily_capacity: 0 }, "daily_capacity", />=1/],
      [{ daily_capacity: 1.5 }, "daily_capacity", /expected int/],
      [{ daily_capacity: "10" }, "daily_capacity", /expected number/],
      [{ public_names: "full" }, "public_names", /expected one of/],
      [{ public_specialty: "true" }, "public_specialty", /expected boolean/],
      [{ languages: [] }, "languages", />=1/],
      [{ languages: ["english language"] }, "languages.0", /is not a language tag/],
      [{ languages: ["en", "EN"] }, "languages", /each language once/],
      [{ languages: Array.from({ length: 21 }, (_, n) => `x-${n}`) }, "languages", /<=20/],
      [{ max_bookings_per_doctor_day: 1_001 }, "max_bookings_per_doctor_day", /<=1000/],
      [{ max_bookings_ahead: -1 }, "max_bookings_ahead", />=1/],
      [{ booking_horizon_days: 3_651 }, "booking_horizon_days", /<=3650/],
      [{ dayly_capacity: 5 }, "dayly_capacity", /is not known/],
      [{ code: "west" }, "code", /is not known/],
      [{ epoch: "x", is_default: false }, "epoch", /is not known/],
    ];

    for (const [settings, field, reason] of wrong) {
      const { status, body } = await manager.patch(path, { max_bookings_ahead: 9, ...settings });
      expect([status, body.error, body.details?.[0]?.field], JSON.stringify(settings)).to.deep.equal([
        400,
        "ValidationError",
        field,
      ]);
      expect(body.details[0].reason).to.match(reason);
      expect(body.message).to.include(field);
    }
    expect((await manager.patch(path, {})).body).to.deep.equal(before);
  });

  it("are refused in SQL, too, when the time zone is none that Postgres knows", async () => {
    const change = database.sql`select change_clinic(${clinicId}, '{"timezone": "Mars/Olympus"}', null)`;

    expect(await rejection(change)).to.include({ code: "22023" });
  });

  it("tell in the audit trail who changed what", async () => {
    await manager.patch(path, { daily_capacity: 12 });
    await manager.patch(path, { daily_capacity: 12 });
    await manager.patch(path, { daily_capacity: 13 });

    const { body } = await manager.get("/api/v1/audit?entity=clinics&action=update&limit=2");
    const changes = (body as { events: AuditEvent[] }).events;
    expect(changes.map(({ before, after }) => [before, after])).to.deep.equal([
      [{ daily_capacity: 12 }, { daily_capacity: 13 }],
      [changes[1]?.before, { daily_capacity: 12 }],
    ]);
    expect(changes[0]).to.include({ actor_name: "mona", actor_role: "manager" });
  });

  it("of what screens show begin a new epoch of that clinic alone", async () => {
    await database.sql`insert into clinics (code, name) values ('west', 'West')`;
    const epochs = async (): Promise<Record<string, string>> => {
      const rows = await database.sql<{ code: string; epoch: string }[]>`select code, epoch from clinics`;
      return Object.fromEntries(rows.map(({ code, epoch }) => [code, epoch]));
    };
    const before = await epochs();

    await manager.patch(path, { daily_capacity: 14 });
    const same = await epochs();
    await manager.patch(path, { public_specialty: false });
    const after = await epochs();

    expect(same).to.deep.equal(before);
    expect(after["west"]).to.equal(before["west"]);
    expect(after["default"]).to.not.equal(before["default"]);
  });
});

describe("the environment's settings of the clinic", () => {
  let database: TestDatabase;
  const running: Service[] = [];
  beforeEach(async () => {
    database = await createDatabase();
  });
  afterEach(async () => {
    await Promise.all(running.splice(0).map((api) => api.stop()));
    await database.drop();
  });

  const start = async (settings: Settings): Promise<Service> => {
    const api = await startApi(database.url, { LOG_LEVEL: "warn", ...settings });
    running.push(api);
    return api;
  };
  const clinicOf = async (api: Service) =>
    (await new Rest(api.address).patch(path, {})).body as Record<string, unknown>;
  /** The settings that a process said at its start have no effect, each time that it did. */
  const ignoredBy = (api: Service): string[][] =>
    [...api.output.matchAll(/"ignored":(\[.*?\])/g)].map(([, names = ""]) => JSON.parse(names) as string[]);

  it("make the first clinic, once: a process that is told otherwise warns of it, and changes nothing", async () => {
    const first = await start({ CLINIC_TIMEZONE: "Asia/Tokyo", DAILY_CAPACITY: 20, PUBLIC_NAMES: "initials" });
    const second = await start({ CLINIC_TIMEZONE: "UTC", DAILY_CAPACITY: 20, PUBLIC_NAMES: "first_name" });

    expect(await clinicOf(first)).to.include({ timezone: "Asia/Tokyo", daily_capacity: 20, public_names: "initials" });
    expect(await clinicOf(second)).to.deep.equal(await clinicOf(first));
    expect(running.map(ignoredBy)).to.deep.equal([[], [["CLINIC_TIMEZONE", "PUBLIC_NAMES"]]]);

    // Nor does a process that starts again undo what a manager decided.
    await new Rest(first.address).patch(path, { daily_capacity: 30 });
    const [again, silent] = await Promise.all([start({ DAILY_CAPACITY: 20 }), start({})]);
    expect(await clinicOf(again)).to.include({ daily_capacity: 30 });
    expect(ignoredBy(again)).to.deep.equal([["DAILY_CAPACITY"]]);
    expect(silent.output).to.not.include("no effect any more");
  });

  it("are not taken up later, when the first process was told nothing", async () => {
    const first = await start({});
    const second = await start({ BOOKING_HORIZON_DAYS: 40, PUBLIC_SPECIALTY: "false" });

    expect(await clinicOf(first)).to.include({ booking_horizon_days: 365, public_specialty: true });
    expect(ignoredBy(second)).to.deep.equal([["PUBLIC_SPECIALTY", "BOOKING_HORIZON_DAYS"]]);
  });

  it("of processes that start at the same moment are those of one of them", async () => {
    const apis = await Promise.all([11, 12].map((capacity) => start({ DAILY_CAPACITY: capacity })));

    const found = await Promise.all(apis.map(clinicOf));

    expect(new Set(found.map(({ daily_capacity }) => daily_capacity)).size).to.equal(1);
    expect(apis.flatMap(ignoredBy)).to.have.length(1);
  });
});
