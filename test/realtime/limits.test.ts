import { once } from "node:events";
import { expect } from "chai";
import { WebSocket } from "ws";
import { Clinic, nextDay, someDay } from "../support/clinic.ts";
import { eventually } from "../support/eventually.ts";
import { Socket } from "../support/socket.ts";

describe("limits of the realtime process", () => {
  describe("of all connections", () => {
    let clinic: Clinic;
    before(async () => {
      clinic = await Clinic.openWithRealtime(
        { MAX_CONNECTIONS: 3, MAX_MESSAGES_PER_SECOND: 10_000 },
        { daily_capacity: 1_000 },
      );
    });
    after(() => clinic?.close());

    it("refuses connections beyond MAX_CONNECTIONS, and takes new ones once others have gone", async () => {
      await refusesBeyondThree(clinic);
    });

    it("cuts off a client that asks again and again and reads no answer", async () => {
      const client = await clinic.connect();
      client.ws.pause();

      // More answers than the buffers of the network hold, and fewer than the limit of messages allows.
      for (let n = 0; n < 45_000; n++) client.send({ action: "ping" });

      await eventually(async () => {
        const health = (await (await fetch(`${clinic.realtime.address}/health`)).json()) as { connections: number };
        expect(health.connections).to.equal(0);
      });
      client.ws.resume();
      expect(await client.closed()).to.equal(1006);
    });
  });

  describe("of one address and one connection", () => {
    let clinic: Clinic;
    before(async () => {
      clinic = await Clinic.openWithRealtime(
        {
          MAX_CONNECTIONS_PER_ADDRESS: 3,
          MAX_MESSAGES_PER_SECOND: 2,
          MAX_SUBSCRIBES_PER_SECOND: 1,
          STALL_TIMEOUT_MS: 2_000,
        },
        { daily_capacity: 1_000 },
      );
    });
    after(() => clinic?.close());

    it("refuses connections beyond MAX_CONNECTIONS_PER_ADDRESS, and takes new ones once others have gone", async () => {
      await refusesBeyondThree(clinic);
    });

    it("answers messages beyond the rate with an error, and ends who does not stop", async () => {
      const socket = await clinic.connect();
      const other = await clinic.watch(someDay);

      for (let n = 0; n < 11; n++) socket.send({ action: "ping" });
      const types: string[] = [];
      for (let n = 0; n < 11; n++) types.push((await socket.next()).type);
      expect(types).to.deep.equal([...Array<string>(10).fill("pong"), "error"]);

      for (let n = 0; n < 200; n++) socket.send({ action: "ping" });
      expect(await socket.closed()).to.equal(1008);
      other.send({ action: "ping" });
      expect((await other.next()).type).to.equal("pong");
      await other.close();
    });

    it("answers subscriptions beyond the rate with an error, and keeps the one that stands", async () => {
      const socket = await clinic.connect();
      for (let n = 0; n < 5; n++) await socket.subscribe(someDay);

      socket.send({ action: "subscribe", date: nextDay });

      expect((await socket.nextError()).code).to.equal("rate_limited");
      const doctor = await clinic.rest.addDoctor();
      await clinic.rest.bookNew(doctor.id, someDay);
      expect((await socket.nextQueue("update")).date).to.equal(someDay);
      await socket.close();
    });

    it("cuts off a client that does not read, while the others get every state", async () => {
      const doctors = await Promise.all(Array.from({ length: 8 }, () => clinic.rest.addDoctor()));
      const patient = await clinic.rest.addPatient({ name: "N".repeat(200) });
      await clinic.sql`
        select book_appointment(${clinic.id}, ${patient.id}, doctor.id, ${nextDay}, null, null)
        from doctors doctor, generate_series(1, 25) where id in ${clinic.sql(doctors.map(({ id }) => id))}
      `;
      const stalled = await clinic.connect();
      const reading = await clinic.watch(nextDay);
      stalled.ws.pause();
      stalled.send({ action: "subscribe", date: nextDay });
      const ended = eventually(async () => {
        const health = (await (await fetch(`${clinic.realtime.address}/health`)).json()) as { connections: number };
        expect(health.connections).to.equal(1);
      });

      let booked = 200;
      let isOver = false;
      void ended.finally(() => (isOver = true));
      while (!isOver) {
        await clinic.rest.book(patient.id, doctors[0]?.id ?? "", nextDay);
        booked += 1;
        await reading.queueWhere(({ total_appointments }) => total_appointments === booked);
      }

      await ended;
      stalled.ws.resume();
      expect(await stalled.closed()).to.equal(1006);
      await reading.close();
    });
  });

  describe("of time", () => {
    let clinic: Clinic;
    before(async () => {
      clinic = await Clinic.openWithRealtime(
        { MAX_UPGRADES_PER_SECOND: 5, SUBSCRIBE_TIMEOUT_MS: 500, HEARTBEAT_INTERVAL_MS: 500 },
        { daily_capacity: 1_000 },
      );
    });
    after(() => clinic?.close());

    it("ends a client that never subscribes", async () => {
      const idle = await clinic.connect();
      const watching = await clinic.watch(someDay);

      expect(await idle.closed()).to.equal(1008);
      expect(watching.ws.readyState).to.equal(WebSocket.OPEN);
      await watching.close();
    });

    it("ends a connection that shows no life, and keeps one that only answers pings", async () => {
      const living = await clinic.watch(someDay);
      const dead = await Socket.open(clinic.socketUrl, { autoPong: false });
      await dead.subscribe(someDay);

      expect(await dead.closed()).to.equal(1006);
      await once(living.ws, "ping");
      await once(living.ws, "ping");

      expect(living.ws.readyState).to.equal(WebSocket.OPEN);
      await living.close();
    });

    it("takes a limited number of connections a second, and says when to come back", async () => {
      const answers = await Promise.all(Array.from({ length: 30 }, () => refusal(clinic)));

      const refused = answers.filter((answer) => answer !== undefined);
      expect(refused).not.to.be.empty;
      expect(refused[0]).to.deep.equal({ status: 503, retryAfter: "5" });
      await eventually(async () => expect(await refusal(clinic)).to.equal(undefined));
    });
  });

  it("serves a hundred and fifty clients at once the same last state", async () => {
    const clinic = await Clinic.open({ daily_capacity: 1_000 });
    const sockets: Socket[] = await Promise.all(Array.from({ length: 150 }, () => clinic.watch(someDay)));
    const doctor = await clinic.rest.addDoctor();

    await Promise.all(Array.from({ length: 10 }, () => clinic.rest.bookNew(doctor.id, someDay)));

    const states = await Promise.all(sockets.map((socket) => socket.queueWhere(({ revision }) => revision === 10)));
    // The time at which a message was made is renewed after a second.
    const texts = states.map((state) => JSON.stringify({ ...state, timestamp: "" }));
    expect(new Set(texts).size).to.equal(1);
    await Promise.all(sockets.map((socket) => socket.close()));
    await clinic.close();
  });
});

async function refusesBeyondThree(clinic: Clinic): Promise<void> {
  const sockets = [await clinic.connect(), await clinic.connect(), await clinic.connect()];

  expect(await refusal(clinic)).to.deep.equal({ status: 503, retryAfter: "5" });

  await sockets.pop()?.close();
  await eventually(async () => expect(await refusal(clinic)).to.equal(undefined));
  await Promise.all(sockets.map((socket) => socket.close()));
}

/** Tries to connect: the status of the refusal, or undefined when the connection opens. */
async function refusal(
  clinic: Clinic,
): Promise<{ status: number | undefined; retryAfter: string | undefined } | undefined> {
  const ws = new WebSocket(clinic.socketUrl);
  ws.on("error", () => {});
  const answer = await Promise.race([
    once(ws, "unexpected-response").then(
      ([, response]) => response as { statusCode: number; headers: Record<string, string> },
    ),
    once(ws, "open").then(() => undefined),
  ]);
  ws.terminate();
  return answer && { status: answer.statusCode, retryAfter: answer.headers["retry-after"] };
}
