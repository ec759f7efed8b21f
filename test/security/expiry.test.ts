import { expect } from "chai";
import { Clinic, someDay } from "../support/clinic.ts";
import { eventually } from "../support/eventually.ts";
import { isWhole } from "../support/seed.ts";
import type { Socket } from "../support/socket.ts";
import { secret } from "../support/tokens.ts";

const connections = isWhole ? 1_000 : 100;
const allowedMs = 1_000;
/** Waits for a moment, in ms since 1970. */
const passed = (moment: number) => eventually(() => expect(Date.now()).to.be.at.least(moment));

describe("a token's end", () => {
  let clinic: Clinic;
  let staffToken: string;
  before(async () => {
    clinic = await Clinic.openWithRealtime({
      AUTH_SECRET: secret,
      MAX_CONNECTIONS_PER_CALLER: connections,
      MAX_MESSAGES_PER_SECOND_PER_CALLER: connections,
    });
    staffToken = await clinic.tokenFor({ role: "staff" });
  });
  after(() => clinic.close());

  it(`ends the frames of ${connections} connections within a second, while changes go on`, async () => {
    const staff = clinic.restAs(staffToken);
    const doctor = await staff.addDoctor();
    // Late enough that all of them have connected before.
    const expiresAt = Math.ceil((Date.now() + 2_000 + 6 * connections) / 1000) * 1000;
    const token = await clinic.tokenFor({ role: "screen", screen_id: doctor.id }, expiresAt - Date.now());
    const sockets: Socket[] = [];
    for (let made = 0; made < connections; made += 50) {
      const batch = Array.from({ length: 50 }, () => clinic.connectAs(token));
      sockets.push(...(await Promise.all(batch)));
    }
    let received = 0;
    let lateMs = -Infinity;
    for (const { ws } of sockets) {
      ws.on("message", () => {
        received += 1;
        lateMs = Math.max(lateMs, Date.now() - expiresAt);
      });
      ws.send(JSON.stringify({ action: "subscribe", date: someDay }));
    }

    const patient = await staff.addPatient();
    let changes = 0;
    await passed(expiresAt - allowedMs);
    while (Date.now() < expiresAt + 2 * allowedMs) {
      const url = `/api/v1/patients/${patient.id}`;
      if (changes === 0) await staff.book(patient.id, doctor.id, someDay);
      else await staff.patch(url, { ticket_only: changes % 2 === 1 });
      changes += 1;
    }
    const codes = await Promise.all(sockets.map((socket) => socket.closed()));

    expect(changes).to.be.greaterThan(50);
    expect(received).to.be.greaterThan(connections);
    expect(lateMs).to.be.lessThan(allowedMs);
    expect(new Set(codes)).to.deep.equal(new Set([1008]));
  }).timeout(60_000);

  it("lets no change follow that was committed after it", async () => {
    const doctor = await clinic.restAs(staffToken).addDoctor();
    // The server looks for ended tokens every 250 ms: the ends lie at different moments between two looks.
    const ends = Array.from({ length: 8 }, (_, n) => Math.ceil(Date.now() / 1_000) * 1_000 + 2_000 + 60 * n);
    const late: string[] = [];
    const sockets = await Promise.all(
      ends.map(async (end) => {
        const claims = { role: "screen", screen_id: doctor.id } as const;
        const socket = await clinic.connectAs(await clinic.tokenFor(claims, end - Date.now()));
        await socket.subscribe(someDay);
        return socket;
      }),
    );

    await passed((ends[0] ?? 0) - 500);
    let isOver = false;
    const closed = Promise.all(sockets.map((socket) => socket.closed())).finally(() => (isOver = true));
    while (!isOver)
      await clinic.sql`select touch(array[${clinic.id}]::uuid[], array[${doctor.id}]::uuid[], array[${someDay}]::date[])`;

    expect(new Set(await closed)).to.deep.equal(new Set([1008]));
    for (const [n, end] of ends.entries()) {
      const changes = (sockets[n]?.waiting ?? []).flatMap((message) =>
        message.type === "update" ? Date.parse(message.data.changed_at ?? "") : [],
      );
      expect(changes, "changes before the end").not.to.be.empty;
      late.push(...changes.filter((changedAt) => changedAt > end).map((changedAt) => `${changedAt - end} ms`));
    }
    expect(late).to.deep.equal([]);
  });

  it("is put off by a newer token on the same connection", async () => {
    const claims = { role: "staff" as const, sub: "ann" };
    const first = await clinic.tokenFor(claims, 2_000);
    const [socket, other] = await Promise.all([clinic.connectAs(first), clinic.connectAs(first)]);
    await socket.subscribe(someDay);

    socket.send({ action: "authenticate", token: await clinic.tokenFor(claims, 60_000) });
    const answer = await socket.next();

    expect(answer).to.deep.include({ type: "authenticated", role: "staff" });
    expect(await other.closed()).to.equal(1008);
    socket.send({ action: "ping" });
    expect((await socket.next()).type).to.equal("pong");
    await clinic.restAs(staffToken).bookNew((await clinic.restAs(staffToken).addDoctor()).id, someDay);
    await socket.nextQueue("update");
    await socket.close();
  });

  it("ends a connection that sends no token in time, and says why", async () => {
    const impatient = await Clinic.openWithRealtime({ AUTH_SECRET: secret, AUTHENTICATE_TIMEOUT_MS: 500 });
    const socket = await impatient.connect();
    const reason = new Promise((resolve) => {
      socket.ws.on("close", (_code, text: Buffer) => resolve(text.toString()));
    });

    socket.send({ action: "subscribe", date: someDay });

    expect((await socket.nextError()).code).to.equal("unauthenticated");
    expect(await socket.closed()).to.equal(1008);
    expect(await reason).to.equal("Not authenticated in time");
    await impatient.close();
  });
});
