import { expect } from "chai";
import type { Queue, StaffAppointment } from "../../../client/queue-client.ts";
import { findAttention } from "../../../web/desk/attention/find-attention.ts";
import { isEarly } from "../../../web/desk/deeds/is-early.ts";
import { findNews } from "../../../web/desk/find-news.ts";
import type { StaffSection } from "../../../web/desk/found.ts";
import { explainOrder, type OrderedEntry } from "../../../web/desk/panel/order-facts.ts";
import { needsReason, panelActions } from "../../../web/desk/panel/panel-actions.ts";
import { countStages, orderRows } from "../../../web/desk/rows/row-order.ts";
import { en } from "../../../web/desk/words/en.ts";
import { languages, Words } from "../../../web/shared/words/words.ts";
import { Clinic } from "../../support/clinic.ts";

const at = (clock: string): string => `2026-11-23T${clock}:00.000Z`;

function row(ticket: string, stage: string | null, fields: object = {}, name = ticket): StaffAppointment {
  const queue = stage && {
    stage,
    rank: null,
    priority: 0,
    turn_at: at("09:00"),
    checked_in_at: at("09:00"),
    answer: null,
  };
  return {
    appointment_id: ticket,
    ticket,
    slot: 1,
    status: "booked",
    starts_at: null,
    outcome: null,
    patient: { id: `p ${ticket}`, name },
    queue: queue && { ...queue, ...fields },
  } as unknown as StaffAppointment;
}

const queueOf = (...rows: StaffAppointment[]): Queue<"staff"> =>
  ({
    date: "2026-11-23",
    epoch: "e",
    doctors: [
      { doctor: { id: "d", name: "Dr. Ng" }, state: "present", returns_at: null, waiting_count: 1, appointments: rows },
    ],
  }) as unknown as Queue<"staff">;

describe("the rows of a card", () => {
  it("stand in the order in which the desk needs them, those who wait by rank", () => {
    const rows = [
      row("booked", null),
      row("second", "waiting", { rank: 2 }),
      row("served", "served"),
      row("held", "on_hold"),
      row("first", "waiting", { rank: 1 }),
      row("inside", "in_consultation"),
      row("skipped", "skipped"),
      row("called", "called"),
    ];

    expect(orderRows(rows).map(({ ticket }) => ticket)).to.deep.equal([
      "called",
      "inside",
      "first",
      "second",
      "held",
      "skipped",
      "booked",
      "served",
    ]);
    expect(countStages(rows)).to.include({ waiting: 2, booked: 1, served: 1 });
  });
});

describe("the actions of a row's panel", () => {
  it("are those that the database lets staff do", async () => {
    const clinic = await Clinic.open();
    const moves = await clinic.sql<{ action: string; from_stage: string | null }[]>`
      select action, from_stage from legal_moves() where who ~ 'S' and not on_closed_day
    `;
    await clinic.close();
    const legal = new Set(moves.map(({ action, from_stage }) => `${action} ${from_stage ?? "booked"}`));

    for (const [stage, actions] of Object.entries(panelActions)) {
      for (const action of actions) expect(legal, `${action} ${stage}`).to.include(`${action} ${stage}`);
    }
  });

  it("ask for a reason where others are passed over", () => {
    expect(needsReason("call", true)).to.equal(false);
    expect(needsReason("call", false)).to.equal(true);
    expect(needsReason("prioritise", true)).to.equal(true);
    expect(needsReason("hold", false)).to.equal(false);
  });
});

describe("what the desk should look at", () => {
  const now = Date.parse(at("10:30"));

  it("is nothing on a good day", () => {
    const queue = queueOf(
      row("A1", "waiting", { checked_in_at: at("09:31") }),
      row("A2", "called", { called_at: at("10:28") }),
      row("A3", "called", { called_at: at("10:00"), answer: "coming" }),
    );

    expect(findAttention(queue, now)).to.deep.equal([]);
  });

  it("is whoever was called and did not come, is here though skipped, waits longest, and emergencies first", () => {
    const queue = queueOf(
      row("A1", "waiting", { checked_in_at: at("09:10") }),
      row("A2", "waiting", { checked_in_at: at("09:00") }),
      row("A3", "called", { called_at: at("10:27") }),
      row("A4", "skipped", { answer: "here" }),
      row("A5", "waiting", { priority: 2, checked_in_at: at("10:29") }),
    );

    const found = findAttention(queue, now).map((one) => [one.kind, "found" in one ? one.found.row.ticket : ""]);

    expect(found).to.deep.equal([
      ["emergency", "A5"],
      ["here", "A4"],
      ["called", "A3"],
      ["waits", "A2"],
    ]);
  });

  it("is a doctor who is away for longer than was said, while people wait", () => {
    const queue = queueOf(row("A1", "waiting", { checked_in_at: at("10:29") }));
    Object.assign(queue.doctors[0] ?? {}, { state: "away", returns_at: at("10:20") });

    expect(findAttention(queue, now)).to.deep.include({ kind: "overdue", section: queue.doctors[0], minutes: 10 });
  });
});

