import { randomBytes } from "node:crypto";
import { expect } from "chai";
import type { Sql } from "../../db/database.ts";
import { migrate } from "../../db/schema/migrate.ts";
import { codeOf } from "../../platform/errors.ts";
import { hashPassword } from "../../access/passwords.ts";
import { someDay, socketUrl, startApi, startRealtime } from "../support/clinic.ts";
import { createDatabase, openSql, type TestDatabase } from "../support/database.ts";
import { clinicId } from "../support/default-clinic.ts";
import { eventually } from "../support/eventually.ts";
import { adviceOf } from "../support/advice.ts";
import { Rest } from "../support/rest.ts";
import type { Service } from "../support/service.ts";
import { Socket } from "../support/socket.ts";
import { secret } from "../support/tokens.ts";

const denied = "42501";

/** Who may call what. A function that is new in the database must be decided upon here. */
const callers: Record<string, ("clinic_api" | "clinic_realtime")[]> = {
  accept_invitation: ["clinic_api"],
  act_as: [],
  act_in_queue: ["clinic_api"],
  actor_kind: [],
  add_account: [],
  add_area: ["clinic_api"],
  add_blocks: [],
  add_clinic: ["clinic_api"],
  add_doctor: ["clinic_api"],
  add_room: ["clinic_api"],
  add_to_waitlist: ["clinic_api"],
  add_offer: [],
  add_task: ["clinic_api"],
  add_walk_in: ["clinic_api"],
  administer_clinic: ["clinic_api"],
  appointment_after: [],
  approve_screen: ["clinic_api"],
  ask_for_screen: ["clinic_api"],
  asked_before: [],
  await_bookings: [],
  begin_epoch: [],
  begin_session: [],
  begin_sign_in: ["clinic_api"],
  block_minutes: [],
  book_appointment: ["clinic_api"],
  booked_before: [],
  booking_conflicts: [],
  call_facts: [],
  call_first: [],
  call_next: ["clinic_api"],
  call_place: [],
  caller_of: [],
  cancel_appointment: ["clinic_api"],
  cancel_doctor_day: ["clinic_api"],
  cancellable_until: [],
  change_clinic: ["clinic_api"],
  change_doctor: ["clinic_api"],
  change_patient: ["clinic_api"],
  change_room: ["clinic_api"],
  change_waitlist: ["clinic_api"],
  change_task: ["clinic_api"],
  change_account: ["clinic_api"],
  changed_days: ["clinic_realtime"],
  changed_from: [],
  changed_sections: ["clinic_realtime"],
  check_booking_limits: [],
  check_in: ["clinic_api"],
  check_in_by_code: ["clinic_api"],
  choose_doctor: [],
  choose_slot: [],
  choose_ticket_prefix: [],
  clear_reasons: [],
  clinic_date: ["clinic_api", "clinic_realtime"],
  clinic_now: ["clinic_api", "clinic_realtime"],
  clinic_today: ["clinic_api", "clinic_realtime"],
  clocks_run_on: ["clinic_api"],
  close_day: [],
  close_days: ["clinic_api"],
  common_scopes: [],
  configure_clinic: ["clinic_api"],
  confirm_epoch: ["clinic_api", "clinic_realtime"],
  current_history: ["clinic_api", "clinic_realtime"],
  delete_area: ["clinic_api"],
  delete_room: ["clinic_api"],
  disable_account: [],
  dismiss_account: ["clinic_api"],
  doctor_blocks: [],
  doctor_slots: ["clinic_api"],
  doctors_asked_for: [],
  earliest_slots: ["clinic_api"],
  end_holds: [],
  end_session: ["clinic_api"],
  end_sign_in: ["clinic_api"],
  enter_queue: [],
  entered: [],
  erase_patient: ["clinic_api"],
  find_confirmed: ["clinic_api"],
  find_patients: ["clinic_api"],
  first_moment: ["clinic_api", "clinic_realtime"],
  free_place: [],
  free_slot_at: [],
  free_slot_beyond: [],
  give_to_colleague: [],
  has_schedule: [],
  hold_shown: [],
  hold_slot: ["clinic_api"],
  holds_place: [],
  in_place_of: ["clinic_api"],
  import_appointment: [],
  import_appointments: ["clinic_api"],
  import_doctors: ["clinic_api"],
  import_patients: ["clinic_api"],
  import_schedules: ["clinic_api"],
  imported_before: [],
  imported_patient: [],
  instant_at: ["clinic_api", "clinic_realtime"],
  invite_account: ["clinic_api"],
  invite_first_manager: [],
  is_confirmed: ["clinic_api", "clinic_realtime"],
  is_done: [],
  doctor_elsewhere: [],
  is_undone: [],
  issue_ticket: [],
  keep_answer: [],
  keep_transition: [],
  legal_moves: [],
  link_patient: ["clinic_api"],
  list_conflicts: ["clinic_api"],
  lock_account: [],
  lock_area_and_room: [],
  lock_day: [],
  lock_days_of: [],
  lock_days: [],
  lock_destination: [],
  lock_doctor: [],
  lock_doctor_day: [],
  lock_for_action: [],
  lock_for_move: [],
  lock_for_undo: [],
  lock_imported: [],
  lock_key: [],
  lock_known_doctor: [],
  lock_patients_of_day: [],
  lock_rooms_of_day: [],
  lock_schedule_rooms: [],
  lock_waiting: [],
  make_room_for_session: [],
  matched_blocks: [],
  matching_patients: [],
  matching_places: ["clinic_api"],
  merge_patient: ["clinic_api"],
  move_details: [],
  move_doctor_day: ["clinic_api"],
  move_entry: [],
  moved_answer: [],
  moved_entry: [],
  nearest_slots: [],
  new_confirmation_code: [],
  newest_step: [],
  next_position: [],
  next_revision: [],
  next_answer: [],
  next_stage: [],
  offer_schedules: ["clinic_api"],
  note_answer: ["clinic_api"],
  offer_free_slots: [],
  offer_slot: [],
  open_doctor_day: [],
  order_of_queue: ["clinic_api"],
  ordered_entries: ["clinic_realtime"],
  own_entry: [],
  own_hold: [],
  patient_of_walk_in: [],
  plain_words: [],
  poll_screen: ["clinic_api"],
  presence_code: ["clinic_api"],
  prove_presence: ["clinic_api"],
  public_name: ["clinic_realtime"],
  purge_expired: ["clinic_api"],
  purge_records: [],
  purge_tasks: [],
  purge_transitions: [],
  queue_changes: ["clinic_realtime"],
  read_blocks: [],
  record_change: [],
  record_event: [],
  record_refusal: ["clinic_api", "clinic_realtime"],
  record_step: [],
  record_transfer: ["clinic_api"],
  register_patient: ["clinic_api"],
  reinvite_account: ["clinic_api"],
  release_hold: ["clinic_api"],
  remember_device: [],
  remember_request: [],
  rename_area: ["clinic_api"],
  renew_epoch: [],
  renew_session: ["clinic_api"],
  replace_appointment: [],
  require_another_manager: [],
  require_area_and_room: [],
  require_bookable: [],
  require_cancellable: [],
  require_check_in_open: [],
  require_current: [],
  require_doctor: [],
  require_free_place: [],
  require_not_here: [],
  require_open_day: [],
  require_patient: [],
  require_patients_of_day: [],
  require_reason: [],
  require_rooms_of_day: [],
  resembling_patients: [],
  require_session: [],
  require_sessions_within: [],
  reschedule_appointment: ["clinic_api"],
  retime_appointments: [],
  return_doctor_of: [],
  revoke_invitations_of: [],
  revoke_links: [],
  revoke_screen: ["clinic_api"],
  revoke_screens_of: [],
  revoke_session: [],
  revoke_sessions: [],
  rooms_of_day: [],
  section_for_public: ["clinic_realtime"],
  section_for_staff: ["clinic_realtime"],
  section_head: ["clinic_realtime"],
  sections_for_patients: ["clinic_realtime"],
  send_back: [],
  set_availability: ["clinic_api"],
  set_day_blocks: [],
  set_doctor_day: ["clinic_api"],
  set_leave: ["clinic_api"],
  set_password: [],
  set_schedule: ["clinic_api"],
  set_scopes: [],
  set_ticket_only: ["clinic_api"],
  settle_places: [],
  shown_accounts: ["clinic_api"],
  shown_appointment: [],
  shown_blocks: ["clinic_api"],
  shown_calls: ["clinic_realtime"],
  shown_entry: [],
  shown_place: [],
  shown_places: ["clinic_realtime"],
  shown_transition: [],
  sign_in_counters: [],
  slots_in_use: [],
  sought_words: [],
  sounding_alike: [],
  spellings: [],
  start_remotely: [],
  starts_at: ["clinic_realtime", "clinic_api"],
  step_answer: [],
  step_details: [],
  steps_of: ["clinic_api"],
  take_back_import: ["clinic_api"],
  take_slot: ["clinic_api"],
  to_be_told: [],
  touch: [],
  touch_areas: [],
  touch_doctors: [],
  touch_patients: [],
  touch_places: [],
  touch_presence: [],
  touch_rooms: [],
  touch_rows: [],
  touch_sections_of: [],
  touch_tasks: [],
  touch_viewers: [],
  transfer_details: [],
  turn_of: [],
  undo_group: [],
  undo_transition: ["clinic_api"],
  undone_appointment: [],
  unlink_patient: ["clinic_api"],
  utc_text: ["clinic_realtime"],
  vacate: [],
  waiting_in_order: [],
  waitlist_date: [],
  waitlist_matches: ["clinic_api"],
  wall_time: ["clinic_api"],
  was_just_added: ["clinic_api"],
  was_sent_away: [],
  ways_back: [],
  write_entry: [],
};

