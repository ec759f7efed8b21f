import { expect } from "chai";
import type { Transition } from "../../../contract/transition.ts";
import { tellOther } from "../../../web/doctor/deeds/tell-call.ts";
import { cannedNotices } from "../../../web/doctor/day/canned-notices.ts";
import { tellBirth, tellNeeds, tellStage, tellWhy, yearsBetween } from "../../../web/doctor/patient/facts.ts";
import type { Row } from "../../../web/doctor/work/work.ts";
import { ClinicTime } from "../../../web/shared/times/clinic-time.ts";
import { entryStageOf } from "../../../web/shared/live/entry-stage.ts";
import { appointment, germanWords, section, words } from "./made-queue.ts";

const telling = { words, time: new ClinicTime("UTC"), now: new Date("2026-11-23T10:00:00Z") };
const row = (...made: Parameters<typeof appointment>): Row => {
  const one = appointment(...made);
  return { appointment: one, section: section("smith", [one]), stage: entryStageOf(one) };
};
/** Without the marks that keep a name from turning the sentence around it. */
const plain = (text: string): string => text.replace(/[\u2068\u2069]/g, "");

const step = (fields: Partial<Transition>): Transition => ({
  id: "1",
  action: "call_next",
  from_stage: "waiting",
  to_stage: "called",
  actor: { id: null, role: "doctor", name: "dr.ng" },
  place: null,
  reason: null,
  facts: null,
  undoes: null,
  at: "2026-11-23T09:30:00Z",
  ...fields,
});
const facts = {
  turn_at: "2026-11-23T09:20:00Z",
  starts_at: null,
  checked_in_at: "2026-11-23T09:12:00Z",
  priority: 0,
  policy: "appointment",
} as const;

describe("what is told of a patient", () => {
  it("how they stand, and since when", () => {
    const tell = (queue: object | null, fields = {}) => plain(tellStage(row("A1", { queue, ...fields }), telling));

    expect(tell({})).to.equal("waits 48 min");
    expect(tell({ stage: "called", called_at: "2026-11-23T09:57:30Z", call_count: 1 })).to.equal("called 2 min ago");
    expect(tell({ stage: "called", called_at: "2026-11-23T09:57:30Z", call_count: 2 })).to.equal(
      "called 2 times, first 2 min ago",
    );
    expect(tell({ stage: "in_consultation", started_at: "2026-11-23T09:46:00Z" })).to.equal("with you for 14 min");
    expect(tell({ stage: "on_hold", hold_reason: "Blood test" })).to.equal("on hold: Blood test");
    expect(tell(null, { mode: "phone" })).to.equal("booked 09:20, by phone");
    expect(tell(null, { ends_at: "2026-11-23T09:40:00Z" })).to.equal("booked 09:20–09:40");
  });

  it("why they are here now: urgency first, who sent them, and whom they passed", () => {
    const passed_over = [
      { ticket: "A4", why: "elsewhere" as const, with: "Dr. Ng" },
      { ticket: "A2", why: "on_hold" as const },
    ];
    const history = [
      step({ id: "1", action: "prioritise", reason: "in pain" }),
      step({ id: "2", action: "transfer", reason: "see the rash" }),
      step({ id: "3", facts: { ...facts, passed_over } }),
    ];
    const called = row("A1", { queue: { stage: "called", priority: 1 } });

    expect(tellWhy(called, history, telling).map(plain)).to.deep.equal([
      "Urgent: in pain",
      "booked 09:20, here 09:12",
      "sent on by dr.ng: see the rash",
      "before A4, who is with Dr. Ng",
      "before A2, on hold",
    ]);
  });

  it("nothing of a step that was taken back", () => {
    const history = [step({ id: "1", action: "transfer" }), step({ id: "2", action: "undo", undoes: "1" })];

    expect(tellWhy(row("A1"), history, telling).map(plain)).to.deep.equal(["booked 09:20, here 09:12"]);
  });

  it("whether they had an appointment, with a time or without", () => {
    const tell = (fields: object) => tellWhy(row("A1", fields), [], telling).map(plain);

    expect(tell({ source: "walk_in" })).to.deep.equal(["walk-in, here 09:12"]);
    expect(tell({ starts_at: null })).to.deep.equal(["booked without a time, here 09:12"]);
  });

  it("when they were born, and what they need, in the language of the page", () => {
    const cajal = row("A1", {
      patient: { birth_date: "1974-11-24", needs: { fetch: true, interpreter: true, language: "es", other: "deaf" } },
    });

    expect(plain(tellBirth(cajal, "2026-11-23", words))).to.equal("born 24 November 1974, 51 years old");
    expect(plain(tellBirth(cajal, "2026-11-23", germanWords))).to.equal("geb. 24. November 1974, 51 Jahre");
    expect(tellNeeds(cajal, words).map(plain)).to.deep.equal(["fetch in person", "interpreter (Spanish)", "deaf"]);
    expect(tellBirth(row("A2"), "2026-11-23", words)).to.equal("birth date not known");
    expect(yearsBetween("1974-11-23", "2026-11-23")).to.equal(52);
  });
});

describe("a call that went to somebody else", () => {
  const called = { id: "B9", ticket: "B9" };
  const expected = { appointment_id: "A5", ticket: "A5" };
  const answer = (appointment: object | null, more: object = {}) =>
    ({ appointment, transition: step({ facts: { ...facts, passed_over: [], ...more } }) }) as never;
  const tell = (...given: Parameters<typeof tellOther>) => plain(tellOther(...given) ?? "");

  it("says so, and why; one that went as the button said says nothing", () => {
    expect(tell(answer(called), expected, false, words)).to.equal("B9 was called, not A5.");
    expect(tell(answer(called, { priority: 2 }), expected, false, words)).to.include("an emergency goes first");
    const passed_over = [{ ticket: "A5", why: "elsewhere", with: "Dr. Ng" }];
    expect(tell(answer(called, { passed_over }), expected, false, words)).to.include("because A5 is with Dr. Ng");
    expect(tell(answer(null), expected, true, words)).to.equal("Nobody was waiting any more.");
    expect(tellOther(answer({ id: "A5", ticket: "A5" }), expected, false, words)).to.equal(undefined);
    expect(tellOther(answer(null), undefined, true, words)).to.equal(undefined);
  });
});

describe("the canned notices", () => {
  it("are chosen in the language of the page and read in those of the clinic, within what a notice may have", () => {
    const [late] = cannedNotices("de", ["en-GB", "fr", "de"]);

    expect(late).to.deep.equal({
      label: "Etwa 15 Minuten später",
      text: "About 15 minutes late / Etwa 15 Minuten später",
    });
    expect(cannedNotices("de", ["fr"])[0]?.text).to.equal("Etwa 15 Minuten später");
    for (const { text } of cannedNotices("en", ["en", "de"])) expect(text.length).to.be.at.most(120);
  });
});
