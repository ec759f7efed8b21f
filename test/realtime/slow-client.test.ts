import { expect } from "chai";
import { Clinic, socketUrl, someDay, startRealtime } from "../support/clinic.ts";
import { Socket } from "../support/socket.ts";

const changes = 300;

describe("a slow client", () => {
  let clinic: Clinic;
  before(async () => {
    clinic = await Clinic.open({ daily_capacity: 20 });
    const doctor = await clinic.rest.addDoctor();
    const patient = await clinic.rest.addPatient({ name: "N".repeat(200) });
    for (let n = 0; n < 20; n++) await clinic.rest.book(patient.id, doctor.id, someDay);
  });
  after(() => clinic.close());

  /** Changes the date. @returns its revision. */
  async function change(n: number): Promise<number> {
    await clinic.sql`update patients set age = ${n % 90} where clinic_id = ${clinic.id}`;
    const [day] = await clinic.sql<[{ revision: number }]>`
      select revision from clinic_days where (clinic_id, date) = (${clinic.id}, ${someDay})
    `;
    return day.revision;
  }

  /** Changes the date again and again. @returns its last revision. */
  async function changeOften(): Promise<number> {
    let last = 0;
    for (let n = 0; n < changes; n++) last = await change(n);
    return last;
  }

  it("finds the newest state behind a few old ones, not behind all that buffers hold", async () => {
    const reading = await clinic.watch(someDay);
    const slow = await clinic.watch(someDay);

    slow.ws.pause();
    let last = 0;
    for (let n = 0; n < changes; n++) {
      last = await change(n);
      await reading.queueWhere(({ revision }) => revision === last);
    }
    slow.ws.resume();
    let old = 0;
    await slow.queueWhere(({ revision }) => ++old > 0 && revision === last);

    expect(old).to.be.lessThan(changes / 4);
    await Promise.all([reading.close(), slow.close()]);
  });

  it("that answers no pings gets the last state all the same", async () => {
    const silent = await Socket.open(clinic.socketUrl, { autoPong: false });
    await silent.subscribe(someDay);

    const last = await changeOften();

    expect((await silent.queueWhere(({ revision }) => revision === last)).revision).to.equal(last);
    await silent.close();
  });

  it("that stops to confirm gets no more, and is cut off, whatever it says", async () => {
    const realtime = await startRealtime(clinic.databaseUrl, { STALL_TIMEOUT_MS: 2_000 });
    const client = await Socket.open(socketUrl(realtime, clinic.basePath), { autoPong: false });
    let confirms = true;
    client.ws.on("ping", () => confirms && client.ws.pong());
    await client.subscribe(someDay);
    const last = await changeOften();
    await client.queueWhere(({ revision }) => revision === last);

    confirms = false;
    const talk = setInterval(() => client.send({ action: "ping" }), 100);
    await changeOften();

    expect(await client.closed()).to.equal(1006);
    clearInterval(talk);
    const updates = client.waiting.filter(({ type }) => type === "update");
    expect(updates).to.have.length.within(1, 64);
    await realtime.stop();
  });

  it("that keeps up is asked to confirm now and then, and gets every state it has time for", async () => {
    const reading = await clinic.watch(someDay);
    let pings = 0;
    reading.ws.on("ping", () => (pings += 1));

    const last = await changeOften();
    let told = 0;
    await reading.queueWhere(({ revision }) => ++told > 0 && revision === last);

    expect(pings).to.be.within(1, told / 4);
    await reading.close();
  });
});
