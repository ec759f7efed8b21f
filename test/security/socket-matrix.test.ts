import { expect } from "chai";
import type { Queue } from "../../contract/websocket/queue.ts";
import { someDay } from "../support/clinic.ts";
import { System } from "../support/system.ts";
import { eventually } from "../support/eventually.ts";
import { Provider } from "../support/provider.ts";
import type { Socket } from "../support/socket.ts";
import { secret, tokenFor } from "../support/tokens.ts";
import { upgrade } from "../support/upgrade.ts";
import { Callers, everyCaller, known, strangers, type Caller, type Known } from "./callers.ts";

/** What a subscription shows, or the code of the error that it is answered with. */
type Sight = "all" | "own section" | "other section" | "tickets" | "own appointment" | "nothing" | Refused;
type Refused = "forbidden" | "invalid_doctor_id";

const views = ["", "staff", "doctor", "public", "patient"] as const;
const sections = ["every", "own", "other"] as const;

type Three = readonly [every: Sight, own: Sight, other: Sight];
type Row = Record<(typeof views)[number], Three>;

const no: Three = ["forbidden", "forbidden", "forbidden"];
const tickets: Three = ["tickets", "tickets", "tickets"];
const ofStaff: Row = {
  "": ["all", "own section", "other section"],
  staff: ["all", "own section", "other section"],
  doctor: ["invalid_doctor_id", "own section", "other section"],
  public: tickets,
  patient: no,
};
const ofDoctor: Three = ["own section", "own section", "forbidden"];
const ofPatient: Three = ["own appointment", "own appointment", "nothing"];
const nothing: Row = { "": no, staff: no, doctor: no, public: no, patient: no };

/** For whom the token says, by view and by `doctor_id`: none, the doctor's own or of the own patient, another's. */
const rows: Record<Known, Row> = {
  manager: ofStaff,
  operator: nothing,
  kiosk: nothing,
  staff: ofStaff,
  "provider's staff": ofStaff,
  "service read": ofStaff,
  doctor: { "": ofDoctor, staff: no, doctor: ofDoctor, public: tickets, patient: no },
  screen: { "": tickets, staff: no, doctor: no, public: tickets, patient: no },
  patient: { "": ofPatient, staff: no, doctor: no, public: no, patient: ofPatient },
  "service book": nothing,
  "service check_in": nothing,
  service: nothing,
};