/** What the realtime process may read of tables that it may not read whole. `null`: nothing. */
const readByRealtime: Record<string, string[] | "all" | null> = {
  accounts: null,
  appointments: "all",
  areas: "all",
  audit_events: null,
  booking_requests: null,
  clinic_days: "all",
  clinics: "all",
  day_blocks: null,
  day_places: "all",
  device_authorizations: null,
  doctor_days: ["clinic_id", "date", "doctor_id", "is_present", "notice", "returns_at", "revision", "room_id", "state"],
  doctors: "all",
  installation: "all",
  invitations: null,
  migrations: null,
  patients: ["age", "birth_date", "clinic_id", "gender", "id", "name", "needs", "phone", "ticket_only"],
  presence_tries: null,
  queue_entries: "all",
  queue_requests: null,
  rooms: "all",
  schedule_blocks: null,
  schema_release: "all",
  known_devices: null,
  screens: null,
  sessions: ["clinic_id", "id", "reduced_in", "revoked_at", "scope"],
  sign_in_tries: null,
  sign_ins: null,
  slot_holds: null,
  sql_objects: null,
  tasks: ["clinic_id", "date", "state"],
  transitions: null,
  waitlist: null,
  waitlist_answers: null,
};

/** What the api cannot read. */
const hiddenFromApi = [
  "accounts.password_hash",
  "day_places",
  "device_authorizations",
  "invitations",
  "known_devices",
  "migrations",
  "presence_tries",
  "queue_requests",
  "sign_in_tries",
  "sign_ins",
  "slot_holds.caller",
  "sql_objects",
];

