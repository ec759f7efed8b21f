import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import type { AddressInfo, Socket as TcpSocket } from "node:net";
import { expect } from "chai";
import { WebSocketServer, type WebSocket } from "ws";
import { readQueueChanges } from "../../../db/queries/queue-changes.ts";
import { Feed } from "../../../realtime/feeds/feed.ts";
import { everything } from "../../../realtime/feeds/part-filter.ts";
import type { Subscription } from "../../../realtime/connections/protocol.ts";
import { Subscriber } from "../../../realtime/feeds/subscriber.ts";
import { someDay } from "../../support/clinic.ts";
import { createDatabase, type TestDatabase } from "../../support/database.ts";
import { clinicId } from "../../support/default-clinic.ts";
import { eventually } from "../../support/eventually.ts";
import { Socket } from "../../support/socket.ts";

const day = { clinicId, date: someDay };
const full: Subscription = { audience: "staff", parts: everything, mode: "full" };

describe("a feed", () => {
  let database: TestDatabase;
  let server: WebSocketServer;
  const clients: Socket[] = [];
  before(async () => {
    database = await createDatabase();
    server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
    await once(server, "listening");
  });
  after(async () => {
    await Promise.all(clients.map((client) => client.close()));
    server.close();
    await database.drop();
  });

  /** A connected pair: the client, and the server's end. */
  async function connect(): Promise<{ client: Socket; end: WebSocket; stream: TcpSocket }> {
    const accepted = once(server, "connection") as Promise<[WebSocket, IncomingMessage]>;
    const client = await Socket.open(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
    clients.push(client);
    const [end, { socket: stream }] = await accepted;
    return { client, end, stream };
  }

  it("ends a subscriber whose socket throws, and tells the others", async () => {
    const failures: unknown[] = [];
    const feed = new Feed(day, "staff", {
      read: (since) => readQueueChanges(database.sql, day, "staff", since),
      onFailure: (error) => failures.push(error),
    });
    const [one, two, three] = [await connect(), await connect(), await connect()];
    for (const { end, stream } of [one, two, three]) feed.add(new Subscriber(end, stream, Infinity), full);
    for (const { client } of [one, two, three]) await client.nextQueue("snapshot");
    Object.defineProperty(two.stream, "writableLength", {
      get: () => {
        throw new Error("broken");
      },
    });

    await database.sql`select touch(array[${clinicId}]::uuid[], array[null]::uuid[], array[${someDay}]::date[])`;
    feed.refresh();

    expect((await one.client.nextQueue("update")).revision).to.equal(1);
    expect((await three.client.nextQueue("update")).revision).to.equal(1);
    expect(await two.client.closed()).to.equal(1006);
    expect(failures).to.have.length(1);
  });

  it("reads once for all who come before the first read is done, and once for a burst of wake-ups", async () => {
    let reads = 0;
    const feed = new Feed(day, "staff", {
      read: (since) => {
        reads += 1;
        return readQueueChanges(database.sql, day, "staff", since);
      },
      onFailure: () => {},
    });
    const pairs = [await connect(), await connect(), await connect()];
    for (const { end, stream } of pairs) feed.add(new Subscriber(end, stream, Infinity), full);
    for (const { client } of pairs) await client.nextQueue("snapshot");
    expect(reads).to.equal(1);

    await database.sql`select touch(array[${clinicId}]::uuid[], array[null]::uuid[], array[${someDay}]::date[])`;
    for (let n = 0; n < 100; n++) feed.refresh();
    for (const { client } of pairs) await client.nextQueue("update");

    expect(reads).to.be.within(2, 3);
  });

  it("is behind from when somebody watches again, not from what was notified while nobody did", async () => {
    const feed = new Feed(day, "staff", {
      read: (since) => readQueueChanges(database.sql, day, "staff", since),
      onFailure: () => {},
    });
    const { client, end, stream } = await connect();
    const subscriber = new Subscriber(end, stream, Infinity);
    feed.add(subscriber, full);
    await client.nextQueue("snapshot");
    feed.remove(subscriber);
    feed.refresh();
    await database.sql`select touch(array[${clinicId}]::uuid[], array[null]::uuid[], array[${someDay}]::date[])`;

    const addedAt = performance.now();
    feed.add(subscriber, full);
    const { behindMs } = feed;

    expect(behindMs).to.be.at.most(performance.now() - addedAt);
    await client.nextQueue("snapshot");
    expect(feed.behindMs).to.equal(0);
  });

  it("reads again for what it was woken for during a read, and is behind until then", async () => {
    const reads: { letGo: () => void }[] = [];
    const feed = new Feed(day, "staff", {
      read: async (since) => {
        const changes = await readQueueChanges(database.sql, day, "staff", since);
        await new Promise<void>((letGo) => reads.push({ letGo }));
        return changes;
      },
      onFailure: () => {},
    });
    const letGoOf = (nth: number) =>
      eventually(() => expect(reads).to.have.length(nth)).then(() => reads[nth - 1]?.letGo());
    const { client, end, stream } = await connect();
    feed.add(new Subscriber(end, stream, Infinity), full);
    await letGoOf(1);
    const { revision } = await client.nextQueue("snapshot");

    await touch();
    feed.refresh();
    await eventually(() => expect(reads).to.have.length(2));
    await touch();
    feed.refresh();
    await letGoOf(2);
    expect((await client.nextQueue("update")).revision).to.equal(revision + 1);
    expect(feed.behindMs).to.be.greaterThan(0);
    await letGoOf(3);

    expect((await client.nextQueue("update")).revision).to.equal(revision + 2);
    await eventually(() => expect(feed.behindMs).to.equal(0));
  });

  it("is idle, and not read, from when nobody watches", async () => {
    let reads = 0;
    const feed = new Feed(day, "staff", {
      read: (since) => {
        reads += 1;
        return readQueueChanges(database.sql, day, "staff", since);
      },
      onFailure: () => {},
    });
    const { client, end, stream } = await connect();
    const subscriber = new Subscriber(end, stream, Infinity);
    feed.add(subscriber, full);
    await client.nextQueue("snapshot");
    const removedAt = performance.now();
    feed.remove(subscriber);
    const { idleMs } = feed;

    feed.refresh();

    expect(reads).to.equal(1);
    expect(idleMs).to.be.at.most(performance.now() - removedAt);
  });

  it("waits longer after each read that failed, until one succeeds", async () => {
    const triedAt: number[] = [];
    const feed = new Feed(day, "staff", {
      read: async (since) => {
        triedAt.push(performance.now());
        if (triedAt.length <= 6) throw new Error("the database is away");
        return readQueueChanges(database.sql, day, "staff", since);
      },
      onFailure: () => {},
    });
    const { client, end, stream } = await connect();

    feed.add(new Subscriber(end, stream, Infinity), full);

    expect((await client.nextError()).code).to.equal("unavailable");
    await client.nextQueue("snapshot");
    const [first = 0, last = 0] = [triedAt[0], triedAt.at(-1)];
    // Half of 50 + 100 + 200 + 400 + 800 + 1,000 ms at least, and all of them if chance has it.
    expect(last - first).to.be.at.least(1_275);
  });

  it("shows nothing of an earlier history once the database is another", async () => {
    const other = await createDatabase();
    await addAppointment(database);
    let current = database;
    const feed = new Feed(day, "staff", {
      read: (since) => readQueueChanges(current.sql, day, "staff", since),
      onFailure: () => {},
    });
    const { client, end, stream } = await connect();
    feed.add(new Subscriber(end, stream, Infinity), full);
    expect((await client.nextQueue("snapshot")).doctors).to.have.length(1);
    await other.sql`update clinics set epoch = gen_random_uuid()`;

    current = other;
    feed.refresh();

    const { doctors, total_appointments } = await client.nextQueue("update");
    expect([doctors, total_appointments]).to.deep.equal([[], 0]);
    await other.drop();
  });

  const touch = () =>
    database.sql`select touch(array[${clinicId}]::uuid[], array[null]::uuid[], array[${someDay}]::date[])`;

  async function addAppointment({ sql }: TestDatabase): Promise<void> {
    await sql`
      with doctor as (insert into doctors (name, code) values ('Dr. Who', 'D1') returning id),
        patient as (insert into patients (name, phone) values ('Pat', '1234567890') returning id)
      select from doctor, patient
    `;
    await sql`select book_appointment(${clinicId}, patients.id, doctors.id, ${someDay}, null, null) from patients, doctors`;
  }
});