describe("who may watch what", () => {
  let provider: Provider;
  let clinic: System;
  let callers: Callers;
  before(async () => {
    provider = await Provider.open();
    clinic = await System.open({
      AUTH_SECRET: secret,
      ...provider.settings,
      MAX_SUBSCRIBES_PER_SECOND: 10_000,
      MAX_MESSAGES_PER_SECOND: 10_000,
    });
    callers = await Callers.open(clinic, provider);
    const staff = clinic.restAs(await tokenFor({ role: "staff" }));
    for (const { patientId, doctorId } of callers.patients) await staff.book(patientId, doctorId, someDay);
    // What the api has revoked the realtime process knows soon.
    for (const stranger of ["signed out", "revoked screen"] as const) {
      const token = (await callers.token(stranger)) ?? "";
      await eventually(async () => expect((await upgradeWith(token)).status).to.equal(401), 1_000);
    }
  });
  after(async () => {
    await Promise.all([clinic?.close(), provider?.goDown()]);
  });

  const upgradeWith = (token: string) => upgrade(clinic.socketUrl, { authorization: `Bearer ${token}` });
  const connect = async (caller: Caller): Promise<Socket> => {
    const token = await callers.token(caller);
    return token === undefined ? clinic.connect() : clinic.connectAs(token);
  };

  for (const caller of known) {
    it(`is told as it should be to ${caller}`, async () => {
      const cells = views.flatMap((view) => sections.map((section) => ({ view, section })));
      const socket = await connect(caller);

      const found: string[] = [];
      for (const { view, section } of cells) {
        const doctor_id = section === "every" ? undefined : callers[section].doctorId;
        socket.send({ action: "subscribe", date: someDay, ...(view && { view }), doctor_id });
        found.push(`${view}, ${section}: ${await seen(socket, callers)}`);
      }
      socket.send({ action: "ping" });
      const { type: pong } = await socket.next();
      socket.send({ action: "unsubscribe" });
      const { type: unsubscribed } = await socket.next();
      await socket.close();

      const expected = cells.map(
        ({ view, section }) => `${view}, ${section}: ${rows[caller][view][sections.indexOf(section)]}`,
      );
      expect(found).to.deep.equal(expected);
      expect([pong, unsubscribed]).to.deep.equal(["pong", "unsubscribed"]);
    });
  }

  it("is told after `authenticate` as after a token in the upgrade", async () => {
    for (const caller of known) {
      const socket = await clinic.connect();
      socket.send({ action: "authenticate", token: await callers.token(caller) });
      // What comes at once rests on the token that is being checked.
      socket.send({ action: "subscribe", date: someDay });

      const answer = await socket.next();
      const sight = await seen(socket, callers);
      await socket.close();

      const role = caller === "provider's staff" ? "staff" : caller.split(" ")[0];
      expect(answer).to.deep.include({ type: "authenticated", role });
      expect(sight, caller).to.equal(rows[caller][""][0]);
    }
  });

  it("is told to nobody who did not authenticate, and says that it is alive to everybody", async () => {
    const socket = await connect("nobody");

    const found: string[] = [];
    for (const view of views) {
      socket.send({ action: "subscribe", date: someDay, ...(view && { view }) });
      found.push((await socket.nextError()).code);
    }
    socket.send({ action: "ping" });
    const { type: pong } = await socket.next();
    socket.send({ action: "unsubscribe" });
    const { type: unsubscribed } = await socket.next();
    await socket.close();

    expect(found).to.deep.equal(views.map(() => "unauthenticated"));
    expect([pong, unsubscribed]).to.deep.equal(["pong", "unsubscribed"]);
  });

  for (const stranger of strangers) {
    it(`refuses ${stranger} at the upgrade, and ends who authenticates with it`, async () => {
      const token = (await callers.token(stranger)) ?? "";

      const { status, headers, body } = await upgradeWith(token);
      const socket = await clinic.connect();
      socket.send({ action: "authenticate", token });
      socket.send({ action: "subscribe", date: someDay });
      const { code } = await socket.nextError();
      const closeCode = await socket.closed();

      expect([status, body?.error]).to.deep.equal([401, "Unauthorized"]);
      expect(headers["www-authenticate"]).to.match(/^Bearer/);
      expect([code, closeCode, socket.waiting]).to.deep.equal(["unauthenticated", 1008, []]);
    });
  }

  it("is expected of every caller", () => {
    expect([...Object.keys(rows), ...strangers, "nobody"]).to.have.members([...everyCaller]);
  });

  it("does not change hands: another's token is refused, and the subscription goes on", async () => {
    const socket = await connect("patient");
    socket.send({ action: "subscribe", date: someDay });
    await socket.nextQueue("snapshot");

    socket.send({ action: "authenticate", token: await callers.token("staff") });
    const toStaff = await socket.nextError();
    // Of somebody whom a provider calls the same, with another patient's data.
    const { patientId: patient_id } = callers.other;
    const token = await tokenFor({ role: "patient", patient_id, sub: callers.own.patientId });
    socket.send({ action: "authenticate", token });
    const toAnother = await socket.nextError();
    socket.send({ action: "subscribe", date: someDay });
    const sight = await seen(socket, callers);
    await socket.close();

    expect([toStaff.code, toAnother.code, sight]).to.deep.equal(["forbidden", "forbidden", "own appointment"]);
  });

  it("ends when the token does, also without a message", async () => {
    const socket = await clinic.connectAs(await tokenFor({ role: "staff" }, 2_000));
    await socket.subscribe(someDay);

    expect(await socket.closed()).to.equal(1008);
  });
});

/** What the answer to a subscription shows, by whose words are in it. */
async function seen(socket: Socket, { own, neighbour, other }: Callers): Promise<Sight> {
  const message = await socket.next();
  if (message.type === "error") return message.code as Refused;
  const { data } = message as { data: Queue };
  const text = JSON.stringify(data);
  const shown = [own, neighbour, other].map(({ secrets }) => secrets.some((secret) => text.includes(secret)));
  const patients = data.doctors.flatMap(({ appointments }) => appointments.map(({ patient }) => patient));
  const sights: Record<string, Sight> = {
    "true true true": "all",
    "true true false": "own section",
    "false false true": "other section",
    "true false false": "own appointment",
    "false false false": patients.length === 0 ? "nothing" : "tickets",
  };
  const sight = sights[shown.join(" ")];
  if (!sight) throw new Error(`nobody may see ${text}`);
  const bare = { id: null, phone: null, age: null, gender: null };
  if (sight === "tickets") for (const patient of patients) expect(patient).to.include(bare);
  return sight;
}
