import { randomUUID } from "node:crypto";
import { expect } from "chai";
import type { Delta } from "../../contract/websocket/queue.ts";
import type { ServerMessage } from "../../contract/websocket/server-message.ts";
import { Proxy } from "../faults/proxy.ts";
import { nextDay, someDay, socketUrl, startRealtime } from "../support/clinic.ts";
import { System } from "../support/system.ts";
import { eventually } from "../support/eventually.ts";
import { Socket } from "../support/socket.ts";

describe("the extended protocol", () => {
  let clinic: System;
  let socket: Socket;
  let doctorId: string;
  before(async () => {
    clinic = await System.open();
  });
  after(() => clinic.close());
  beforeEach(async () => {
    await clinic.sql`truncate queue_entries, booking_requests, appointments, doctor_days, clinic_days, doctors cascade`;
    doctorId = (await clinic.rest.addDoctor({ name: "Dr. One" })).id;
    await clinic.rest.bookNew(doctorId, someDay);
    socket = await clinic.connect();
  });
  afterEach(() => socket.close());

  async function nextDelta(from = socket): Promise<Delta> {
    const message = await from.next();
    if (message.type !== "delta") throw new Error(`expected a delta, got ${JSON.stringify(message).slice(0, 200)}`);
    return message.data;
  }
  const subscribe = (fields: object, to = socket) => to.send({ action: "subscribe", date: someDay, ...fields });

  it("sends the sections that changed, whole, and those alone", async () => {
    const other = await clinic.rest.addDoctor({ name: "Dr. Two" });
    subscribe({ mode: "delta" });
    const snapshot = await socket.nextQueue("snapshot");

    await clinic.rest.bookNew(other.id, someDay);

    const delta = await nextDelta();
    expect(delta).to.include({ date: someDay, epoch: snapshot.epoch, from_revision: 1, revision: 2 });
    expect(delta).to.include({ total_appointments: 2, total_doctors: 2 });
    expect(delta.doctors.map(({ doctor }) => doctor.name)).to.deep.equal(["Dr. Two"]);
    expect(delta.removed_doctors).to.deep.equal([]);
  });

  it("names the doctors whose last appointment went away", async () => {
    subscribe({ mode: "delta" });
    await socket.nextQueue("snapshot");

    await clinic.sql`update appointments set status = 'cancelled' where doctor_id = ${doctorId}`;

    const delta = await nextDelta();
    expect(delta.doctors).to.deep.equal([]);
    expect(delta.removed_doctors).to.deep.equal([doctorId]);
    expect(delta).to.include({ total_appointments: 0, total_doctors: 0 });
  });

  it("answers a client that holds the current revision with an empty delta", async () => {
    const { epoch, revision } = await socket.subscribe(someDay);

    subscribe({ mode: "delta", since: revision, epoch });

    const delta = await nextDelta();
    expect(delta).to.include({ from_revision: revision, revision });
    expect([...delta.doctors, ...delta.removed_doctors]).to.deep.equal([]);
  });

  it("answers a client that missed steps with one delta, also when nobody watched meanwhile", async () => {
    const { epoch } = await socket.subscribe(someDay);
    await socket.close();
    const [two, three] = [await clinic.rest.addDoctor(), await clinic.rest.addDoctor()];
    await clinic.rest.bookNew(two.id, someDay);
    await clinic.rest.bookNew(three.id, someDay);
    await clinic.sql`update appointments set status = 'cancelled' where doctor_id = ${doctorId}`;

    socket = await clinic.connect();
    subscribe({ mode: "delta", since: 1, epoch });

    const delta = await nextDelta();
    expect(delta).to.include({ from_revision: 1, revision: 4 });
    expect(delta.doctors.map(({ doctor }) => doctor.id)).to.have.members([two.id, three.id]);
    expect(delta.removed_doctors).to.deep.equal([doctorId]);
  });

  it("answers with a snapshot when the client's history is another, or its revision is of the future", async () => {
    const { epoch } = await socket.subscribe(someDay);

    subscribe({ mode: "delta", since: 1, epoch: randomUUID() });
    expect((await socket.nextQueue("snapshot")).revision).to.equal(1);
    subscribe({ mode: "delta", since: 99, epoch });
    expect((await socket.nextQueue("snapshot")).revision).to.equal(1);
  });

  it("shows one doctor's section, its totals, and its changes alone", async () => {
    const other = await clinic.rest.addDoctor();
    const delta = await clinic.connect();
    subscribe({ doctor_id: doctorId.toUpperCase() });
    subscribe({ doctor_id: doctorId, mode: "delta" }, delta);
    const snapshot = await socket.nextQueue("snapshot");
    await delta.nextQueue("snapshot");
    expect(snapshot).to.include({ total_appointments: 1, total_doctors: 1 });

    await clinic.rest.bookNew(other.id, someDay);
    await clinic.rest.bookNew(doctorId, someDay);

    const update = await socket.nextQueue("update");
    expect(update).to.include({ revision: 3, total_appointments: 2, total_doctors: 1 });
    expect(update.doctors.map(({ doctor }) => doctor.id)).to.deep.equal([doctorId]);
    const change = await nextDelta(delta);
    expect(change).to.include({ from_revision: 1, revision: 3, total_appointments: 2 });
    expect(change.doctors).to.deep.equal(update.doctors);
    await delta.close();
  });

  it("answers for a doctor without appointments, and goes on when one is booked", async () => {
    subscribe({ doctor_id: doctorId, date: nextDay });
    expect(await socket.nextQueue("snapshot")).to.include({ total_appointments: 0, total_doctors: 0 });

    await clinic.rest.bookNew(doctorId, nextDay);

    expect((await socket.nextQueue("update")).total_appointments).to.equal(1);
  });

  it("says in a pong whether it follows the database, and since when it does not", async () => {
    const database = await Proxy.open(Number(new URL(clinic.database.url).port));
    const realtime = await startRealtime(clinic.database.url.replace(/:\d+\//, `:${database.port}/`));
    const behind = await Socket.open(socketUrl(realtime));
    const ping = async (): Promise<ServerMessage> => {
      behind.send({ action: "ping" });
      return behind.next();
    };
    expect(await ping()).to.include({ type: "pong", live: true });

    const silentSince = new Date();
    database.blackHole(true);
    const pong = await eventually(async () => {
      const pong = await ping();
      expect(pong).to.include({ type: "pong", live: false });
      return pong as ServerMessage & { type: "pong" };
    });
    // What was on its way may have arrived still.
    expect(Date.parse(pong.live_at ?? "") - silentSince.getTime()).to.be.below(1_000);
    database.blackHole(false);
    database.cut();

    await eventually(async () => expect(await ping()).to.include({ live: true }));
    await behind.close();
    await realtime.stop();
    await database.close();
  });

  it("says in a pong that it cannot read, though it hears the database, and goes on once it can", async () => {
    await socket.subscribe(someDay);
    await clinic.sql`alter function queue_changes rename to queue_changes_away`;
    await clinic.rest.bookNew(doctorId, someDay);

    // The heartbeats go on all the time: only the feed knows that it is behind.
    await eventually(async () => {
      socket.send({ action: "ping" });
      expect(await socket.next()).to.include({ type: "pong", live: false });
    });
    const newcomer = await clinic.connect();
    newcomer.send({ action: "subscribe", date: someDay });
    const health = await fetch(`${clinic.realtime.address}/health`);
    expect(health.status).to.equal(503);
    expect(await health.json()).to.include({ status: "unhealthy", following: true });
    expect((await newcomer.nextError()).code).to.equal("unavailable");
    await clinic.sql`alter function queue_changes_away rename to queue_changes`;

    expect((await socket.nextQueue("update")).total_appointments).to.equal(2);
    expect((await newcomer.nextQueue("snapshot")).total_appointments).to.equal(2);
    await eventually(async () => {
      socket.send({ action: "ping" });
      expect(await socket.next()).to.include({ type: "pong", live: true });
    });
    await newcomer.close();
  });

  const wrong: [object, string][] = [
    [{ doctor_id: "x" }, "invalid_doctor_id"],
    [{ doctor_id: 7 }, "invalid_doctor_id"],
    [{ mode: "fast" }, "invalid_mode"],
    [{ mode: null }, "invalid_mode"],
    [{ mode: "delta", since: 1 }, "invalid_since"],
    [{ mode: "delta", since: -1, epoch: randomUUID() }, "invalid_since"],
    [{ mode: "delta", since: 1.5, epoch: randomUUID() }, "invalid_since"],
    [{ mode: "delta", since: "1", epoch: randomUUID() }, "invalid_since"],
    [{ mode: "delta", since: 1, epoch: "x" }, "invalid_since"],
    [{ since: 1, epoch: randomUUID() }, "invalid_since"],
  ];
  for (const [fields, code] of wrong) {
    it(`answers ${JSON.stringify(fields).replace(/[0-9a-f-]{36}/, "…")} with ${code}`, async () => {
      subscribe(fields);

      expect((await socket.nextError()).code).to.equal(code);
    });
  }

  it("is the same through two realtime processes at once, and from one to the other", async () => {
    const second = await startRealtime(clinic.database.url);
    const there = await Socket.open(socketUrl(second));
    const here = await socket.subscribe(someDay);
    expect({ ...(await there.subscribe(someDay)), timestamp: "" }).to.deep.equal({ ...here, timestamp: "" });

    await clinic.rest.bookNew(doctorId, someDay);

    const [update, same] = [await socket.nextQueue("update"), await there.nextQueue("update")];
    expect({ ...same, timestamp: "" }).to.deep.equal({ ...update, timestamp: "" });
    subscribe({ mode: "delta", since: update.revision, epoch: update.epoch }, there);
    expect((await nextDelta(there)).doctors).to.deep.equal([]);
    await there.close();
    await second.stop();
  });
});
