import { rm } from "node:fs/promises";
import { expect } from "chai";
import { password } from "../support/accounts.ts";
import { Rest, type Answer } from "../support/rest.ts";
import { Service, type Settings } from "../support/service.ts";
import { folderWithData, startSettings } from "../support/start.ts";
import { secret } from "../support/tokens.ts";

describe("the first manager", function () {
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

  it("comes in by the one link that npm start prints, which is good once, and never printed again", async () => {
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

  it("needs no link in open mode", async () => {
    const service = await start({ AUTH_SECRET: "" });

    expect(linksIn(service)).to.deep.equal([]);
    expect((await new Rest(service.address).get("/api/v1/sessions")).body).to.include({ open: true });
    await service.stop();
  });
});
