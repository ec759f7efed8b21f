import { once } from "node:events";
import { expect } from "chai";
import { Clinic, daysFromNow, nextDay, someDay } from "../support/clinic.ts";
import { eventually } from "../support/eventually.ts";
import type { Socket } from "../support/socket.ts";
import { secret } from "../support/tokens.ts";
import { upgrade } from "../support/upgrade.ts";

const thirdDay = daysFromNow(32);

describe("limits of one caller, over all of its connections", () => {
  let clinic: Clinic;
  const sockets: Socket[] = [];
  afterEach(async () => {
    await Promise.all(sockets.splice(0).map((socket) => socket.close()));
  });

  const connectAs = async (token?: string): Promise<Socket> => {
    const socket = await (token === undefined ? clinic.connect() : clinic.connectAs(token));
    sockets.push(socket);
    return socket;
  };
  const refusedAs = async (token: string) => {
    const { status, body } = await upgrade(clinic.socketUrl, { authorization: `Bearer ${token}` });
    return [status, body?.message];
  };
  const newPatient = async () => {
    const patient_id = crypto.randomUUID();
    return { patient_id, token: await clinic.tokenFor({ role: "patient", patient_id }) };
  };

  describe("at once", () => {
    before(async () => {
      clinic = await Clinic.openWithRealtime({
        AUTH_SECRET: secret,
        MAX_CONNECTIONS_PER_PATIENT: 2,
        MAX_DATES_PER_CALLER: 2,
        MAX_MESSAGES_PER_SECOND: 2,
      });
    });
    after(() => clinic?.close());

    it("refuse connections beyond the patient's own, whatever the token, until one has gone", async () => {
      const [{ patient_id, token }, other] = [await newPatient(), await newPatient()];
      const otherToken = await clinic.tokenFor({ role: "patient", patient_id });
      const [first] = [await connectAs(token), await connectAs(otherToken)];

      expect(await refusedAs(token)).to.deep.equal([503, "Too many connections with this token"]);
      const late = await connectAs();
      late.send({ action: "authenticate", token });
      expect(await late.closed()).to.equal(1013);
      await connectAs(other.token);

      await first.close();
      // How often it may connect is limited too.
      await eventually(async () => expect((await refusedAs(token))[0]).to.equal(101), 15_000);
    });

    it("let many screens share a service's token", async () => {
      const token = await clinic.tokenFor({ role: "service", scope: "read" });

      const screens = await Promise.all(Array.from({ length: 100 }, () => connectAs(token)));

      await Promise.all(screens.map((screen) => screen.subscribe(someDay)));
    });

    it("count the dates that it watches, and keep what it watches when one more is too many", async () => {
      const token = await clinic.tokenFor({ role: "staff", sub: "anna" });
      const [one, two, three] = [await connectAs(token), await connectAs(token), await connectAs(token)];
      await one.subscribe(someDay);
      await two.subscribe(nextDay);
      await three.subscribe(nextDay);

      three.send({ action: "subscribe", date: thirdDay });
      const error = await three.nextError();
      const doctor = await clinic.restAs(token).addDoctor();
      await clinic.restAs(token).bookNew(doctor.id, nextDay);

      expect([error.code, error.error]).to.deep.equal(["rate_limited", "Too many dates at once: 2 are allowed"]);
      expect((await three.nextQueue("update")).date).to.equal(nextDay);
      await one.subscribe(thirdDay);
      two.send({ action: "unsubscribe" });
      await two.close();
      await three.subscribe(someDay);
    });

    for (const kind of ["pong", "ping"] as const) {
      it(`end who sends ${kind}s without end, and let those be that send some`, async () => {
        const token = await clinic.tokenFor({ role: "staff" });
        const [flooding, fair] = [await connectAs(token), await connectAs(token)];

        for (let n = 0; n < 200; n++) flooding.ws[kind]();

        expect(await flooding.closed()).to.equal(1008);
        fair.ws[kind]("x");
        fair.ws.ping("y");
        const answers = once(fair.ws, "pong");
        expect(String((await answers)[0])).to.equal(kind === "ping" ? "x" : "y");
        await fair.subscribe(someDay);
      });
    }
  });

  describe("in a second", () => {
    before(async () => {
      clinic = await Clinic.openWithRealtime({
        AUTH_SECRET: secret,
        MAX_MESSAGES_PER_SECOND_PER_CALLER: 2,
        MAX_NEW_DATES_PER_SECOND_PER_CALLER: 1,
      });
    });
    after(() => clinic?.close());

    it("count the messages of all its connections, and of nobody else's", async () => {
      const token = await clinic.tokenFor({ role: "staff", sub: "anna" });
      const shared = await Promise.all(Array.from({ length: 11 }, () => connectAs(token)));
      const other = await connectAs(await clinic.tokenFor({ role: "staff", sub: "bert" }));

      const answers: string[] = [];
      for (const socket of shared) {
        socket.send({ action: "ping" });
        const answer = await socket.next();
        answers.push("code" in answer ? answer.code : answer.type);
      }
      other.send({ action: "ping" });

      expect(answers.slice(0, 10)).to.deep.equal(Array(10).fill("pong"));
      expect(answers[10]).to.equal("rate_limited");
      expect((await other.next()).type).to.equal("pong");
    });

    it("count the new dates of a second, which dates that others watch are not", async () => {
      const token = await clinic.tokenFor({ role: "staff", sub: "carl" });
      const other = await connectAs(await clinic.tokenFor({ role: "staff", sub: "dora" }));
      await other.subscribe(someDay);
      const shared = await Promise.all(Array.from({ length: 7 }, () => connectAs(token)));
      for (const [n, socket] of shared.slice(0, 5).entries()) await socket.subscribe(daysFromNow(100 + n));

      shared[5]?.send({ action: "subscribe", date: daysFromNow(200) });
      const error = await shared[5]?.nextError();
      await shared[6]?.subscribe(someDay);

      expect(error?.code).to.equal("rate_limited");
    });
  });

  describe("and of the whole process", () => {
    before(async () => {
      clinic = await Clinic.openWithRealtime({
        AUTH_SECRET: secret,
        MAX_FEEDS: 2,
        MAX_CONNECTIONS_PER_ADDRESS: 30,
        MAX_UNAUTHENTICATED_PER_ADDRESS: 10,
      });
    });
    after(() => clinic?.close());

    it("are followed by one of the whole process: so many dates, of which those that nobody watches make room", async () => {
      const socketOf = async () => connectAs(await clinic.tokenFor({ role: "staff" }));
      const [one, two, three] = [await socketOf(), await socketOf(), await socketOf()];
      await one.subscribe(someDay);
      await two.subscribe(nextDay);

      three.send({ action: "subscribe", date: thirdDay });
      expect((await three.nextError()).code).to.equal("rate_limited");
      await three.subscribe(someDay);
      await two.close();
      await eventually(async () => {
        three.send({ action: "subscribe", date: thirdDay });
        expect((await three.next()).type).to.equal("snapshot");
      });
    });

    it("keep nobody out whose connections have not authenticated, however many one address opens: the oldest ones go", async () => {
      const silent: Socket[] = [];
      const refused: number[] = [];
      for (let n = 0; n < 30; n++) {
        await clinic.connect().then(
          (socket) => silent.push(socket),
          () => refused.push(n),
        );
      }

      const token = await clinic.tokenFor({ role: "staff" });
      const neighbour = await clinic.connectAs(token);
      await neighbour.subscribe(someDay);
      const other = await eventually(() => clinic.connect());
      other.send({ action: "authenticate", token });
      expect((await other.next()).type).to.equal("authenticated");
      await other.subscribe(someDay);

      expect(silent.length + refused.length).to.equal(30);
      expect(refused).to.not.be.empty;
      const health = (await (await fetch(`${clinic.realtime.address}/health`)).json()) as { connections: number };
      expect(health.connections).to.be.at.most(12);
      await Promise.all([...silent, neighbour, other].map((socket) => socket.close()));
    });
  });
});
