import { expect } from "chai";
import { migrate } from "../../../db/schema/migrate.ts";
import { adviceOf } from "../../support/advice.ts";
import { startApi, startRealtime } from "../../support/clinic.ts";
import { openSql, startOwnCluster } from "../../support/database.ts";
import { Rest } from "../../support/rest.ts";
import type { Service } from "../../support/service.ts";

// What test/security/database-roles.test.ts leaves out.
describe("npm run migrate in a cluster without our roles, as an owner who is no administrator", function () {
  this.timeout(60_000);

  it("says what an administrator must run, and works after that", async () => {
    const cluster = await startOwnCluster();
    const admin = await openSql(cluster.url, 1);
    const ownedBy = async (owner: string, attributes: string): Promise<string> => {
      await admin.unsafe(`create role ${owner} login password 'test' ${attributes}`);
      await admin.unsafe(`create database ${owner} owner ${owner}`);
      const url = new URL(cluster.url);
      [url.username, url.password, url.pathname] = [owner, "test", owner];
      return url.href;
    };
    const plain = await ownedBy("plain", "");
    const creator = await ownedBy("creator", "createrole");

    expect(await adviceOf(migrate(plain))).to.equal(
      "create role clinic_api; create role clinic_realtime; grant clinic_api, clinic_realtime to plain",
    );
    await migrate(creator);
    const advice = await adviceOf(migrate(plain));
    expect(advice).to.equal("grant clinic_api, clinic_realtime to plain");
    await admin.unsafe(advice);
    await migrate(plain);

    for (const url of [plain, creator]) {
      const processes = await Promise.all([startApi(url), startRealtime(url)]);
      await new Rest(processes[0].address).addDoctor();
      await Promise.all(processes.map((process: Service) => process.stop()));
    }
    await admin[Symbol.asyncDispose]();
    await cluster.stop();
  });
});
