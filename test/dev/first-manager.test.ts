import { expect } from "chai";
import { password } from "../support/accounts.ts";
import { createDatabase, type TestDatabase } from "../support/database.ts";
import { Rest, type Answer } from "../support/rest.ts";
import { Service } from "../support/service.ts";
import { secret } from "../support/tokens.ts";

// More starts, and other ways, are in test/long/dev/first-manager.test.ts.
describe("the first manager", function () {
  this.timeout(60_000);
  let database: TestDatabase;
  before(async () => {
    database = await createDatabase();
  });
  after(() => database.drop());

  const start = () =>
    Service.start("dev/start", { DATABASE_URL: database.url, API_PORT: 0, REALTIME_PORT: 0, AUTH_SECRET: secret });
  const linksIn = ({ output }: Service): string[] => output.match(/http:\S+#invite=\S+/g) ?? [];
  const accept = (link: string): Promise<Answer> => {
    const { origin, hash } = new URL(link);
    const body = { token: new URLSearchParams(hash.slice(1)).get("invite"), password };
    return new Rest(origin).post("/api/v1/sessions/invitation", body);
  };

  it("comes in by the one link that npm start prints, which is good once, and never printed again", async () => {
    const first = await start();
    const [link = "", ...others] = linksIn(first);
    const here = new Rest(first.address);

    const { status, body } = await accept(link);

    expect([others, status]).to.deep.equal([[], 201]);
    expect(new URL(link).origin).to.equal(first.address);
    const manager = new Rest(first.address, { authorization: `Bearer ${body.token}` });
    expect((await manager.get("/api/v1/sessions")).body).to.include({ role: "manager", name: "manager" });
    expect((await manager.patch("/api/v1/clinic", { name: "Hill Street" })).status).to.equal(200);
    expect((await here.post("/api/v1/sessions", { name: "manager", password })).status).to.equal(201);
    expect((await accept(link)).status).to.equal(404);
    await first.stop();
    const second = await start();
    expect(linksIn(second)).to.deep.equal([]);
    await second.stop();
  });
});