describe("the roles of the processes in Postgres", function () {
  this.timeout(60_000);
  let database: TestDatabase;
  const logins = { api: `test_api_${unique()}`, realtime: `test_realtime_${unique()}`, nobody: `test_${unique()}` };
  let api: Sql & AsyncDisposable;
  let realtime: Sql & AsyncDisposable;

  const urlOf = (login: string, url = database.url): string => {
    const own = new URL(url);
    own.username = login;
    own.password = "test";
    return own.href;
  };

  before(async () => {
    database = await createDatabase();
    const { sql } = database;
    await sql.unsafe(`create role ${logins.api} login password 'test' in role clinic_api`);
    await sql.unsafe(`create role ${logins.realtime} login password 'test' in role clinic_realtime`);
    await sql.unsafe(`create role ${logins.nobody} login password 'test'`);
    api = await openSql(urlOf(logins.api), 1);
    realtime = await openSql(urlOf(logins.realtime), 1);
  });
  after(async () => {
    await Promise.all([api[Symbol.asyncDispose](), realtime[Symbol.asyncDispose]()]);
    await database.drop();
    await using cluster = await openSql(database.url.replace(/[^/]+$/, "postgres"), 1);
    for (const login of Object.values(logins)) await cluster.unsafe(`drop role ${login}`);
  });

  const both = (): [string, Sql][] => [
    ["api", api],
    ["realtime", realtime],
  ];

  it("let both processes do their whole work", async () => {
    const passwordHash = await hashPassword("a long password");
    await database.sql`select add_account(${clinicId}, 'desk', 'staff', null, '', ${passwordHash}, null)`;
    const settings = { AUTH_SECRET: secret, DATABASE_URL: "" };
    const processes = await Promise.all([
      startApi("", { ...settings, API_DATABASE_URL: urlOf(logins.api) }),
      startRealtime("", { ...settings, REALTIME_DATABASE_URL: urlOf(logins.realtime) }),
    ]);
    const [apiProcess, realtimeProcess] = processes;
    const anyone = new Rest(apiProcess.address);

    const signedIn = await anyone.post("/api/v1/sessions", { name: "desk", password: "a long password" });
    expect(signedIn.status).to.equal(201);
    const token = signedIn.body.token as string;
    const desk = new Rest(apiProcess.address, { authorization: `Bearer ${token}` });
    const socket = await Socket.open(socketUrl(realtimeProcess), { headers: { authorization: `Bearer ${token}` } });
    const today = await desk.today();
    await socket.subscribe(today);
    const doctor = await desk.addDoctor();
    const patient = await desk.addPatient();
    const { id } = await desk.book(patient.id, doctor.id, today, { idempotency_key: "k" });
    await desk.checkIn(id, patient.id);
    const shown = await socket.queueWhere(({ doctors }) => doctors[0]?.checked_in_count === 1);
    expect(shown.doctors[0]?.appointments[0]?.patient.name).to.equal("John Doe");

    const asked = await anyone.post("/api/v1/screens/device_authorization", {});
    const { user_code, device_code } = asked.body as { user_code: string; device_code: string };
    const screen = await desk.post("/api/v1/screens", { user_code, name: "Hall" });
    const grant_type = "urn:ietf:params:oauth:grant-type:device_code";
    const statuses = {
      wrong: (await anyone.post("/api/v1/sessions", { name: "desk", password: "x" })).status,
      availability: (await desk.post(`/api/v1/doctors/${doctor.id}/availability`, { date: someDay, is_present: true }))
        .status,
      asked: asked.status,
      screen: screen.status,
      screenToken: (await anyone.post("/api/v1/screens/token", { grant_type, device_code })).status,
      screens: (await desk.get("/api/v1/screens")).status,
      revoked: (await desk.delete(`/api/v1/screens/${screen.body.id}`)).status,
      doctors: (await desk.get(`/api/v1/doctors?date=${today}`)).status,
      queue: (await desk.get(`/api/v1/doctors/${doctor.id}/queue?date=${today}`)).status,
      appointments: (await desk.get(`/api/v1/doctors/${doctor.id}/appointments?date=${today}`)).status,
      search: (await desk.get(`/api/v1/patients/search?phone=${encodeURIComponent(patient.phone)}`)).status,
      wish: (await desk.patch(`/api/v1/patients/${patient.id}`, { ticket_only: true })).status,
      link: (await desk.post(`/api/v1/patients/${patient.id}/tokens`, {})).status,
      export: (await desk.get(`/api/v1/patients/${patient.id}/export`)).status,
      erase: (await desk.delete(`/api/v1/patients/${patient.id}`)).status,
      renewed: (await desk.post("/api/v1/tokens", {})).status,
      health: (await anyone.get("/health")).status,
    };
    expect(statuses).to.deep.equal({
      wrong: 401,
      availability: 200,
      asked: 200,
      screen: 201,
      screenToken: 200,
      screens: 200,
      revoked: 204,
      doctors: 200,
      queue: 200,
      appointments: 200,
      search: 200,
      wish: 200,
      link: 201,
      export: 200,
      erase: 204,
      renewed: 201,
      health: 200,
    });

    socket.send({ action: "subscribe", date: today, view: "patient" });
    await socket.queueWhere(({ doctors }) => doctors[0]?.appointments[0]?.patient.name === "Erased");
    expect((await socket.nextError()).code).to.equal("forbidden");
    await eventually(async () => {
      const [refused] = await database.sql`select from audit_events where action = 'refuse' and entity = 'WebSocket'`;
      expect(refused, "the realtime process' refusal in the audit trail").to.not.equal(undefined);
    });
    const users = await database.sql<{ usename: string }[]>`
      select distinct usename from pg_stat_activity
      where application_name like 'clinic-queue%' and datname = current_database()
    `;
    expect(users.map(({ usename }) => usename)).to.have.members([logins.api, logins.realtime]);

    expect((await desk.delete("/api/v1/sessions")).status).to.equal(204);
    expect(await socket.closed()).to.equal(1008);
    await Promise.all(processes.map((process) => process.stop()));
    for (const { output } of processes) expect(output).to.not.match(/"level":(50|60)|42501/);
  });

  it("let neither write to any table, the audit trail included", async () => {
    const tables = await database.sql<{ name: string; column: string }[]>`
      select relname as name, attname as column
      from pg_class join pg_attribute on attrelid = pg_class.oid and attnum = 1
      where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm', 'f')
    `;
    expect(tables.map(({ name }) => name)).to.have.members(Object.keys(readByRealtime));

    for (const { name, column } of tables) {
      const statements = [
        `insert into ${name} default values`,
        `update ${name} set ${column} = default`,
        `delete from ${name}`,
        `truncate ${name} cascade`,
        `alter table ${name} disable trigger all`,
        `drop table ${name} cascade`,
      ];
      for (const [who, sql] of both()) {
        for (const statement of statements)
          expect(await codeOfRunning(sql, statement), `${who}: ${statement}`).to.equal(denied);
      }
    }
    const written = await database.sql`
      select grantee, table_name, column_name, privilege_type from information_schema.column_privileges
      where table_schema = 'public' and grantee in ('clinic_api', 'clinic_realtime', 'PUBLIC')
        and privilege_type <> 'SELECT'
    `;
    expect([...written]).to.deep.equal([]);
    const sequences = await database.sql<{ name: string }[]>`
      select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'S'
    `;
    for (const { name } of sequences) {
      for (const [who, sql] of both()) {
        expect(await codeOfRunning(sql, `select setval('${name}', 1)`), `${who}: ${name}`).to.equal(denied);
      }
    }
  });

  it("let each call the functions that are its own, and nobody else any", async () => {
    const functions = await database.sql<{ name: string; call: string; isTrigger: boolean; isDefiner: boolean }[]>`
      select proname as name, prorettype = 'trigger'::regtype as "isTrigger", prosecdef as "isDefiner",
        format('select %I(%s)', proname, (
          select string_agg('null::' || format_type(type, null), ', ' order by n)
          from unnest(proargtypes::oid[]) with ordinality as argument (type, n)
        )) as call
      from pg_proc where pronamespace = 'public'::regnamespace
    `;
    expect(functions.map(({ name }) => name)).to.have.members(Object.keys(callers));
    await using nobody = await openSql(urlOf(logins.nobody), 1);

    for (const { name, call, isTrigger } of functions) {
      for (const [role, sql] of [
        ["clinic_api", api],
        ["clinic_realtime", realtime],
        ["nobody", nobody],
      ] as const) {
        const may = role !== "nobody" && callers[name]?.includes(role);
        const [right] = await sql<[{ may: boolean }]>`
          select has_function_privilege(oid, 'execute') as may from pg_proc
          where proname = ${name} and pronamespace = 'public'::regnamespace
        `;
        expect(right.may, `${role} calls ${name}`).to.equal(may);
        if (!may && !isTrigger) expect(await codeOfRunning(sql, call), `${role}: ${call}`).to.equal(denied);
      }
    }
    const writesForRealtime = functions
      .filter(({ name, isDefiner }) => isDefiner && callers[name]?.includes("clinic_realtime"))
      .map(({ name }) => name);
    expect(writesForRealtime).to.have.members(["confirm_epoch", "record_refusal"]);
  });

  it("hide from each what it does not need", async () => {
    const columns = await database.sql<{ table: string; column: string }[]>`
      select relname as table, attname as column
      from pg_class join pg_attribute on attrelid = pg_class.oid and attnum > 0 and not attisdropped
      where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm', 'f')
    `;

    for (const { table, column } of columns) {
      const read = `select ${column} from ${table} limit 0`;
      const readable = readByRealtime[table];
      const mayRealtime = readable === "all" || (readable?.includes(column) ?? false);
      const mayApi = !hiddenFromApi.includes(table) && !hiddenFromApi.includes(`${table}.${column}`);
      expect(await codeOfRunning(realtime, read), `realtime: ${read}`).to.equal(mayRealtime ? undefined : denied);
      expect(await codeOfRunning(api, read), `api: ${read}`).to.equal(mayApi ? undefined : denied);
    }
  });

  it("cannot become anybody else, nor make anything that our functions would take for ours", async () => {
    for (const [who, sql] of both()) {
      for (const statement of [
        "create table public.mine ()",
        "create schema mine",
        "create function public.clinic_today(uuid) returns date language sql as 'select null::date'",
        "create function public.mine() returns int language sql as 'select 1'",
        "create or replace function public.act_as(actor jsonb) returns void language sql as ''",
        "create role mine",
        "set session authorization clinic",
        "set role clinic",
        `set role clinic_${who === "api" ? "realtime" : "api"}`,
        "alter role current_user superuser",
        "copy clinic to program 'id'",
      ]) {
        expect(await codeOfRunning(sql, statement), `${who}: ${statement}`).to.equal(denied);
      }
    }
    const loose = await database.sql`
      select proname from pg_proc
      where pronamespace = 'public'::regnamespace and prosecdef
        and not coalesce('search_path=public, pg_temp' = any (proconfig), false)
    `;
    expect([...loose]).to.deep.equal([]);
    await api.unsafe(`
      create temp table patients (like public.patients);
      create temp table audit_events (like public.audit_events);
      set search_path = pg_temp, public
    `);

    await api`select public.register_patient(${clinicId}, 'Jane', '+15550001111', null, null, null, false, '{"name": "api"}')`;

    const [shadowed] = await api<[{ patients: number; events: number }]>`
      select (select count(*) from pg_temp.patients)::int as patients,
        (select count(*) from pg_temp.audit_events)::int as events
    `;
    expect(shadowed).to.deep.equal({ patients: 0, events: 0 });
    const [event] = await database.sql`
      select actor_name from audit_events
      where entity = 'patients' and entity_id = (select id::text from patients where phone = '+15550001111')
    `;
    expect(event).to.deep.equal({ actor_name: "api" });
  });

  it("let the realtime process read the patients who have an appointment, and no others", async () => {
    const { sql } = database;
    const register = async (phone: string): Promise<string> => {
      const [row] = await sql<[{ id: string }]>`
        select id from register_patient(${clinicId}, 'Jane Roe', ${phone}, null, null, null, false, null)
      `;
      return row.id;
    };
    const [booked, unknown] = [await register("+15550002222"), await register("+15550003333")];
    const [doctor] = await sql<
      [{ id: string }]
    >`select id from add_doctor(${clinicId}, 'Dr. Roe', 'ROE', null, null, null, null, 'person', false, null)`;
    await sql`select book_appointment(${clinicId}, ${booked}, ${doctor.id}, clinic_today(${clinicId}) + 1, null, null, '{"role": "staff"}')`;
    const visibleTo = async (process: Sql) => {
      const rows = await process<{ id: string }[]>`select id from public.patients where id in (${booked}, ${unknown})`;
      return rows.map(({ id }) => id);
    };

    expect(await visibleTo(realtime)).to.deep.equal([booked]);
    expect(await visibleTo(api)).to.have.members([booked, unknown]);
    // A condition that tells what it sees is not asked about others either.
    const told: string[] = [];
    await realtime.unsafe(`
      create function pg_temp.tell(name text, id uuid) returns boolean cost 0.0001 language plpgsql as $$
      begin
        if id = '${unknown}' then raise exception 'told: %', name; end if;
        return true;
      end $$
    `);
    await realtime`select id from patients where pg_temp.tell(name, id)`.catch((error: Error) =>
      told.push(error.message),
    );
    expect(told).to.deep.equal([]);
  });

  it("let the realtime process record a refusal of any length in its own name alone", async () => {
    const long = "x".repeat(1_000_000);
    const actor = { sub: long, role: "staff", name: long, address: long, request_id: long };

    await realtime`select record_refusal(${clinicId}, ${long}, ${long}, 2000000000, ${realtime.json(actor)})`;
    await api`select record_refusal(${clinicId}, 'GET /', 'forged', -1, ${api.json({ name: "desk" })})`;

    const events = await database.sql<{ bytes: number; after: { times: number; recorded_by: string } }[]>`
      select octet_length(event::text) as bytes, after from audit_events event
      where action = 'refuse' order by at desc limit 2
    `;
    expect(events.map(({ after }) => [after.times, after.recorded_by])).to.deep.equal([
      [1, logins.api],
      [1_000_000, logins.realtime],
    ]);
    expect(events[1]?.bytes).to.be.lessThan(2_000);
  });

  it("let the api delete of the audit trail only what is older than 30 days", async () => {
    await database.sql`insert into audit_events (action, at) values ('old', now() - interval '31 days'), ('new', now())`;

    expect(await codeOfRunning(api, "select purge_expired(29, null, 1000)")).to.equal("22023");
    expect(await codeOfRunning(api, "select purge_expired(30, 364, 1000)")).to.equal("22023");
    await api`select purge_expired(30, null, 1000)`;

    const left = await database.sql<{ action: string }[]>`
      select action from audit_events where action in ('old', 'new')
    `;
    expect(left.map(({ action }) => action)).to.deep.equal(["new"]);
  });
});

