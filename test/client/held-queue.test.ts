import { expect } from "chai";
import { applyDelta } from "../../client/held-queue.ts";
import type * as wire from "../../client/wire.ts";
import { Random } from "../faults/random.ts";
import { nextDay, someDay } from "../support/clinic.ts";
import { sectionHead } from "../support/made-section.ts";
import { epoch, otherEpoch } from "../support/queue-changes.ts";

type Queue = wire.Queue<"patient">;
type Section = wire.Section<"patient">;
type Delta = wire.Delta<"patient">;

describe("the queue that a client holds", () => {
  const section = (id: string, name = `Dr. ${id}`, total = 1): Section => ({
    ...sectionHead(id, name),
    total_appointments: total,
    appointments: [],
  });
  const queueAt = (revision: number, doctors: Section[]): Queue => ({
    date: someDay,
    epoch,
    revision,
    changed_at: new Date(revision * 1_000).toISOString(),
    total_appointments: doctors.reduce((sum, { total_appointments }) => sum + total_appointments, 0),
    total_doctors: doctors.length,
    doctors,
    timestamp: new Date(revision * 1_000 + 1).toISOString(),
  });
  /** What leads from one queue to another. */
  const deltaTo = (queue: Queue, from: Queue): Delta => ({
    ...queue,
    from_revision: from.revision,
    doctors: queue.doctors.filter((section) => !from.doctors.includes(section)),
    removed_doctors: from.doctors
      .map(({ doctor }) => doctor.id)
      .filter((id) => queue.doctors.every(({ doctor }) => doctor.id !== id)),
  });

  it("becomes the new state by a delta: sections changed, added and removed, and the totals", () => {
    const held = queueAt(1, [section("1"), section("2"), section("3")]);
    const fresh = queueAt(4, [section("0"), section("1"), section("3", "Dr. 3", 7)]);

    const result = applyDelta(held, deltaTo(fresh, held));

    expect(result).to.deep.equal(fresh);
    expect(held.doctors.map(({ doctor }) => doctor.id)).to.deep.equal(["1", "2", "3"]);
  });

  it("keeps the server's order: by name, then id, code point by code point", () => {
    // The last two are in the other order where UTF-16 is compared.
    const names = ["", "A", "AA", "B", "a", "Ä", "\u{ff5a}", "\u{1f600}"];
    const sections = [...names.map((name, n) => section(`${9 - n}`, name)), section("99", "\u{1f600}")];
    const held = queueAt(1, []);
    for (const given of [sections, sections.toReversed()]) {
      const result = applyDelta(held, deltaTo(queueAt(2, given), held));

      expect(result?.doctors.map(({ doctor }) => doctor.name)).to.deep.equal([...names, "\u{1f600}"]);
      expect(result?.doctors.map(({ doctor }) => doctor.id).slice(-2)).to.deep.equal(["2", "99"]);
    }
  });

  it("moves a section whose doctor was renamed", () => {
    const held = queueAt(1, [section("1"), section("2")]);

    const result = applyDelta(held, { ...deltaTo(held, held), revision: 2, doctors: [section("1", "Z")] });

    expect(result?.doctors.map(({ doctor }) => doctor.id)).to.deep.equal(["2", "1"]);
  });

  const strangers: [string, Partial<Delta>][] = [
    ["another date", { date: nextDay }],
    ["another history", { epoch: otherEpoch }],
    ["an earlier state", { from_revision: 0 }],
    ["a later state", { from_revision: 2 }],
  ];
  for (const [what, fields] of strangers) {
    it(`does not take a delta of ${what}`, () => {
      const held = queueAt(1, [section("1")]);

      expect(applyDelta(held, { ...deltaTo(queueAt(3, []), held), ...fields })).to.equal(undefined);
    });
  }

  it("is what a snapshot would be, after any course of changes", () => {
    const random = new Random(20_251_117);
    let queue = queueAt(0, []);
    let held: Queue | undefined = queue;
    for (let revision = 1; revision <= 500; revision++) {
      const sections = new Map(queue.doctors.map((section) => [section.doctor.id, section]));
      for (let changes = random.between(0, 3); changes > 0; changes--) {
        const id = random.pick(["a", "b", "c", "d", "e"]);
        if (random.next() < 0.3) sections.delete(id);
        else sections.set(id, section(id, `Dr. ${id}`, random.between(1, 20)));
      }
      const before: Queue = queue;
      queue = queueAt(
        revision,
        [...sections.values()].toSorted((one, other) => (one.doctor.id < other.doctor.id ? -1 : 1)),
      );
      held = held && applyDelta(held, deltaTo(queue, before));
      expect(held).to.deep.equal(queue);
    }
  });
});
