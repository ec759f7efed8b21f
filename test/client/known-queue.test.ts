import { expect } from "chai";
import type { Signal } from "../../client/fetch.ts";
import { KnownQueue, type QueueHolder } from "../../client/known-queue.ts";
import { someDay } from "../support/clinic.ts";

type Queue = NonNullable<QueueHolder["queue"]>;

interface Shown {
  epoch?: string;
  date?: string;
  /** What was done last in the room. */
  after?: string;
  /** The version of each entry that is shown; null before the check-in. */
  versions?: Record<string, number | null>;
}

/** As far as it matters here. */
function queueOf({ epoch = "an epoch", date = someDay, after, versions = {} }: Shown): Queue {
  const places = after === undefined ? [] : [{ place_id: "room", after }];
  const appointments = Object.entries(versions).map(([appointment_id, version]) => ({
    appointment_id,
    queue: version === null ? null : { version },
  }));
  return { epoch, date, doctors: [{ doctor: { id: "doctor" }, room: { id: "room" }, places, appointments }] };
}

/** Holds what a test shows. */
class Holder implements QueueHolder {
  queue: Queue | undefined;
  #wakes: (() => void)[] = [];

  show(shown: Shown): void {
    this.queue = queueOf(shown);
    for (const wake of this.#wakes.splice(0)) wake();
  }

  async until(isSo: (queue: Queue) => boolean, { signal }: { signal?: Signal }): Promise<void> {
    while (!this.queue || !isSo(this.queue)) {
      await new Promise<void>((wake, end) => {
        this.#wakes.push(wake);
        signal?.addEventListener("abort", () => end(new Error("It did not come")));
      });
    }
  }
}

describe("what the client library knows of a queue", () => {
  let holder: Holder;
  let known: KnownQueue;
  beforeEach(() => {
    holder = new Holder();
    known = new KnownQueue(holder);
  });

  it("is what is shown, as long as no answer is newer", async () => {
    expect(known.after("room")).to.equal(null);
    holder.show({ after: "a", versions: { ann: 3, bob: null } });

    expect(known.placeOf("doctor", undefined)).to.equal("room");
    expect(known.placeOf("doctor", "another")).to.equal("another");
    expect(known.placeOf("somebody", undefined)).to.equal("somebody");
    expect(known.after("room")).to.equal("a");
    expect(await known.version("ann")).to.equal(3);
    expect(await known.version("bob")).to.equal(undefined);
    expect(await known.version("nobody")).to.equal(undefined);
  });

  it("is what answers told, while older states come", async () => {
    holder.show({ versions: { ann: 1, bob: 1 } });
    known.tookPlace("room", "a", { appointmentId: "ann", version: 2 });
    known.tookVersion("ann", 2);
    expect([known.after("room"), await known.version("ann")]).to.deep.equal(["a", 2]);
    known.tookPlace("room", "b", { appointmentId: "ann", version: 3 });
    known.tookPlace("room", "c", { appointmentId: "bob", version: 2 });

    // Of the three answers, the state shows the first.
    holder.show({ after: "a", versions: { ann: 2, bob: 1 } });
    expect(known.after("room")).to.equal("c");
    holder.show({ after: "b", versions: { ann: 3, bob: 1 } });
    expect(known.after("room")).to.equal("c");
    holder.show({ after: "c", versions: { ann: 3, bob: 2 } });
    expect(known.after("room")).to.equal("c");
    expect(await known.version("ann")).to.equal(3);
  });

  it("is what the last answer told where it told of nobody", () => {
    holder.show({ versions: { ann: 1 } });
    known.tookPlace("room", "a", { appointmentId: "ann", version: 2 });
    known.tookPlace("room", "b", undefined);

    holder.show({ after: "a", versions: { ann: 2 } });
    expect(known.after("room")).to.equal("b");
    holder.show({ after: "theirs", versions: { ann: 3 } });
    expect(known.after("room")).to.equal("theirs");
  });

  it("is what others did, once it is shown", () => {
    holder.show({ after: "a", versions: { ann: 1 } });
    known.tookPlace("room", "b", { appointmentId: "ann", version: 2 });

    holder.show({ after: "theirs", versions: { ann: 3 } });

    expect(known.after("room")).to.equal("theirs");
  });

  it("is our own step, while what others did before it is shown", () => {
    holder.show({ after: "a", versions: { ann: 1 } });
    known.tookPlace("room", "b", { appointmentId: "ann", version: 4 });

    holder.show({ after: "theirs", versions: { ann: 3 } });

    expect(known.after("room")).to.equal("b");
  });

  it("is the state where it came before the answer", async () => {
    holder.show({ after: "theirs", versions: { ann: 5 } });

    known.tookPlace("room", "b", { appointmentId: "ann", version: 4 });
    known.tookVersion("ann", 4);

    expect(known.after("room")).to.equal("theirs");
    expect(await known.version("ann")).to.equal(5);
  });

  it("is told by the state where no answer told a version", async () => {
    holder.show({ versions: { ann: 1 } });
    known.tookStep("ann", 1);
    expect(known.knownVersion("ann")).to.equal(2);

    const version = known.version("ann");
    holder.show({ versions: { ann: 1 } });
    holder.show({ versions: { ann: 3 } });

    expect(await version).to.equal(3);
  });

  it("is told by a state that is on its way", async () => {
    const version = known.version("ann");
    const settled = known.settle().then(() => known.after("room"));

    holder.show({ after: "a", versions: { ann: 4 } });

    expect(await version).to.equal(4);
    expect(await settled).to.equal("a");
  });

  it("has to do where no state comes, or none that shows the patient", async () => {
    known.tookStep("ann", 1);
    expect(await known.version("ann")).to.equal(2);
    holder.show({ versions: {} });
    expect(await known.version("ann")).to.equal(2);
    const alone = new KnownQueue(undefined);
    alone.tookStep("ann", 1);

    expect(await alone.version("ann")).to.equal(2);
  });

  it("is forgotten with the date and with the history", async () => {
    for (const other of [{ epoch: "another" }, { date: "2030-01-01" }]) {
      holder.show({ after: "a", versions: { ann: 1 } });
      known.tookPlace("room", "b", { appointmentId: "ann", version: 9 });
      known.tookVersion("ann", 9);

      holder.show(other);

      expect(known.after("room")).to.equal(null);
      expect(await known.version("ann")).to.equal(undefined);
    }
    expect(known.isOf(someDay)).to.equal(false);
    expect(known.isOf("2030-01-01")).to.equal(true);
  });

  it("remembers a group once, and gives it once", () => {
    expect(known.tookGroup("call", "ann")).to.equal(true);
    expect(known.tookGroup("call", "ann")).to.equal(false);

    expect(known.takeGroup("call")).to.equal("ann");
    expect(known.takeGroup("call")).to.equal(undefined);
  });
});
