import { rm } from "node:fs/promises";
import { expect } from "chai";
import { account, password } from "../../support/accounts.ts";
import { countWaiting } from "../../support/count-waiting.ts";
import { createDatabase } from "../../support/database.ts";
import { eventually } from "../../support/eventually.ts";
import { Rest, type Answer } from "../../support/rest.ts";
import { Service, type Settings } from "../../support/service.ts";
import { folderWithData, startSettings } from "../../support/start.ts";
import { secret } from "../../support/tokens.ts";

// What test/dev/first-manager.test.ts leaves out.
describe("the first manager, otherwise", function () {
  this.timeout(60_000);
  let folder: string;
  beforeEach(async () => {
    folder = await folderWithData();
  });
  afterEach(() => rm(folder, { recursive: true, force: true, maxRetries: 10 }));

  const start = (settings: Settings = {}) =>
    Service.start("dev/start", { ...startSettings(folder), AUTH_SECRET: secret, ...settings });
  const linksIn = ({ output }: Service): string[] => output.match(/http:\S+#invite=\S+/g) ?? [];
  const accept = (link: string): Promise<Answer> => {
    const { origin, hash } = new URL(link);
    const body = { token: new URLSearchParams(hash.slice(1)).get("invite"), password };
    return new Rest(origin).post("/api/v1/sessions/invitation", body);
  };

  it("comes in by the newest link, with the Postgres that npm start keeps, and by none before it", async () => {
    const first = await start();
    const [unused = "", ...others] = linksIn(first);
    await first.stop();
    const second = await start();
    const [link = ""] = linksIn(second);
    const here = new Rest(second.address);

    const { status, body } = await accept(link);

    expect([others, status]).to.deep.equal([[], 201]);
    expect(new URL(link).origin).to.equal(second.address);
    const manager = new Rest(second.address, { authorization: `Bearer ${body.token}` });
    expect((await manager.get("/api/v1/sessions")).body).to.include({ role: "manager", name: "manager" });
    expect((await manager.patch("/api/v1/clinic", { name: "Hill Street" })).status).to.equal(200);
    expect((await here.post("/api/v1/sessions", { name: "manager", password })).status).to.equal(201);
    const again = [link, unused.replace(new URL(unused).origin, second.address)];
    expect((await Promise.all(again.map(accept))).map((answer) => answer.status)).to.deep.equal([404, 404]);
    await second.stop();
    const third = await start();
    expect(linksIn(third)).to.deep.equal([]);
    await third.stop();
  });

  it("comes in the same way with a Postgres of the operator's, where nobody has an account", async () => {
    const database = await createDatabase();
    const service = await start({ DATABASE_URL: database.url });
    const [link = ""] = linksIn(service);

    const accepted = await accept(link);
    await account(database.url, ["add", "desk", "--role", "staff"]);
    await service.stop();
    await database.sql`update accounts set disabled_at = now() where name = 'manager'`;
    const second = await start({ DATABASE_URL: database.url });

    expect(accepted.status).to.equal(201);
    expect(linksIn(second)).to.deep.equal([]);
    await second.stop();
    await database.drop();
  });

  it("comes in by one link alone, also when two are opened at once", async () => {
    const database = await createDatabase();
    const first = await start({ DATABASE_URL: database.url });
    const links = linksIn(first);
    await first.stop();
    const second = await start({ DATABASE_URL: database.url });
    links.push(...linksIn(second));
    let accepted: Promise<Answer[]> | undefined;

    await database.sql.begin(async (held) => {
      await held`select from accounts for update`;
      accepted = Promise.all(links.map((link) => accept(link.replace(new URL(link).origin, second.address))));
      await eventually(async () => expect(await countWaiting(database.sql, "clinic-queue api")).to.equal(2));
    });

    expect(((await accepted) ?? []).map(({ status }) => status)).to.have.members([201, 404]);
    await second.stop();
    await database.drop();
  });

  it("comes in by no link once somebody else can sign in", async () => {
    const database = await createDatabase();
    const service = await start({ DATABASE_URL: database.url });
    const [link = ""] = linksIn(service);

    await account(database.url, ["add", "mona", "--role", "manager"]);

    expect((await accept(link)).status).to.equal(404);
    await service.stop();
    await database.drop();
  });

  it("needs no link where a provider signs people in, which has managers of its own", async () => {
    const service = await start({
      AUTH_JWKS_URL: "http://127.0.0.1:1/keys",
      AUTH_ISSUER: "https://provider.example",
      AUTH_AUDIENCE: "clinic-queue",
    });

    expect(linksIn(service)).to.deep.equal([]);
    await service.stop();
  });

  it("needs no link in open mode", async () => {
    const service = await start({ AUTH_SECRET: "" });

    expect(linksIn(service)).to.deep.equal([]);
    expect((await new Rest(service.address).get("/api/v1/sessions")).body).to.include({ open: true });
    await service.stop();
  });
});
