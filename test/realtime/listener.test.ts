import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { expect } from "chai";
import { createLog } from "../../platform/log.ts";
import { Listener, type ListenerOptions } from "../../realtime/listener.ts";
import { createDatabase } from "../support/database.ts";
import { eventually } from "../support/eventually.ts";

const ignore = (): void => {};

describe("a listener", () => {
  /** Runs a listener until an assertion holds. */
  async function listen(url: string, until: () => void, options: Partial<ListenerOptions> = {}): Promise<void> {
    const listener = new Listener({
      server: { url, role: "clinic_realtime" },
      log: createLog("listener.test", "silent"),
      onNotify: ignore,
      onListen: ignore,
      onHeartbeat: ignore,
      onSilence: ignore,
      ...options,
    });
    const running = listener.run();
    await eventually(until);
    listener.stop();
    await running;
  }

  it("leaves a Postgres that is away in peace for a moment before it tries again", async () => {
    const triedAt: number[] = [];
    const server = createServer((socket) => {
      triedAt.push(performance.now());
      socket.on("error", ignore).resetAndDestroy();
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;

    await listen(`postgres://nobody@127.0.0.1:${port}/nothing`, () => expect(triedAt).to.have.length.at.least(5));

    const [first = 0, , , , fifth = 0] = triedAt;
    expect(fifth - first).to.be.at.least(990);
    server.close();
    await once(server, "close");
  });

  it("waits ever longer for a Postgres that listens and gives no heartbeat", async () => {
    const database = await createDatabase();
    await database.sql`revoke execute on function pg_notify from public`;
    const listenedAt: number[] = [];

    await listen(database.url, () => expect(listenedAt).to.have.length.at.least(6), {
      onListen: () => listenedAt.push(performance.now()),
    });

    // Half of 250 + 500 + 1,000 + 2,000 + 4,000 ms at least, and all of them if chance has it.
    const [first = 0, , , , , sixth = 0] = listenedAt;
    expect(sixth - first).to.be.at.least(3_870);
    await database.drop();
  });
});
