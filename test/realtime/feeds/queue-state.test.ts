import { expect } from "chai";
import { everything, filterParts } from "../../../realtime/feeds/part-filter.ts";
import { QueueState } from "../../../realtime/feeds/queue-state.ts";
import { someDay } from "../../support/clinic.ts";
import { changesAt, otherEpoch, removedAt, sectionAt } from "../../support/queue-changes.ts";

describe("the state of a date", () => {
  let state: QueueState;
  beforeEach(() => {
    state = new QueueState(someDay);
  });

  const ids = (parts: readonly { doctorId: string }[]): string[] => parts.map(({ doctorId }) => doctorId);

  it("orders sections by the doctor's name, then id, byte by byte in UTF-8", () => {
    // The last two are in the other order where UTF-16 is compared.
    const names = ["A", "Ä", "\u{ff5a}", "\u{1f600}"];
    const sections = names.map((doctorName, n) => sectionAt(1, { doctorId: `${9 - n}`, doctorName }));
    const namesake = sectionAt(1, { doctorId: "0", doctorName: "A" });

    state.apply(changesAt(1, [...sections.toReversed(), namesake]));

    expect(ids(state.parts(everything))).to.deep.equal(["0", "9", "8", "7", "6"]);
  });

  it("moves a section when its doctor is renamed, and puts a new one in its place", () => {
    state.apply(changesAt(1, [sectionAt(1, { doctorId: "1" }), sectionAt(1, { doctorId: "2" })]));
    expect(ids(state.parts(everything))).to.deep.equal(["1", "2"]);

    state.apply(changesAt(2, [sectionAt(2, { doctorId: "1", doctorName: "Z" })]));
    expect(ids(state.parts(everything))).to.deep.equal(["2", "1"]);
    state.apply(changesAt(3, [sectionAt(3, { doctorId: "0" })]));

    expect(ids(state.parts(everything))).to.deep.equal(["0", "2", "1"]);
  });

  it("tells of one area the sections that are there, and that others are gone, which may have been there", () => {
    const hall = filterParts({ areaId: "hall" });
    state.apply(
      changesAt(1, [
        sectionAt(1, { doctorId: "1", areaId: "hall", appointmentCount: 2 }),
        sectionAt(1, { doctorId: "2", areaId: "floor", appointmentCount: 3 }),
        sectionAt(1, { doctorId: "3" }),
      ]),
    );
    expect(ids(state.parts(hall))).to.deep.equal(["1"]);
    expect(state.totals(hall)).to.deep.equal({ appointments: 2, doctors: 1 });

    state.apply(changesAt(2, [sectionAt(2, { doctorId: "1", areaId: "floor" })]));

    expect(ids(state.parts(hall))).to.deep.equal([]);
    expect(state.totals(hall)).to.deep.equal({ appointments: 0, doctors: 0 });
    expect(state.changedSince(1, hall).map(({ doctorId, json }) => [doctorId, json])).to.deep.equal([["1", null]]);
    expect(ids(state.parts(everything))).to.deep.equal(["1", "2", "3"]);
  });

  it("tells what changed since any revision, a removed section among it", () => {
    state.apply(
      changesAt(
        3,
        [1, 2, 3].map((n) => sectionAt(n, { doctorId: `${n}` })),
      ),
    );

    state.apply(changesAt(4, [removedAt(4, "1")]));

    expect(ids(state.changedSince(0, everything))).to.deep.equal(["1", "2", "3"]);
    expect(ids(state.changedSince(2, everything))).to.deep.equal(["1", "3"]);
    expect(state.changedSince(3, everything)).to.have.length(1);
    expect(state.changedSince(3, everything)[0]).to.include({ doctorId: "1", json: null });
    expect(state.changedSince(4, everything)).to.deep.equal([]);
  });

  it("counts appointments and doctors, of all and of a doctor, as sections come, change and go", () => {
    state.apply(changesAt(1, [sectionAt(1, { doctorId: "1", appointmentCount: 3 }), sectionAt(1, { doctorId: "2" })]));
    expect(state.totals(everything)).to.deep.equal({ appointments: 4, doctors: 2 });
    expect(state.totals(filterParts({ doctorId: "1" }))).to.deep.equal({ appointments: 3, doctors: 1 });

    state.apply(changesAt(2, [sectionAt(2, { doctorId: "1", appointmentCount: 2 })]));
    expect(state.totals(everything)).to.deep.equal({ appointments: 3, doctors: 2 });
    state.apply(changesAt(3, [removedAt(3, "1")]));
    state.apply(changesAt(4, [removedAt(4, "1")]));

    expect(state.totals(everything)).to.deep.equal({ appointments: 1, doctors: 1 });
    expect(state.totals(filterParts({ doctorId: "1" }))).to.deep.equal({ appointments: 0, doctors: 0 });
    expect(state.totals(filterParts({ doctorId: "nobody" }))).to.deep.equal({ appointments: 0, doctors: 0 });
  });

  it("takes a shared part for changed whenever the database says so, because a client may have seen what was between", () => {
    const sameAt = (revision: number) => changesAt(revision, [sectionAt(revision, { doctorId: "1", json: "same" })]);
    state.apply(sameAt(1));

    state.apply(sameAt(3));

    // Another process may have read, and sent, another text at revision 2.
    expect(ids(state.changedSince(2, everything))).to.deep.equal(["1"]);
    expect(state.lastChange(filterParts({ doctorId: "1" }))).to.equal(3);
  });

  it("takes the parts of all readers away when nobody is left in a section", () => {
    const mine = filterParts({ reader: "me" });
    state.apply(
      changesAt(
        1,
        ["me", "you"].map((reader) => sectionAt(1, { doctorId: "1", reader })),
      ),
    );

    state.apply(changesAt(2, [removedAt(2, "1")]));

    expect(state.changedSince(1, mine)).to.have.length(1);
    expect(state.totals(mine)).to.deep.equal({ appointments: 0, doctors: 0 });
  });

  it("knows when each section changed last, and when the date did", () => {
    state.apply(changesAt(5, [sectionAt(2, { doctorId: "1" }), sectionAt(4, { doctorId: "2" })]));

    expect(state.lastChange(everything)).to.equal(5);
    expect(state.lastChange(filterParts({ doctorId: "1" }))).to.equal(2);
    expect(state.lastChange(filterParts({ doctorId: "nobody" }))).to.equal(0);
  });

  describe("with parts of single readers", () => {
    const mine = filterParts({ reader: "me" });
    const part = (revision: number, reader: string, json: string, doctorId = "1") =>
      sectionAt(revision, { doctorId, reader, json });

    it("gives each reader their own parts, of all doctors or of one, and nobody the parts of others", () => {
      state.apply(changesAt(1, [part(1, "me", "a"), part(1, "you", "b"), part(1, "me", "c", "2")]));

      expect(state.parts(mine).map(({ json }) => json)).to.deep.equal(["a", "c"]);
      expect(state.parts(filterParts({ reader: "me", doctorId: "2" })).map(({ json }) => json)).to.deep.equal(["c"]);
      expect(state.totals(mine)).to.deep.equal({ appointments: 2, doctors: 2 });
      for (const nothing of [filterParts({ reader: "nobody" }), filterParts({ doctorId: "1" }), everything]) {
        expect(state.parts(nothing)).to.deep.equal([]);
        expect(state.changedSince(0, nothing)).to.deep.equal([]);
        expect(state.totals(nothing)).to.deep.equal({ appointments: 0, doctors: 0 });
      }
    });

    it("is not changed for one reader by what changed for another", () => {
      state.apply(changesAt(1, [part(1, "me", "a"), part(1, "you", "b")]));

      state.apply(changesAt(2, [part(2, "me", "a"), part(2, "you", "new")]));

      expect(state.lastChange(mine)).to.equal(1);
      expect(state.changedSince(1, mine)).to.deep.equal([]);
      expect(state.lastChange(filterParts({ reader: "you" }))).to.equal(2);
    });

    it("takes away the part of a reader who is in the section no more, and gives it back when they are", () => {
      state.apply(changesAt(1, [part(1, "me", "a"), part(1, "you", "b"), part(1, "me", "c", "2")]));

      state.apply(changesAt(2, [part(2, "you", "b")]));
      expect(state.changedSince(1, mine)).to.have.length(1);
      expect(state.changedSince(1, mine)[0]).to.include({ doctorId: "1", json: null, revision: 2 });
      expect(state.totals(mine)).to.deep.equal({ appointments: 1, doctors: 1 });
      state.apply(changesAt(3, [part(3, "me", "a"), part(3, "you", "b")]));

      expect(state.changedSince(2, mine).map(({ json }) => json)).to.deep.equal(["a"]);
      expect(state.totals(mine)).to.deep.equal({ appointments: 2, doctors: 2 });
    });
  });

  it("goes on with its own history only: not with another epoch, nor with a revision before its own", () => {
    expect(state.continuesWith(changesAt(7))).to.equal(true);

    state.apply(changesAt(7, [sectionAt(7, { doctorId: "1" })]));

    expect(state.continuesWith(changesAt(7))).to.equal(true);
    expect(state.continuesWith(changesAt(8))).to.equal(true);
    expect(state.continuesWith(changesAt(6))).to.equal(false);
    expect(state.continuesWith(changesAt(8, [], otherEpoch))).to.equal(false);
  });

  it("keeps nothing of the history before a reset", () => {
    state.apply(changesAt(7, [sectionAt(7, { doctorId: "1", reader: "me" }), sectionAt(7, { doctorId: "2" })]));

    state.reset();

    expect(state).to.include({ epoch: undefined, revision: 0 });
    expect(state.parts(everything)).to.deep.equal([]);
    expect(state.parts(filterParts({ reader: "me" }))).to.deep.equal([]);
    expect(state.totals(everything)).to.deep.equal({ appointments: 0, doctors: 0 });
    expect(state.continuesWith(changesAt(1, [], otherEpoch))).to.equal(true);
  });
});
