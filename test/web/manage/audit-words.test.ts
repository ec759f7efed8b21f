import { expect } from "chai";
import { queryOf, type AuditEvent } from "../../../web/manage/audit/audit-filter.ts";
import { describeActor, describeEvent } from "../../../web/manage/audit/describe-event.ts";
import { de } from "../../../web/manage/words/de.ts";
import { en } from "../../../web/manage/words/en.ts";
import { languages, Words } from "../../../web/shared/words/words.ts";

const [english, german] = languages;
if (!english || !german) throw new Error("There are two languages");
const inEnglish = new Words<typeof en>(english, en);
const inGerman = new Words<typeof en>(german, de);
const doctor = { id: "doctor-1", name: "Dr. Smith" } as never;
const lists = { doctors: [doctor], rooms: [], areas: [] };
const event = (fields: Partial<AuditEvent>): AuditEvent => ({
  id: 1,
  at: "2026-11-22T08:15:00.000Z",
  action: "insert",
  entity: null,
  entity_id: null,
  actor: null,
  actor_role: "staff",
  actor_name: "desk",
  session_id: null,
  address: null,
  request_id: null,
  before: null,
  after: null,
  ...fields,
});

describe("an event of the audit trail", () => {
  it("is told in a sentence, with the names that it has or that are known", () => {
    const booked = event({
      entity: "appointments",
      after: { doctor_id: "doctor-1", ticket: "A7", date: "2026-11-23", patient_id: "patient-1" },
    });
    const called = event({
      action: "call_next",
      entity: "appointments",
      after: { summary: "A7 was called to room 3, as the next" },
    });
    const changed = event({ action: "update", entity: "clinics", after: { daily_capacity: 12 } });
    const day = event({ entity: "doctor_days", entity_id: "doctor-1 2026-11-23" });

    expect(describeEvent(booked, lists, inEnglish)).to.equal("gave out the ticket A7 with Dr. Smith for Mon 23 Nov");
    expect(describeEvent(called, lists, inGerman)).to.equal("hat A7 als Nächstes aufgerufen");
    expect(describeEvent(changed, lists, inEnglish)).to.equal("changed settings: Bookings a doctor takes a day");
    expect(describeEvent(day, lists, inEnglish)).to.equal("set the day of Dr. Smith on Mon 23 Nov");
  });

  it("tells a refusal, and what it does not know as it is", () => {
    const refused = event({ action: "refuse", entity: "GET /api/v1/audit", after: { reason: "Only staff", times: 3 } });
    const unknown = event({ action: "paint", entity: "walls" });

    expect(describeEvent(refused, lists, inEnglish)).to.equal("was refused GET /api/v1/audit 3 times: Only staff");
    expect(describeEvent(unknown, lists, inEnglish)).to.equal("did: paint walls");
  });

  it("names nobody where the trail does not", () => {
    const erased = event({ action: "update", entity: "patients", entity_id: "patient-1" });

    expect(describeEvent(erased, lists, inEnglish)).to.equal("changed a patient");
    expect(describeActor(event({ actor_name: null, actor_role: "patient" }), inEnglish)).to.equal("A patient");
    expect(describeActor(event({ actor_name: null, actor_role: "anybody" }), inEnglish)).to.include("not signed in");
  });
});

describe("the days of an audit filter", () => {
  it("are whole: the last one belongs to it", () => {
    const sought = { who: " desk ", kind: "bookings", subject: null, from: "2026-11-22", until: "2026-11-22" } as const;

    expect(queryOf(sought, "UTC")).to.deep.equal({
      actor: "desk",
      entity: "appointments",
      action: "insert",
      from: "2026-11-22T00:00:00.000Z",
      to: "2026-11-23T00:00:00.000Z",
    });
  });

  it("begin and end by the clinic's clocks, also where these are changed on that day", () => {
    const sought = { who: "", kind: "", subject: null, from: "2026-03-29", until: "2026-03-29" } as const;

    expect(queryOf(sought, "Europe/Berlin")).to.deep.equal({
      from: "2026-03-28T23:00:00.000Z",
      to: "2026-03-29T22:00:00.000Z",
    });
  });
});