describe("finding it again after a change", () => {
  it("looks only at the doctor whose section changed, until the minute is over", () => {
    let looks = 0;
    const quiet = queueOf(row("A1", "waiting")).doctors[0];
    const seen = {
      ...quiet,
      get appointments() {
        looks++;
        return quiet?.appointments ?? [];
      },
    } as StaffSection;
    const find = (stage: string, clock: string) => {
      const { doctors } = queueOf(row("B1", stage, { priority: 2 }));
      return findAttention({ doctors: [seen, ...doctors] } as Queue<"staff">, Date.parse(at(clock)));
    };
    find("called", "09:30");
    const first = looks;

    expect(find("waiting", "09:30").map(({ kind }) => kind)).to.deep.equal(["emergency"]);
    expect(looks).to.equal(first);
    expect(find("called", "10:30").map(({ kind }) => kind)).to.include("waits");
  });
});

describe("who waits for a doctor that has gone", () => {
  const rows = [
    row("A1", "waiting"),
    row("A2", "on_hold"),
    row("A3", "called", { called_at: at("10:00") }),
    row("A4", "served"),
  ];

  it("is shown while somebody does, before who was called and did not come", () => {
    for (const state of ["finished", "absent"]) {
      const queue = queueOf(...rows);
      Object.assign(queue.doctors[0] ?? {}, { state });

      const kinds = findAttention(queue, Date.parse(at("10:30"))).map(({ kind }) => kind);

      expect(kinds.slice(0, 2)).to.deep.equal(["stranded", "called"]);
      expect(findAttention(queue, Date.parse(at("10:30")))[0]).to.include({ count: 3 });
    }
  });

  it("is nobody where the doctor is there, or nobody waits", () => {
    const over = queueOf(row("A4", "served"), row("A5", null));
    Object.assign(over.doctors[0] ?? {}, { state: "finished" });

    const kinds = [queueOf(...rows), over].flatMap((queue) => findAttention(queue, Date.parse(at("10:01"))));

    expect(kinds.map(({ kind }) => kind)).not.to.include("stranded");
  });
});

describe("an early check-in", () => {
  it("is one of somebody booked for more than an hour later", () => {
    const booked = (starts_at: string | null): StaffAppointment => ({ ...row("A1", null), starts_at });
    const now = new Date(at("10:30"));

    expect([at("11:31"), at("11:30"), at("09:00"), null].map((starts) => isEarly(booked(starts), now))).to.deep.equal([
      true,
      false,
      false,
      false,
    ]);
    expect(isEarly({ ...row("A1", "left"), starts_at: at("15:00") }, now)).to.equal(false);
  });
});

describe("the news of a queue", () => {
  it("count who came to which stage, and nothing of another date", () => {
    const before = queueOf(row("A1", null), row("A2", "waiting"), row("A3", "waiting"));
    const after = queueOf(row("A1", "waiting"), row("A2", "called"), row("A3", "waiting"), row("A4", null));

    expect(Object.fromEntries(findNews(before, after))).to.deep.equal({ arrived: 1, called: 1, booked: 1 });
    expect(findNews(before, { ...after, date: "2026-11-24" }).size).to.equal(0);
  });

  it("are not what was taken back", () => {
    const called = queueOf(row("A1", "called"), row("A2", "waiting"));
    const back = queueOf(row("A1", "waiting"), row("A2", null));

    expect(findNews(called, back).size).to.equal(0);
  });
});

describe("why somebody stands where they stand", () => {
  const [english] = languages;
  if (!english) throw new Error("There is no English");
  const words = new Words<typeof en>(english, en);
  const facts: OrderedEntry["facts"] = {
    turn_at: at("09:20"),
    starts_at: at("09:20"),
    checked_in_at: at("09:12"),
    priority: 0,
    policy: "appointment",
    passed_over: [],
  };
  const explain = (
    rank: number,
    changed: Partial<OrderedEntry["facts"]>,
    source: StaffAppointment["source"] = "booking",
  ): string =>
    explainOrder(
      { appointment_id: "a", ticket: "A1", rank, facts: { ...facts, ...changed } },
      { source },
      words,
      words.timesAt("UTC"),
    );

  it("is told in sentences", () => {
    expect(explain(1, {})).to.equal("Is next. Booked 09:20, here 09:12.");
    expect(explain(3, { turn_at: at("09:45"), checked_in_at: at("09:45") })).to.equal(
      "Is number 3. Booked 09:20, but here 09:45 only: the arrival counts.",
    );
    expect(explain(1, { starts_at: null })).to.equal("Is next. Booked for the day, without a time; here 09:12.");
    expect(explain(1, { starts_at: null, priority: 2 }, "walk_in")).to.equal(
      "Is next. An emergency goes first. Here 09:12, without an appointment.",
    );
    expect(explain(2, { policy: "arrival" })).to.equal("Is number 2. Here 09:12: who comes first is first.");
    expect(
      explain(1, {
        passed_over: [
          { ticket: "A4", why: "elsewhere", with: "Dr. Ng" },
          { ticket: "A5", why: "on_hold" },
        ],
      }),
    ).to.include("A4 is with Dr. Ng at the moment. A5 is on hold and may return.");
  });
});
