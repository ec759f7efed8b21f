import { expect } from "chai";
import { Cursor, type Owed, type Position } from "../../../realtime/feeds/cursor.ts";
import { everything, filterParts } from "../../../realtime/feeds/part-filter.ts";
import { epoch, otherEpoch } from "../../support/queue-changes.ts";

describe("a cursor", () => {
  const at = (revision: number, of = epoch): Position => ({ epoch: of, revision });
  const full = (): Cursor => new Cursor({ mode: "full", parts: everything });
  const delta = (held?: { epoch: string; revision: number }): Cursor =>
    new Cursor({ mode: "delta", held, parts: everything });

  /** What a client is owed by a feed where all that it watches changed at the last revision. */
  const owed = (cursor: Cursor, current: Position): Owed => cursor.owed(current, current.revision, false);

  /** A cursor whose client was answered with the state at a position. */
  function answered(cursor: Cursor, position: Position): Cursor {
    cursor.moveTo(position);
    return cursor;
  }

  it("is owed nothing while the feed knows nothing", () => {
    expect(full().owed({ epoch: undefined, revision: 0 }, 0, false)).to.equal("nothing");
    expect(answered(full(), at(7)).owed({ epoch: undefined, revision: 0 }, 0, false)).to.equal("nothing");
  });

  it("is owed a snapshot first and updates later, or deltas where the client asked for them", () => {
    expect(owed(full(), at(1))).to.equal("snapshot");
    expect(owed(answered(full(), at(1)), at(2))).to.equal("update");
    expect(owed(delta(), at(1))).to.equal("snapshot");
    expect(owed(answered(delta(), at(1)), at(2))).to.equal("delta");
  });

  it("is owed an answer even where the date has never changed", () => {
    expect(owed(full(), at(0))).to.equal("snapshot");
    expect(owed(delta({ epoch, revision: 0 }), at(0))).to.equal("delta");
  });

  it("is owed its first answer from the read under way, and later ones at once", () => {
    expect(full().owed(at(1), 1, true)).to.equal("nothing");
    expect(answered(full(), at(1)).owed(at(2), 2, true)).to.equal("update");
  });

  it("is owed nothing until what the client watches has changed after what it holds", () => {
    const cursor = answered(full(), at(3));

    expect(cursor.owed(at(3), 3, false)).to.equal("nothing");
    expect(cursor.owed(at(5), 3, false)).to.equal("nothing");
    expect(cursor.owed(at(5), 4, false)).to.equal("update");
  });

  it("that resumes is owed a delta from what the client holds, even an empty one", () => {
    const cursor = delta({ epoch, revision: 4 });

    expect(cursor).to.include({ epoch, revision: 4, isAnswered: false });
    expect(cursor.owed(at(6), 6, false)).to.equal("delta");
    expect(cursor.owed(at(4), 2, false)).to.equal("delta");
  });

  it("of a reader's own parts is owed a snapshot first even when it resumes, and deltas later", () => {
    const own = filterParts({ reader: "me" });
    const cursor = new Cursor({ mode: "delta", held: { epoch, revision: 4 }, parts: own });
    expect(owed(cursor, at(4))).to.equal("snapshot");

    cursor.moveTo(at(4));

    expect(owed(cursor, at(5))).to.equal("delta");
  });

  it("of another history is owed a snapshot, also in the middle of a subscription", () => {
    expect(owed(delta({ epoch: otherEpoch, revision: 4 }), at(4))).to.equal("snapshot");
    expect(owed(delta({ epoch: otherEpoch, revision: 9 }), at(4))).to.equal("snapshot");
    expect(owed(answered(delta(), at(4, otherEpoch)), at(4))).to.equal("snapshot");
    expect(owed(answered(full(), at(4, otherEpoch)), at(4))).to.equal("update");
  });

  it("of a client that knows more than the feed is owed one read, and then a snapshot or what the read brought", () => {
    const cursor = delta({ epoch, revision: 9 });
    expect(owed(cursor, at(4))).to.equal("read");
    expect(owed(cursor, at(4))).to.equal("read");

    cursor.awaitRead();

    expect(owed(cursor, at(4))).to.equal("snapshot");
    expect(owed(cursor, at(10))).to.equal("delta");
  });

  it("stands where the client was sent to", () => {
    const cursor = answered(delta({ epoch: otherEpoch, revision: 9 }), at(4));

    expect(cursor).to.include({ epoch, revision: 4, isAnswered: true });
  });
});
