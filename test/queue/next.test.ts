import { once } from "node:events";
import { request } from "node:http";
import { expect } from "chai";
import { Clinic } from "../support/clinic.ts";
import { Rest, type Answer } from "../support/rest.ts";

const callers = 50;
const rooms = 5;
const waiting = 20;

describe("50 callers who press next at once, in 5 rooms of one service", () => {
  let clinic: Clinic;
  let desk: Rest;
  let today: string;
  let service: string;
  let roomIds: string[];
  let headers: Record<string, string>[];
  before(async () => {
    clinic = await Clinic.openWithSignIn({ daily_capacity: 100 });
    desk = clinic.restAs(await clinic.tokenFor({ role: "staff" }));
    today = await desk.today();
    const tokens = await Promise.all(Array.from({ length: callers }, () => clinic.tokenFor({ role: "staff" })));
    headers = tokens.map((token) => ({ authorization: `Bearer ${token}` }));
  });
  beforeEach(async () => {
    service = (await desk.addDoctor({ kind: "service" })).id;
    const made = await clinic.sql<{ id: string }[]>`
      insert into rooms (name) select left(${service}, 8) || ' ' || n from generate_series(1, ${rooms}::integer) n returning id
    `;
    roomIds = made.map(({ id }) => id);
    for (let n = 0; n < waiting; n++) {
      const { id, patientId } = await desk.bookNew(service, today);
      await desk.checkIn(id, patientId);
    }
  });
  after(() => clinic.close());

  const path = () => `/api/v1/doctors/${service}/queue/next`;
  const press = (caller: number, key?: string): Promise<Answer> =>
    new Rest(clinic.address, headers[caller]).post(
      path(),
      { after: null, room_id: roomIds[caller % rooms] },
      key === undefined ? {} : { "idempotency-key": key },
    );
  const all = (each: (caller: number) => Promise<Answer>): Promise<Answer[]> =>
    Promise.all(Array.from({ length: callers }, (_, caller) => each(caller)));
  /** Sends the same, and is gone before the answer comes. */
  async function pressAndLose(caller: number, key: string): Promise<void> {
    const sent = request(clinic.address + path(), {
      method: "POST",
      headers: { ...headers[caller], "content-type": "application/json", "idempotency-key": key },
    });
    sent.on("error", () => {});
    sent.end(JSON.stringify({ after: null, room_id: roomIds[caller % rooms] }));
    await once(sent, "finish");
    sent.destroy();
  }
  async function calledOf(): Promise<string[]> {
    const rows = await clinic.sql<{ id: string }[]>`
      select appointment_id as id from transitions where doctor_id = ${service} and action = 'call_next'
    `;
    return rows.map(({ id }) => id).toSorted();
  }
  function expectFiveCalls(answers: Answer[]): string[] {
    expect(new Set(answers.map(({ status }) => status))).to.deep.equal(new Set([200]));
    const perRoom = roomIds.map(
      (_, room) =>
        new Set(answers.filter((_, caller) => caller % rooms === room).map(({ body }) => body.appointment.id)),
    );
    expect(perRoom.map(({ size }) => size)).to.deep.equal(Array(rooms).fill(1));
    const patients = new Set(answers.map(({ body }) => body.appointment.patient_id));
    expect(patients.size).to.equal(rooms);
    return perRoom.flatMap((one) => [...(one as Set<string>)]).toSorted();
  }

  it("call five patients, each once", async () => {
    const answers = await all((caller) => press(caller));

    const called = expectFiveCalls(answers);
    expect(answers.filter(({ body }) => !body.repeated)).to.have.length(rooms);
    expect(await calledOf()).to.deep.equal(called);
  });

  it("call five patients, each once, though answers are lost and calls are sent again", async () => {
    const keyOf = (caller: number) => `key ${caller}`;
    const lost = Array.from({ length: callers }, (_, caller) => caller).filter((caller) => caller % 2 === 0);
    const losing = Promise.all(lost.map((caller) => pressAndLose(caller, keyOf(caller))));

    const answers = await all((caller) => press(caller, keyOf(caller)));
    await losing;
    const again = await all((caller) => press(caller, keyOf(caller)));

    const called = expectFiveCalls(answers);
    expect(expectFiveCalls(again)).to.deep.equal(called);
    expect(again.filter(({ body }) => !body.repeated)).to.deep.equal([]);
    expect(await calledOf()).to.deep.equal(called);
  });

  it("call nobody a second time after an undo between click and second click", async () => {
    const answers = await all((caller) => press(caller, `first ${caller}`));
    const called = expectFiveCalls(answers);
    const calls = answers.filter(({ body }) => !body.repeated);
    expect(calls).to.have.length(rooms);
    for (const { body } of calls) {
      const url = `/api/v1/appointments/${body.appointment.id}/transitions/undo`;
      expect((await desk.post(url, { transition: body.transition.id })).status).to.equal(200);
    }

    const second = await all((caller) => press(caller));
    const sameKey = await Promise.all(
      answers.flatMap(({ body }, caller) => (body.repeated ? [] : press(caller, `first ${caller}`))),
    );

    expect(new Set(second.map(({ status, body }) => `${status} ${body.error}`))).to.deep.equal(new Set(["409 Stale"]));
    for (const { body } of second) expect(body.details.place).to.include({ appointment_id: null });
    expect(sameKey.map(({ status, body }) => `${status} ${body.repeated}`)).to.deep.equal(
      Array(rooms).fill("200 true"),
    );
    expect(await calledOf()).to.deep.equal(called);
  });
});
