import { expect } from "chai";
import { primaryOf } from "../../../web/doctor/deeds/primary.ts";
import { comingAt, workAt, type Row } from "../../../web/doctor/work/work.ts";
import { appointment, section } from "./made-queue.ts";

const smith = { doctorIds: ["smith"], roomId: undefined };
const tickets = (rows: readonly Row[]): string[] => rows.map(({ appointment: { ticket } }) => ticket);
const there = (stage: "called" | "in_consultation", place: string) => ({ stage, rank: null, place_id: place });

describe("the work at a post", () => {
  it("is the own queue in the server's order, with everybody where they stand", () => {
    const own = section("smith", [
      appointment("A2", { queue: { rank: 2 } }),
      appointment("A1", { queue: { rank: 1 } }),
      appointment("A3", { queue: { stage: "on_hold", rank: null } }),
      appointment("A4", { queue: { stage: "skipped", rank: null } }),
      appointment("A5", { queue: null }),
      appointment("A6", { queue: null, mode: "phone" }),
      appointment("A7", { queue: { stage: "served", rank: null } }),
    ]);
    const work = workAt({ doctors: [own, section("ng", [appointment("B1")])] }, smith);

    expect(tickets(work.waiting)).to.deep.equal(["A1", "A2"]);
    expect(work.next?.appointment.ticket).to.equal("A1");
    expect([work.onHold, work.skipped, work.booked, work.remote, work.served].map(tickets)).to.deep.equal([
      ["A3"],
      ["A4"],
      ["A5"],
      ["A6"],
      ["A7"],
    ]);
    expect(work.here).to.equal(undefined);
  });

  it("shows of a doctor's patients the one in the doctor's room, or the one who was chosen", () => {
    const own = section("smith", [
      appointment("A1", { queue: there("in_consultation", "room 4") }),
      appointment("A2", { queue: there("called", "room 3") }),
    ]);

    expect(workAt({ doctors: [own] }, smith).here?.appointment.ticket).to.equal("A2");
    const chosen = workAt({ doctors: [own] }, smith, { shownId: "A1" });
    expect(chosen.here?.appointment.ticket).to.equal("A1");
    expect(tickets(chosen.elsewhere)).to.deep.equal(["A2"]);
  });

  it("is of a service only what is in the own room", () => {
    const lab = section(
      "lab",
      [
        appointment("L1", { queue: there("called", "room 1") }),
        appointment("L2", { queue: there("in_consultation", "room 2") }),
        appointment("L3", { queue: { rank: 1 } }),
      ],
      { kind: "service", room: null },
    );
    const work = workAt({ doctors: [lab] }, { doctorIds: ["lab"], roomId: "room 2" });

    expect(work.here?.appointment.ticket).to.equal("L2");
    expect(work.elsewhere).to.deep.equal([]);
    expect(work.next?.appointment.ticket).to.equal("L3");
  });

  it("calls of several queues whoever's turn is first, an emergency before all, or from the one that is pinned", () => {
    const blood = section("blood", [appointment("B1", { queue: { turn_at: "2026-11-23T09:30:00Z" } })]);
    const shots = section("shots", [appointment("S1", { queue: { turn_at: "2026-11-23T09:25:00Z" } })]);
    const both = { doctorIds: ["blood", "shots"], roomId: "room 1" };

    expect(tickets(workAt({ doctors: [blood, shots] }, both).waiting)).to.deep.equal(["S1", "B1"]);
    expect(workAt({ doctors: [blood, shots] }, both, { pinnedId: "blood" }).next?.appointment.ticket).to.equal("B1");
    const urgent = section("blood", [appointment("B1", { queue: { turn_at: "2026-11-23T09:30:00Z", priority: 2 } })]);
    expect(workAt({ doctors: [urgent, shots] }, both).next?.appointment.ticket).to.equal("B1");
  });

  it("passes over whoever is with a colleague, and tells of an emergency while somebody else is here", () => {
    const own = section("smith", [
      appointment("A1", { queue: { rank: 1 }, patient: { id: "ada" } }),
      appointment("A2", { queue: { rank: 2, priority: 2 } }),
      appointment("A3", { queue: there("in_consultation", "room 3") }),
    ]);
    const ng = section("ng", [appointment("N1", { queue: there("called", "room 1"), patient: { id: "ada" } })]);
    const work = workAt({ doctors: [own, ng] }, smith);

    expect(work.next?.appointment.ticket).to.equal("A2");
    expect(work.emergency?.appointment.ticket).to.equal("A2");
    expect(
      workAt({ doctors: [section("smith", [appointment("A2", { queue: { priority: 2 } })])] }, smith).emergency,
    ).to.equal(undefined);
  });

  it("leaves one thing to do first", () => {
    const one = (stage: "called" | "in_consultation") =>
      workAt(
        { doctors: [section("smith", [appointment("A1", { queue: there(stage, "room 3") })], { state: "away" })] },
        smith,
      );
    const queue = (fields: object) => workAt({ doctors: [section("smith", [appointment("A1")], fields)] }, smith);

    expect(primaryOf(one("called")).name).to.equal("start");
    expect(primaryOf(one("in_consultation")).name).to.equal("done");
    expect(primaryOf(queue({})).name).to.equal("call");
    for (const state of ["away", "finished", "absent"]) expect(primaryOf(queue({ state })).name).to.equal("come-back");
    expect(primaryOf(workAt({ doctors: [section("smith", [])] }, smith)).name).to.equal("nobody");
  });

  it("knows when the next booked patient should come, and who is late", () => {
    const booked = (ticket: string, starts_at: string | null) => appointment(ticket, { queue: null, starts_at });
    const own = section("smith", [
      booked("A1", "2026-11-23T11:15:00Z"),
      booked("A2", "2026-11-23T09:00:00Z"),
      booked("A3", null),
    ]);
    const { booked: rows } = workAt({ doctors: [own] }, smith);

    expect(tickets(rows)).to.deep.equal(["A2", "A1", "A3"]);
    expect(comingAt(rows, new Date("2026-11-23T10:00:00Z"))).to.deep.equal({ next: "2026-11-23T11:15:00Z", late: 1 });
    expect(comingAt([], new Date())).to.deep.equal({ next: undefined, late: 0 });
  });
});
