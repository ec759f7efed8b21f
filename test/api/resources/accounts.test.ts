import { randomUUID } from "node:crypto";
import { connect } from "node:net";
import { text as readAll } from "node:stream/consumers";
import { expect } from "chai";
import { password } from "../../support/accounts.ts";
import { Clinic } from "../../support/clinic.ts";
import { countWaiting } from "../../support/count-waiting.ts";
import { eventually } from "../../support/eventually.ts";
import { unique, type Answer, type Rest } from "../../support/rest.ts";

const another = "another good password";
const outcome = ({ status, body }: Answer): string => (status < 400 ? `${status}` : `${status} ${body.error}`);

describe("the accounts of a clinic", () => {
  let clinic: Clinic;
  let manager: Rest;
  before(async () => {
    clinic = await Clinic.openWithSignIn();
    manager = clinic.restAs(await clinic.tokenFor({ role: "manager", name: "mona" }));
  });
  after(() => clinic.close());

  const url = (id: string, rest = ""): string => `/api/v1/accounts/${id}${rest}`;
  const add = (fields: object = {}): Promise<Answer> =>
    manager.post("/api/v1/accounts", { name: `a${unique()}`, role: "staff", ...fields });
  const accept = (link: string, chosen = password): Promise<Answer> =>
    clinic.rest.post("/api/v1/sessions/invitation", {
      token: new URLSearchParams(new URL(link).hash.slice(1)).get("invite"),
      password: chosen,
    });
  const signIn = (name: string, typed = password): Promise<Answer> =>
    clinic.rest.post("/api/v1/sessions", { name, password: typed });
  /** An account whose owner has set the password, and a client of theirs. */
  async function join(fields: object = {}): Promise<{ id: string; name: string; rest: Rest }> {
    const { body } = await add(fields);
    const { body: token } = await accept(body.invitation.url);
    return { id: body.id, name: body.name, rest: clinic.restAs(token.token) };
  }
  const isSignedIn = async (rest: Rest): Promise<boolean> => (await rest.get("/api/v1/sessions")).status === 200;

  it("are added by a link, with which somebody sets the password and signs in, once", async () => {
    const { status, body } = await add({ name: "New.Desk" });

    const { invitation, ...account } = body;
    expect([status, invitation.name, invitation.url.split("#")[0]]).to.deep.equal([
      201,
      "new.desk",
      `${clinic.address}/`,
    ]);
    expect(account).to.include({ name: "new.desk", role: "staff", has_password: false, disabled_at: null });
    expect(account.invited_until).to.equal(invitation.expires_at);
    expect((await signIn("new.desk")).status).to.equal(401);
    expect((await accept(invitation.url)).status).to.equal(201);
    expect((await accept(invitation.url)).status).to.equal(404);
    expect((await signIn("new.desk")).status).to.equal(201);
    const { body: shown } = await manager.get(url(account.id));
    expect(shown).to.deep.equal({ ...account, has_password: true, invited_until: null, sessions: 2 });
    expect((await manager.get("/api/v1/accounts")).body).to.deep.include(shown);
  });

  it("are of the roles that a manager decides about, with what each needs", async () => {
    const doctor = await manager.addDoctor();

    const answers = [
      await add({ role: "doctor", doctor_id: doctor.id }),
      await add({ role: "service", scopes: ["book", "read", "book"] }),
      await add({ role: "operator" }),
      await add({ role: "doctor" }),
      await add({ role: "doctor", doctor_id: randomUUID() }),
      await add({ role: "staff", doctor_id: doctor.id }),
      await add({ role: "service" }),
      await add({ name: "no blanks" }),
    ];

    expect(answers.map(outcome)).to.deep.equal([
      "201",
      "201",
      "400 ValidationError",
      "400 ValidationError",
      "404 NotFound",
      "400 ValidationError",
      "400 ValidationError",
      "400 ValidationError",
    ]);
    expect(answers[0]?.body).to.include({ doctor_id: doctor.id });
    expect(answers[1]?.body.scopes).to.deep.equal(["book", "read"]);
    expect(outcome(await add({ name: answers[0]?.body.name }))).to.equal("409 AlreadyExists");
  });

  it("are never operators', who are another's business", async () => {
    const [{ id }] = await clinic.sql<[{ id: string }]>`
      insert into accounts (clinic_id, name, role) values (${clinic.id}, 'otto', 'operator') returning id
    `;

    expect(JSON.stringify((await manager.get("/api/v1/accounts")).body)).to.not.include(id);
    const answers = [
      await manager.get(url(id)),
      await manager.patch(url(id), { role: "staff" }),
      await manager.post(url(id, "/invitation"), {}),
      await manager.delete(url(id)),
    ];
    expect(answers.map(outcome)).to.deep.equal(Array(4).fill("404 NotFound"));
  });

  it("change: staff become managers and sign in again, services get other scopes", async () => {
    const [desk, bot] = [await join(), await join({ role: "service", scopes: ["book", "read"] })];

    const promoted = await manager.patch(url(desk.id), { role: "manager" });
    const reduced = await manager.patch(url(bot.id), { scopes: ["read"] });

    expect([promoted.body.role, reduced.body.scopes]).to.deep.equal(["manager", ["read"]]);
    expect([await isSignedIn(desk.rest), await isSignedIn(bot.rest)]).to.deep.equal([false, true]);
    const { body } = await signIn(desk.name);
    expect(outcome(await clinic.restAs(body.token).get("/api/v1/accounts"))).to.equal("200");
    expect(outcome(await bot.rest.post("/api/v1/patients", { name: "Jane Doe" }))).to.equal("403 Forbidden");
    const refused = [
      await manager.patch(url(bot.id), { role: "staff" }),
      await manager.patch(url(desk.id), { scopes: ["read"] }),
      await manager.patch(url(desk.id), { role: "operator" }),
    ];
    expect(refused.map(({ body }) => body.details?.[0]?.field)).to.deep.equal(["role", "scopes", "role"]);
  });

  it("change hands: a doctor's becomes another doctor's, and signs in again", async () => {
    const [one, other] = [await manager.addDoctor(), await manager.addDoctor()];
    const [doctor, desk] = [await join({ role: "doctor", doctor_id: one.id }), await join()];

    const same = await manager.patch(url(doctor.id), { doctor_id: one.id });
    expect([same.body.doctor_id, await isSignedIn(doctor.rest)]).to.deep.equal([one.id, true]);
    const changed = await manager.patch(url(doctor.id), { doctor_id: other.id });

    expect([changed.body.doctor_id, await isSignedIn(doctor.rest)]).to.deep.equal([other.id, false]);
    const { body } = await signIn(doctor.name);
    const path = (id: string): string => `/api/v1/doctors/${id}/queue/next`;
    const asDoctor = clinic.restAs(body.token);
    expect((await asDoctor.post(path(other.id), { after: null })).status).to.equal(200);
    expect(outcome(await asDoctor.post(path(one.id), { after: null }))).to.equal("404 NotFound");
    const refused = await manager.patch(url(desk.id), { doctor_id: other.id });
    expect([outcome(refused), refused.body.details[0].field]).to.deep.equal(["400 ValidationError", "doctor_id"]);
    expect(outcome(await manager.patch(url(doctor.id), { doctor_id: desk.id }))).to.equal("404 NotFound");
  });

  it("get another password by a link, and the old one is no good from then on", async () => {
    const desk = await join();

    const { status, body } = await manager.post(url(desk.id, "/invitation"), {});

    expect([status, body.has_password]).to.deep.equal([201, false]);
    expect([await isSignedIn(desk.rest), (await signIn(desk.name)).status]).to.deep.equal([false, 401]);
    expect((await accept(body.invitation.url, another)).status).to.equal(201);
    expect((await signIn(desk.name, another)).status).to.equal(201);
  });

  it("are disabled with all that they can do, and can be taken into use again", async () => {
    const desk = await join();
    const patient = await manager.addPatient();
    const { body: link } = await desk.rest.post(`/api/v1/patients/${patient.id}/tokens`, {});
    const { body: unused } = await add();

    expect((await manager.delete(`${url(desk.id)}?screens=true`)).status).to.equal(204);
    expect((await manager.delete(url(unused.id))).status).to.equal(204);

    expect([await isSignedIn(desk.rest), await isSignedIn(clinic.restAs(link.token))]).to.deep.equal([false, false]);
    expect((await signIn(desk.name)).status).to.equal(401);
    expect((await accept(unused.invitation.url)).status).to.equal(404);
    expect((await manager.get(url(desk.id))).body.disabled_at).to.be.a("string");
    const { body } = await manager.post(url(desk.id, "/invitation"), {});
    expect((await accept(body.invitation.url)).status).to.equal(201);
    expect((await signIn(desk.name)).status).to.equal(201);
  });

  it("tell how many sessions end with them", async () => {
    const desk = await join();
    const { body: left } = await signIn(desk.name);
    await signIn(desk.name);
    await signIn(desk.name);
    const patient = await manager.addPatient();
    await desk.rest.post(`/api/v1/patients/${patient.id}/tokens`, {});
    expect((await manager.get(url(desk.id))).body.sessions).to.equal(4);

    await clinic.restAs(left.token).delete("/api/v1/sessions");
    await clinic.sql`
      update sessions set token_expires_at = now()
      where id = (select id from sessions where (clinic_id, account_id) = (${clinic.id}, ${desk.id}) and revoked_at is null limit 1)
    `;

    expect((await manager.get(url(desk.id))).body.sessions).to.equal(2);
    await manager.delete(url(desk.id));
    expect((await manager.get(url(desk.id))).body.sessions).to.equal(0);
  });

  it("take the links with them by which a manager let others in, and so could come back", async () => {
    const end: Record<string, (id: string) => Promise<Answer>> = {
      "who is disabled": (id) => manager.delete(url(id)),
      "who is staff from now on": (id) => manager.patch(url(id), { role: "staff" }),
      "who is to choose another password": (id) => manager.post(url(id, "/invitation"), {}),
    };
    await join({ role: "manager" });
    const { body: kept } = await add();
    for (const [who, act] of Object.entries(end)) {
      const boss = await join({ role: "manager" });
      const { body: added } = await boss.rest.post("/api/v1/accounts", { name: `a${unique()}`, role: "manager" });
      const { body: again } = await boss.rest.post(url((await join()).id, "/invitation"), {});

      expect((await act(boss.id)).status, who).to.be.within(200, 204);

      for (const { invitation } of [added, again]) expect((await accept(invitation.url)).status, who).to.equal(404);
    }
    expect((await accept(kept.invitation.url)).status).to.equal(201);
  });

  it("are changed by nobody who owns them", async () => {
    const [self] = [await join({ role: "manager" }), await join({ role: "manager" })];

    const answers = [
      await self.rest.delete(url(self.id)),
      await self.rest.patch(url(self.id), { role: "staff" }),
      await self.rest.post(url(self.id, "/invitation"), {}),
    ];

    expect(answers.map(outcome)).to.deep.equal(Array(3).fill("409 InUse"));
    expect(await isSignedIn(self.rest)).to.equal(true);
  });

  it("leave a clinic one manager who can sign in, also when two end each other's accounts at once", async () => {
    await clinic.sql`update accounts set disabled_at = now() where (clinic_id, role) = (${clinic.id}, 'manager')`;
    const [one, two] = [await join({ role: "manager" }), await join({ role: "manager" })];

    const answers = await Promise.all([one.rest.delete(url(two.id)), two.rest.delete(url(one.id))]);

    const left = (await manager.get("/api/v1/accounts")).body as {
      id: string;
      role: string;
      disabled_at: string | null;
    }[];
    const managers = left.filter(({ role, disabled_at }) => role === "manager" && disabled_at === null);
    expect(managers).to.have.length(1);
    expect(answers.filter(({ status }) => status === 204)).to.have.length(1);
    const last = managers[0]?.id ?? "";
    expect(outcome(await manager.delete(url(last)))).to.equal("409 InUse");
    expect(outcome(await manager.patch(url(last), { role: "staff" }))).to.equal("409 InUse");
    expect(outcome(await manager.post(url(last, "/invitation"), {}))).to.equal("409 InUse");
  });

  it("leave it one also when two are disabled at once by somebody without an account here", async () => {
    await clinic.sql`update accounts set disabled_at = now() where (clinic_id, role) = (${clinic.id}, 'manager')`;
    const both = [(await join({ role: "manager" })).id, (await join({ role: "manager" })).id];
    const held = await clinic.sql.reserve();
    // Neither can be disabled before the other was looked at.
    await held`begin`;
    await held`select from accounts where id in ${clinic.sql(both)} for share`;

    const disabled = Promise.all(both.map((id) => manager.delete(url(id))));
    await eventually(async () => expect(await countWaiting(clinic.sql, "clinic-queue api")).to.equal(2));
    await held`commit`;
    held.release();

    expect((await disabled).map(outcome).toSorted()).to.deep.equal(["204", "409 InUse"]);
  });

  it("are in the audit trail with who decided, and their passwords and links nowhere", async () => {
    const { body } = await add();
    await accept(body.invitation.url);

    const { events } = (await manager.get(`/api/v1/audit?entity_id=${body.id}`)).body;

    expect(
      events.map(({ action, actor_name }: Record<string, string>) => [action, actor_name]),
    ).to.deep.include.members([
      ["insert", "mona"],
      ["accept_invitation", body.name],
    ]);
    const everything = JSON.stringify([events, (await manager.get("/api/v1/accounts")).body]);
    expect(everything)
      .to.not.match(/argon2|password_hash/)
      .and.not.include(body.invitation.url.split("=")[1]);
  });

  it("are not added by a call whose Host names no host, because the link would lead nowhere", async () => {
    const token = await clinic.tokenFor({ role: "manager" });
    const head = `POST ${clinic.basePath}/api/v1/accounts HTTP/1.0\r\nAuthorization: Bearer ${token}\r\n`;
    for (const host of ["", "Host: \r\n", "Host: a b\r\n", "Host: x:99999\r\n"]) {
      const name = `a${unique()}`;
      const body = JSON.stringify({ name, role: "staff" });
      const socket = connect(clinic.api.port, "127.0.0.1");
      socket.write(`${head}${host}Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
      const answer = await readAll(socket);

      expect(answer, host)
        .to.match(/^HTTP\/1\.1 400 /)
        .and.include('"field":"Host"');
      const { body: accounts } = await manager.get("/api/v1/accounts");
      expect(JSON.stringify(accounts), host).to.not.include(name);
    }
  });

  it("are told without a link in open mode, where nobody signs in", async () => {
    const open = await Clinic.open();

    const { status, body } = await open.rest.post("/api/v1/accounts", { name: "desk", role: "staff" });

    expect([status, body.invitation]).to.deep.equal([201, null]);
    await open.close();
  });
});

describe("the settings of a clinic", () => {
  it("are read as they were changed", async () => {
    const clinic = await Clinic.openWithSignIn();
    const manager = clinic.restAs(await clinic.tokenFor({ role: "manager" }));

    const { body: changed } = await manager.patch("/api/v1/clinic", { daily_capacity: 7, queue_order: "arrival" });

    const { body: settings } = await manager.get("/api/v1/clinic/settings");
    expect(settings).to.deep.equal(changed).and.include({ daily_capacity: 7, queue_order: "arrival" });
    await clinic.close();
  });
});