// An owner of a cluster without our roles, and one who may create them, are in test/long/security/database-roles.test.ts.
describe("npm run migrate as an owner who is no administrator", function () {
  this.timeout(60_000);
  const owner = `test_owner_${unique()}`;
  let admin: Sql & AsyncDisposable;
  let url: string;
  before(async () => {
    const cluster = await createDatabase({ empty: true });
    const own = new URL(cluster.url);
    [own.username, own.password, own.pathname] = [owner, "test", owner];
    url = own.href;
    await cluster.drop();
    admin = await openSql(cluster.url.replace(/[^/]+$/, "postgres"), 1);
    await admin.unsafe(`create role ${owner} login password 'test'`);
    await admin.unsafe(`create database ${owner} owner ${owner}`);
  });
  after(async () => {
    await admin.unsafe(`drop database ${owner} with (force)`);
    await admin.unsafe(`drop role ${owner}`);
    await admin[Symbol.asyncDispose]();
  });

  it("says what an administrator must run, and works after that", async () => {
    const advice = await adviceOf(migrate(url));
    expect(advice).to.equal(`grant clinic_api, clinic_realtime to ${owner}`);
    await admin.unsafe(advice);
    await migrate(url);

    const processes = await Promise.all([startApi(url), startRealtime(url)]);
    await new Rest(processes[0].address).addDoctor();
    await Promise.all(processes.map((process: Service) => process.stop()));
  });
});

/** The SQLSTATE that a statement fails with; undefined when it does not. */
async function codeOfRunning(sql: Sql, statement: string): Promise<string | undefined> {
  try {
    await sql.unsafe(statement);
    return undefined;
  } catch (error) {
    return codeOf(error);
  }
}

function unique(): string {
  return randomBytes(4).toString("hex");
}
