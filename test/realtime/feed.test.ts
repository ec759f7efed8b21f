import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import type { AddressInfo, Socket as TcpSocket } from "node:net";
import { expect } from "chai";
import { WebSocketServer, type WebSocket } from "ws";
import { readQueueChanges } from "../../db/queue-changes.ts";
import { Feed } from "../../realtime/feed.ts";
import type { Subscription } from "../../realtime/protocol.ts";
import { Subscriber } from "../../realtime/subscriber.ts";
import { someDay } from "../support/clinic.ts";
import { createDatabase, type TestDatabase } from "../support/database.ts";
import { Socket } from "../support/socket.ts";

const everything: Subscription = { view: "staff", scope: {}, mode: "full" };

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
    const feed = new Feed(someDay, {
      read: (since) => readQueueChanges(database.sql, someDay, "staff", since),
      onFailure: (error) => failures.push(error),
    });
    const [one, two, three] = [await connect(), await connect(), await connect()];
    for (const { end, stream } of [one, two, three]) feed.add(new Subscriber(end, stream, Infinity), everything);
    for (const { client } of [one, two, three]) await client.nextQueue("snapshot");
    Object.defineProperty(two.stream, "writableLength", {
      get: () => {
        throw new Error("broken");
      },
    });

    await database.sql`select touch('{}', array[${someDay}]::date[])`;
    feed.refresh();

    expect((await one.client.nextQueue("update")).revision).to.equal(1);
    expect((await three.client.nextQueue("update")).revision).to.equal(1);
    expect(await two.client.closed()).to.equal(1006);
    expect(failures).to.have.length(1);
  });

  it("reads once for all who come before the first read is done, and once for a burst of wake-ups", async () => {
    let reads = 0;
    const feed = new Feed(someDay, {
      read: (since) => {
        reads += 1;
        return readQueueChanges(database.sql, someDay, "staff", since);
      },
      onFailure: () => {},
    });
    const pairs = [await connect(), await connect(), await connect()];
    for (const { end, stream } of pairs) feed.add(new Subscriber(end, stream, Infinity), everything);
    for (const { client } of pairs) await client.nextQueue("snapshot");
    expect(reads).to.equal(1);

    await database.sql`select touch('{}', array[${someDay}]::date[])`;
    for (let n = 0; n < 100; n++) feed.refresh();
    for (const { client } of pairs) await client.nextQueue("update");

    expect(reads).to.be.within(2, 3);
  });

  it("is behind from when somebody watches again, not from what was notified while nobody did", async () => {
    const feed = new Feed(someDay, {
      read: (since) => readQueueChanges(database.sql, someDay, "staff", since),
      onFailure: () => {},
    });
    const { client, end, stream } = await connect();
    const subscriber = new Subscriber(end, stream, Infinity);
    feed.add(subscriber, everything);
    await client.nextQueue("snapshot");
    feed.remove(subscriber);
    feed.refresh();
    await database.sql`select touch('{}', array[${someDay}]::date[])`;

    const addedAt = performance.now();
    feed.add(subscriber, everything);
    const { behindMs } = feed;

    expect(behindMs).to.be.at.most(performance.now() - addedAt);
    await client.nextQueue("snapshot");
    expect(feed.behindMs).to.equal(0);
  });
});
