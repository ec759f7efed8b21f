import { expect } from "chai";
import { account, createAccount, password } from "../support/accounts.ts";
import { someDay } from "../support/clinic.ts";
import { System } from "../support/system.ts";
import { countWaiting } from "../support/count-waiting.ts";
import { eventually } from "../support/eventually.ts";
import type { Rest } from "../support/rest.ts";
import { secret, tokenFor } from "../support/tokens.ts";
import { pairScreen } from "./callers.ts";
import { clinicId } from "../support/default-clinic.ts";

/** What an account issues must not outlive it, nor do more than the account may. */
describe("what an account issued", function () {
  this.timeout(30_000);
  let clinic: System;
  let staff: Rest;
  let patient: { id: string };
  let doctor: { id: string };
  before(async () => {
    clinic = await System.open({ AUTH_SECRET: secret });
    staff = clinic.restAs(await tokenFor({ role: "staff" }));
    patient = await staff.addPatient();
    doctor = await staff.addDoctor();
    await createAccount(clinic.database, "desk");
    await run("add", "bot", "--role", "service", "--scopes", "book,read");
  });
  after(() => clinic.close());

  const run = (...args: string[]) => account(clinic.database.url, args);
  async function signIn(name: string): Promise<Rest> {
    const { status, body } = await clinic.rest.post("/api/v1/sessions", { name, password });
    expect(status).to.equal(201);
    return clinic.restAs(body.token);
  }
  async function linkFrom(issuer: Rest): Promise<string> {
    const { status, body } = await issuer.post(`/api/v1/patients/${patient.id}/tokens`, {});
    expect(status).to.equal(201);
    return body.token;
  }
  const self = () => `/api/v1/patients/${patient.id}`;
  const isIn = async (token: string) => (await clinic.restAs(token).get(self())).status;

  describe("to a patient, being a service with book and read,", () => {
    let link: string;
    before(async () => {
      link = await linkFrom(await signIn("bot"));
    });

    it("reads and books as a patient", async () => {
      const rest = clinic.restAs(link);
      const socket = await clinic.connectAs(link);

      expect((await rest.get(self())).status).to.equal(200);
      await rest.book(patient.id, doctor.id, someDay);
      await socket.subscribe(someDay);
      expect((await rest.get("/api/v1/sessions")).body).to.deep.include({ role: "patient", scopes: ["book", "read"] });

      await socket.close();
    });

    it("does nothing that the service may not do itself, also when it is renewed", async () => {
      const renewed = await clinic.restAs(link).post("/api/v1/tokens", {});

      for (const token of [link, renewed.body.token as string]) {
        const rest = clinic.restAs(token);
        const statuses = {
          checkIn: (await rest.post("/api/v1/checkins", { appointment_id: patient.id, patient_id: patient.id })).status,
          export: (await rest.get(`${self()}/export`)).status,
          change: (await rest.patch(self(), { ticket_only: true })).status,
        };
        expect(statuses).to.deep.equal({ checkIn: 403, export: 403, change: 403 });
      }
    });

    it("loses within a second what the service loses, and does not get it back", async () => {
      const socket = await clinic.connectAs(link);
      await socket.subscribe(someDay);

      expect((await run("scopes", "bot", "--scopes", "book")).code).to.equal(0);

      expect(await socket.closed()).to.equal(1008);
      await eventually(async () => expect(await isIn(link)).to.equal(403), 1_000);
      const again = await clinic.connectAs(link);
      again.send({ action: "subscribe", date: someDay });
      expect((await again.nextError()).code).to.equal("forbidden");
      await again.close();
      expect((await run("scopes", "bot", "--scopes", "read,book,check_in")).code).to.equal(0);
      await eventually(async () => {
        const bot = await (await signIn("bot")).get("/api/v1/sessions");
        expect(bot.body.scopes).to.deep.equal(["read", "book", "check_in"]);
      });
      expect(await isIn(link)).to.equal(403);
    });
  });

  it("to patients ends with the account, and screens that it paired are told of and stay until somebody says so", async () => {
    const desk = await signIn("desk");
    const link = await linkFrom(desk);
    const screen = await pairScreen(clinic, desk);
    const socket = await clinic.connectAs(link);
    await socket.subscribe(someDay);
    const seen = async () => (await clinic.restAs(screen.token).get("/api/v1/doctors")).status;
    expect([await isIn(link), await seen()]).to.deep.equal([200, 200]);

    const disabled = await run("disable", "desk");

    expect(disabled.output).to.include("1 of the links that it issued to patients were good, and have ended");
    expect(disabled.output).to.include("Waiting room").and.to.include("npm run account -- disable desk --screens");
    await eventually(async () => expect(await isIn(link)).to.equal(401), 1_000);
    expect(await socket.closed()).to.equal(1008);
    expect(await seen()).to.equal(200);
    const listed = (await staff.get("/api/v1/screens")).body as { id: string; is_creator_disabled: boolean }[];
    expect(listed.find(({ id }) => id === screen.id)?.is_creator_disabled).to.equal(true);

    const ended = await run("disable", "desk", "--screens");

    expect(ended.code, ended.output).to.equal(0);
    await eventually(async () => expect(await seen()).to.equal(401), 1_000);
  });

  it("stays with a new password, unless that is to end it too", async () => {
    await createAccount(clinic.database, "desk2");
    const desk = await signIn("desk2");
    const [link, screen] = [await linkFrom(desk), await pairScreen(clinic, desk)];
    const seen = async () => (await clinic.restAs(screen.token).get("/api/v1/doctors")).status;

    const routine = await run("password", "desk2", "--clinic", "default");
    expect(routine.output)
      .to.match(/1 of the links .* stay good.* password desk2 --clinic default --links/)
      .and.to.match(/Waiting room.*--screens/);
    expect([await isIn(link), await seen()]).to.deep.equal([200, 200]);

    await run("password", "desk2", "--links", "--screens");
    await eventually(async () => expect([await isIn(link), await seen()]).to.deep.equal([401, 401]), 1_000);
  });

  for (const [ending, statement] of [
    ["its account being disabled", `select disable_account('${clinicId}', 'desk3', false, null)`],
    ["a new password that ends links too", `select set_password('${clinicId}', 'desk3', 'no hash', true, true, null)`],
  ] as const) {
    it(`cannot be issued by a session that ended a moment ago, by ${ending}`, async () => {
      await clinic.sql`delete from sessions using accounts where accounts.id = account_id and accounts.name = 'desk3'`;
      await clinic.sql`delete from accounts where name = 'desk3'`;
      await createAccount(clinic.database, "desk3");
      const desk = await signIn("desk3");
      const { body: shown } = await clinic.rest.post("/api/v1/screens/device_authorization", {});
      // Not yet known to the api: only the database can tell.
      await using held = await clinic.sql
        .reserve()
        .then((sql) => ({ sql, [Symbol.asyncDispose]: async () => sql.release() }));
      await held.sql`begin`;
      await held.sql.unsafe(statement);
      const issued = [
        desk.post(`/api/v1/patients/${patient.id}/tokens`, {}),
        desk.post("/api/v1/screens", { user_code: shown.user_code, name: "Hall" }),
      ];
      await eventually(async () => expect(await countWaiting(clinic.sql, "clinic-queue api")).to.equal(2));
      await held.sql`commit`;

      expect((await Promise.all(issued)).map(({ status }) => status)).to.deep.equal([401, 401]);
    });
  }

  it("is nothing that a manager or operator decided who was disabled a moment ago", async () => {
    await createAccount(clinic.database, "boss", null, "manager");
    await createAccount(clinic.database, "mona", null, "manager");
    await createAccount(clinic.database, "otto", null, "operator");
    const [boss, otto] = [await signIn("boss"), await signIn("otto")];
    const { body: invited } = await boss.post("/api/v1/accounts", { name: "anna", role: "staff" });
    // Not yet known to the api: only the database can tell.
    await using held = await clinic.sql
      .reserve()
      .then((sql) => ({ sql, [Symbol.asyncDispose]: async () => sql.release() }));
    await held.sql`begin`;
    await held.sql`select disable_account(${clinicId}, name, false, null) from unnest(array['boss', 'otto']) as name`;
    const decisions = [
      boss.post("/api/v1/accounts", { name: "boss2", role: "manager" }),
      boss.post(`/api/v1/accounts/${invited.id}/invitation`, {}),
      boss.patch(`/api/v1/accounts/${invited.id}`, { role: "manager" }),
      boss.delete(`/api/v1/accounts/${invited.id}`),
      otto.post("/api/v1/clinics", { code: "east", name: "East", timezone: "UTC" }),
    ];
    await eventually(async () => expect(await countWaiting(clinic.sql, "clinic-queue api")).to.equal(5));
    await held.sql`commit`;

    expect((await Promise.all(decisions)).map(({ status }) => status)).to.deep.equal(Array(5).fill(401));
  });

  it("is no more than 200 sessions of an account and 20 of a patient: the ones renewed longest ago end", async () => {
    await createAccount(clinic.database, "desk4");
    const desk = await signIn("desk4");
    const first = await linkFrom(desk);
    const links: string[] = [];
    for (let n = 0; n < 20; n++) links.push(await linkFrom(desk));

    expect([await isIn(first), await isIn(links[0] ?? ""), await isIn(links[19] ?? "")]).to.deep.equal([401, 200, 200]);
    const [row] = await clinic.sql<[{ left: number }]>`
      select count(*)::int as left
      from accounts, generate_series(1, 210) n, begin_session(${clinicId}, accounts.id, null, null, null, 60 + n, 60, null)
      where accounts.name = 'desk4'
    `;
    expect(row.left).to.equal(210);
    const [active] = await clinic.sql<[{ sessions: number }]>`
      select count(*)::int as sessions from sessions join accounts on accounts.id = account_id
      where accounts.name = 'desk4' and revoked_at is null
    `;
    expect(active.sessions).to.equal(200);
  });
});
