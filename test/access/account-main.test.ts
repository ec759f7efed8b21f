import { expect } from "chai";
import { account, password as goodPassword } from "../support/accounts.ts";
import { startApi } from "../support/clinic.ts";
import { createDatabase, type TestDatabase } from "../support/database.ts";
import { Rest } from "../support/rest.ts";
import type { Service } from "../support/service.ts";
import { secret, tokenFor } from "../support/tokens.ts";

describe("npm run account", () => {
  let database: TestDatabase;
  let api: Service;
  let rest: Rest;
  before(async () => {
    database = await createDatabase();
    api = await startApi(database.url, { AUTH_SECRET: secret });
    rest = new Rest(api.address);
    await database.sql`insert into clinics (code, name) values ('east', 'East')`;
  });
  after(async () => {
    await api?.stop();
    await database?.drop();
  });

  const run = (args: string[], password?: string) => account(database.url, args, password);
  const signIn = async (name: string, password = goodPassword) => {
    const { status, body } = await rest.post("/api/v1/sessions", { name, password });
    if (status !== 201) return { status };
    const answer = await new Rest(api.address, { authorization: `Bearer ${body.token}` }).get("/api/v1/sessions");
    return { status, ...(answer.body as object) };
  };

  it("adds people and programs, who can sign in then", async () => {
    const staff = new Rest(api.address, { authorization: `Bearer ${await tokenFor({ role: "staff" })}` });
    const doctor = await staff.addDoctor({ code: "DORA" });

    const added = await Promise.all([
      run(["add", "Anna", "--role", "staff"]),
      run(["add", "mona", "--role", "manager"]),
      run(["add", "otto", "--role", "operator"]),
      run(["add", "dora@example.org", "--role", "doctor", "--doctor", "DORA"]),
      run(["add", "bot", "--role", "service", "--scopes", "read,book"]),
    ]);

    expect(added.map(({ code }) => code)).to.deep.equal([0, 0, 0, 0, 0]);
    expect(await signIn("mona")).to.include({ role: "manager" });
    expect(await signIn("otto")).to.include({ role: "operator" });
    expect(await signIn("anna")).to.include({ role: "staff", name: "anna" });
    expect(await signIn("ANNA")).to.include({ role: "staff" });
    expect(await signIn("dora@example.org")).to.include({ role: "doctor", doctor_id: doctor.id });
    expect(await signIn("bot")).to.deep.include({ role: "service", scopes: ["read", "book"] });
    expect(await signIn("anna", "a wrong password")).to.deep.equal({ status: 401 });
    expect(await signIn("nobody")).to.deep.equal({ status: 401 });
  });

  it("lists them without a word of their passwords", async () => {
    const { code, output } = await run(["list"]);

    const lines = output.trimEnd().split("\n");
    expect(code).to.equal(0);
    expect(lines.map((line) => line.split("\t").slice(0, 3))).to.deep.equal([
      ["anna", "staff", ""],
      ["bot", "service", "read book"],
      ["dora@example.org", "doctor", "DORA"],
      ["mona", "manager", ""],
      ["otto", "operator", ""],
    ]);
    expect(output).to.not.match(/argon|\$/);
  });

  it("disables one, who cannot sign in any more, and takes them back with a new password", async () => {
    expect((await run(["disable", "anna"])).code).to.equal(0);
    expect(await signIn("anna")).to.deep.equal({ status: 401 });
    expect((await run(["list"])).output).to.match(/^anna\t.*\tdisabled$/m);

    expect((await run(["password", "anna"], "a brand new password")).code).to.equal(0);

    expect(await signIn("anna")).to.deep.equal({ status: 401 });
    expect(await signIn("anna", "a brand new password")).to.include({ role: "staff" });
  });

  it("says in one line what cannot be, and does nothing", async () => {
    const before = (await run(["list"])).output;
    // The rest of what cannot be is in test/long/access/account-main.test.ts.
    const wrong: [string[], RegExp, string?][] = [
      [["add", "anna", "--role", "staff"], /an account of this name exists/],
      [["add", "eve", "--role", "doctor", "--doctor", "NOBODY"], /Doctor not found/],
      [["add", "eve", "--role", "staff"], /at least 12 characters/, "short"],
      [["password", "eve"], /Account not found/],
    ];

    for (const [args, message, password] of wrong) {
      const { code, output } = await run(args, password);
      expect(code, output).to.equal(1);
      expect(output).to.match(message);
      expect(output.trimEnd().split("\n"), output).to.have.length(1);
    }
    expect((await run(["list"])).output).to.equal(before);
  });

  it("explains itself to who uses it wrong", async () => {
    const { code, output } = await run(["add", "eve", "--role", "admin"]);

    expect(code, output).to.equal(2);
    expect(output).to.match(/^usage:/);
    expect((await run(["list"])).output).to.not.include("eve");
  });

  it("says when there is no database, or one that was never migrated", async () => {
    const empty = await createDatabase({ empty: true });
    const outcomes = await Promise.all([
      account("postgres://127.0.0.1:1/none", ["list"]),
      account(empty.url, ["list"]),
      account("nonsense", ["list"]),
    ]);
    await empty.drop();

    expect(outcomes.map(({ code }) => code)).to.deep.equal([1, 1, 1]);
    expect(outcomes[0]?.output).to.include("cannot be reached");
    expect(outcomes[1]?.output).to.include("npm run migrate");
    expect(outcomes[2]?.output).to.include("DATABASE_URL");
  });

  it("leaves who did it in the audit trail", async () => {
    const events = await database.sql<{ action: string; actor_role: string; after: object | null }[]>`
      select action, actor_role, after from audit_events where entity = 'accounts' and actor_role = 'operator' order by at
    `;

    expect(events.map(({ action }) => action)).to.include.members(["insert", "update", "set_password"]);
    expect(JSON.stringify(events)).to.not.include("argon");
  });
});
