import { expect } from "chai";
import { serverMessageIn, type ServerMessage } from "../../contract/websocket/server-message.ts";
import { askableViews, type AskedView } from "../../contract/websocket/view.ts";
import { Clinic, someDay } from "../support/clinic.ts";
import type { Rest } from "../support/rest.ts";

describe("the messages of the realtime process", () => {
  let clinic: Clinic;
  let staff: Rest;
  let today: string;
  let tokens: Record<AskedView, string>;
  let doctorId: string;
  before(async () => {
    clinic = await Clinic.openWithSignIn();
    staff = clinic.restAs(await clinic.tokenFor({ role: "staff" }));
    today = await staff.today();

    const manager = clinic.restAs(await clinic.tokenFor({ role: "manager" }));
    const { body: area } = await manager.post("/api/v1/areas", { name: "Hall" });
    const { body: room } = await manager.post("/api/v1/rooms", { name: "3", area_id: area.id });
    const specialist = await staff.addDoctor({ specialty: "Cardiology", room_id: room.id });
    const generalist = await staff.addDoctor();
    const known = await staff.addPatient();
    const bare = await staff.addPatient({ age: null, gender: null });
    const erased = await staff.addPatient();
    for (const patient of [known, erased]) {
      const { id } = await staff.book(patient.id, specialist.id, today, { time_slot: 9 });
      await staff.checkIn(id, patient.id);
    }
    for (const patient of [known, bare]) await staff.book(patient.id, generalist.id, today);
    await staff.delete(`/api/v1/patients/${erased.id}`);
    doctorId = specialist.id;
    tokens = {
      staff: await clinic.tokenFor({ role: "staff" }),
      doctor: await clinic.tokenFor({ role: "doctor", doctor_id: specialist.id }),
      public: await clinic.tokenFor({ role: "screen", screen_id: specialist.id }),
      patient: await clinic.tokenFor({ role: "patient", patient_id: known.id }),
    };
  });
  after(() => clinic.close());

  for (const view of askableViews) {
    it(`are what the contract says, field by field, in the ${view} view`, async () => {
      const schema = serverMessageIn(view);
      const kinds = new Set<string>();
      const socket = await clinic.connect();
      const hear = async (): Promise<ServerMessage> => {
        const message = await socket.next();
        // Parsing leaves out the fields that the contract does not have.
        expect(schema.parse(message)).to.deep.equal(message);
        kinds.add(message.type);
        return message;
      };
      const ask = async (request: object): Promise<ServerMessage> => {
        socket.send(request);
        return hear();
      };
      const present = async (is_present: boolean) =>
        staff.post(`/api/v1/doctors/${doctorId}/availability`, { date: today, is_present });

      try {
        await ask({});
        await ask({ action: "subscribe" });
        await ask({ action: "subscribe", date: today });
        await ask({ action: "authenticate", token: tokens[view] });
        await ask({ action: "ping" });
        expect(sectionsIn(await ask({ action: "subscribe", date: someDay, view }))).to.equal(0);
        const full = await ask({ action: "subscribe", date: today, view, mode: "delta" });
        await present(false);
        const delta = await hear();
        await ask({ action: "subscribe", date: today, view });
        await present(true);
        await hear();
        await ask({ action: "unsubscribe" });

        expect(sectionsIn(full)).to.equal(view === "doctor" ? 1 : 2);
        expect(sectionsIn(delta)).to.equal(1);
        expect([...kinds].toSorted()).to.deep.equal(everyKind);
      } finally {
        await socket.close();
      }
    });
  }
});

const everyKind: ServerMessage["type"][] = [
  "authenticated",
  "delta",
  "error",
  "pong",
  "snapshot",
  "unsubscribed",
  "update",
];

const sectionsIn = (message: ServerMessage): number | undefined =>
  "data" in message ? message.data.doctors.length : undefined;
