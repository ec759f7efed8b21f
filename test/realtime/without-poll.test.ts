import { expect } from "chai";
import { Proxy } from "../faults/proxy.ts";
import { socketUrl, someDay, startRealtime } from "../support/clinic.ts";
import { System } from "../support/system.ts";
import { Socket } from "../support/socket.ts";
import { clinicId } from "../support/default-clinic.ts";

/** The safety poll would bring each change within 2 s, and so hide a notification that nobody acted on. */
const settings = { POLL_INTERVAL_MS: 60_000, DAILY_CAPACITY: 100 };

describe("the realtime process that polls once a minute", () => {
  let clinic: System;
  let doctorId: string;
  let socket: Socket;
  before(async () => {
    clinic = await System.open(settings);
    doctorId = (await clinic.rest.addDoctor()).id;
  });
  after(() => clinic.close());
  beforeEach(async () => {
    socket = await clinic.watch(someDay);
  });
  afterEach(() => socket.close());

  it("acts on every notification, at once", async () => {
    const tookMs: number[] = [];
    for (let n = 0; n < 10; n++) {
      const committingAt = performance.now();
      const { id } = await clinic.rest.bookNew(doctorId, someDay);
      const queue = await socket.nextQueue("update");
      tookMs.push(performance.now() - committingAt);
      expect(JSON.stringify(queue)).to.include(id);
    }

    // A busy machine may be slow now and then, but not each time.
    expect(Math.min(...tookMs)).to.be.below(1_000);
  });

  it("reads everything once it listens again, for what was notified in between is lost", async () => {
    // One transaction: its notification is sent right after the end of the connection that would hear it.
    await clinic.sql
      .unsafe(
        `select touch(array['${clinicId}']::uuid[], array[null]::uuid[], array['${someDay}']::date[]);
         select pg_terminate_backend(pid) from pg_stat_activity
         where application_name = 'clinic-queue listener' and datname = current_database()`,
      )
      .simple();
    const [day] = await clinic.sql<[{ revision: number }]>`select revision from clinic_days where date = ${someDay}`;

    expect((await socket.nextQueue("update")).revision).to.equal(day.revision);
  });

  it("listens anew, and reads everything, when no heartbeat comes back", async () => {
    const database = await Proxy.open(Number(new URL(clinic.database.url).port));
    const url = clinic.database.url.replace(/:\d+\//, `:${database.port}/`);
    const realtime = await startRealtime(url, settings);
    const behind = await Socket.open(socketUrl(realtime));
    await behind.subscribe(someDay);

    // From here on its connections are dead without a word; new ones are not.
    database.swallow();
    const { id } = await clinic.rest.bookNew(doctorId, someDay);

    expect(JSON.stringify(await behind.nextQueue("update"))).to.include(id);
    // Nothing was read on a connection that was dead: it would have taken the read's time-out to notice.
    expect(realtime.output).not.to.include("cannot read the database");
    await behind.close();
    await realtime.stop();
    await database.close();
  });

  it("listens anew, and reads everything, when the connection that listens is alone in hearing nothing", async () => {
    const [{ pid }] = await clinic.sql<[{ pid: number }]>`
      select pid from pg_stat_activity
      where application_name = 'clinic-queue listener' and datname = current_database()
    `;

    process.kill(pid, "SIGSTOP");
    const { id } = await clinic.rest.bookNew(doctorId, someDay);
    const update = await socket.nextQueue("update").finally(() => process.kill(pid, "SIGCONT"));

    expect(JSON.stringify(update)).to.include(id);
  });

  it("answers with the state of now, whatever it knew when somebody watched before", async () => {
    const { revision } = await socket.subscribe(someDay);
    socket.send({ action: "unsubscribe" });
    expect((await socket.next()).type).to.equal("unsubscribed");

    await clinic.rest.bookNew(doctorId, someDay);

    expect((await socket.subscribe(someDay)).revision).to.equal(revision + 1);
  });
});
