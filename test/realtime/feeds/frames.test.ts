import { mock } from "node:test";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect } from "chai";
import type { Frame } from "../../../realtime/feeds/frame.ts";
import { Frames } from "../../../realtime/feeds/frames.ts";
import type { Delta, Queue } from "../../../contract/websocket/queue.ts";
import { everything, filterParts } from "../../../realtime/feeds/part-filter.ts";
import { QueueState } from "../../../realtime/feeds/queue-state.ts";
import { someDay } from "../../support/clinic.ts";
import { eventually } from "../../support/eventually.ts";
import { changesAt, epoch, removedAt, sectionAt } from "../../support/queue-changes.ts";
import { ScriptedSocket } from "../../support/scripted-socket.ts";

describe("the frames of a date", () => {
  let state: QueueState;
  let frames: Frames;
  beforeEach(() => {
    state = new QueueState(someDay);
    frames = new Frames(state);
    state.apply(changesAt(2, [sectionAt(1, { doctorId: "1" }), sectionAt(2, { doctorId: "2", appointmentCount: 3 })]));
  });
  afterEach(() => mock.restoreAll());

  function change(revision: number, doctorId: string): void {
    state.apply(changesAt(revision, [sectionAt(revision, { doctorId })]));
    frames.clear();
  }

  /** The message as a client gets it. */
  function read(frame: Frame): { type: string; data: Queue & Partial<Delta> } {
    const { socket, stream, messages } = new ScriptedSocket();
    frame.sendTo({ socket, stream, descriptor: -1, windowBits: undefined, taken: () => {} }, false);
    return messages[0] as unknown as { type: string; data: Queue & Partial<Delta> };
  }

  const doctorsIn = ({ data }: { data: Queue }): string[] => data.doctors.map(({ doctor }) => doctor.id);

  it("tell the whole state, of all and of one doctor, with its totals", () => {
    const whole = read(frames.full("snapshot", everything));
    const ofOne = read(frames.full("update", filterParts({ doctorId: "2" })));

    const { timestamp, doctors, ...head } = whole.data;
    expect(head).to.deep.equal({
      date: someDay,
      epoch,
      revision: 2,
      changed_at: new Date(2_000).toISOString(),
      total_appointments: 4,
      total_doctors: 2,
    });
    expect([whole.type, ofOne.type]).to.deep.equal(["snapshot", "update"]);
    expect(doctors.map(({ doctor }) => doctor.id)).to.deep.equal(["1", "2"]);
    expect(doctorsIn(ofOne)).to.deep.equal(["2"]);
    expect(ofOne.data).to.include({ revision: 2, total_appointments: 3, total_doctors: 1 });
    expect(Date.now() - Date.parse(timestamp)).to.be.within(0, 60_000);
  });

  it("tell what changed since a revision, and which doctors went away", () => {
    change(3, "1");
    state.apply(changesAt(4, [removedAt(4, "2")]));
    frames.clear();

    const two = read(frames.delta(2, everything));
    const three = read(frames.delta(3, everything));
    const none = read(frames.delta(4, everything));
    const ofOne = read(frames.delta(2, filterParts({ doctorId: "1" })));

    expect(two.data).to.include({ from_revision: 2, revision: 4, total_appointments: 1, total_doctors: 1 });
    expect([doctorsIn(two), two.data.removed_doctors]).to.deep.equal([["1"], ["2"]]);
    expect([doctorsIn(three), three.data.removed_doctors]).to.deep.equal([[], ["2"]]);
    expect([doctorsIn(none), none.data.removed_doctors]).to.deep.equal([[], []]);
    expect([doctorsIn(ofOne), ofOne.data.removed_doctors]).to.deep.equal([["1"], []]);
  });

  it("tell a reader their own parts alone, what they lost, and their own totals", () => {
    const part = (revision: number, reader: string, doctorId: string) => sectionAt(revision, { doctorId, reader });
    const mine = filterParts({ reader: "me" });
    state.reset();
    state.apply(changesAt(2, [part(2, "me", "1"), part(2, "you", "1"), part(2, "me", "2"), part(2, "you", "3")]));
    state.apply(changesAt(3, [part(3, "you", "2")]));
    frames.clear();

    const whole = read(frames.full("snapshot", mine));
    const delta = read(frames.delta(2, mine));
    const ofOne = read(frames.full("snapshot", filterParts({ reader: "you", doctorId: "3" })));
    const ofNobody = read(frames.full("snapshot", everything));

    expect(doctorsIn(whole)).to.deep.equal(["1"]);
    expect(whole.data).to.include({ total_appointments: 1, total_doctors: 1 });
    expect([doctorsIn(delta), delta.data.removed_doctors]).to.deep.equal([[], ["2"]]);
    expect(doctorsIn(ofOne)).to.deep.equal(["3"]);
    expect(doctorsIn(ofNobody)).to.deep.equal([]);
  });

  it("are made once for all who need the same, and are others for other parts, another type or another revision", () => {
    const snapshot = frames.full("snapshot", everything);
    const delta = frames.delta(1, filterParts({ reader: "1" }));

    expect(frames.full("snapshot", filterParts({}))).to.equal(snapshot);
    expect(frames.delta(1, filterParts({ reader: "1" }))).to.equal(delta);
    expect(frames.full("update", everything)).not.to.equal(snapshot);
    expect(frames.full("snapshot", filterParts({ doctorId: "1" }))).not.to.equal(snapshot);
    expect(frames.delta(1, filterParts({ doctorId: "1" }))).not.to.equal(delta);
    expect(frames.delta(1, filterParts({ reader: "2" }))).not.to.equal(delta);
    expect(frames.delta(2, filterParts({ reader: "1" }))).not.to.equal(delta);
  });

  it("are made anew after a change, of all parts and of some", () => {
    const make = (): Frame[] =>
      [everything, filterParts({ doctorId: "1" })].flatMap((filter) => [
        frames.full("snapshot", filter),
        frames.full("update", filter),
        frames.delta(1, filter),
      ]);
    const before = make();

    change(3, "1");

    const after = make();
    expect(after.map((frame) => read(frame).data.revision)).to.deep.equal(Array(6).fill(3));
    expect(after.filter((frame) => before.includes(frame))).to.deep.equal([]);
  });

  it("say when they were made, which is a second ago at most", () => {
    let nowMs = performance.now();
    mock.method(performance, "now", () => nowMs);
    change(3, "1");
    const frame = frames.full("snapshot", everything);

    nowMs += 1_000;
    expect(frames.full("snapshot", everything)).to.equal(frame);
    nowMs += 1;

    expect(frames.full("snapshot", everything)).not.to.equal(frame);
  });

  it("of a quiet date are not kept once they are too old", async () => {
    let nowMs = performance.now();
    mock.method(performance, "now", () => nowMs);
    change(3, "1");
    const kept = new WeakRef(frames.full("snapshot", everything));
    frames.clearOld();
    expect(frames.full("snapshot", everything) === kept.deref()).to.equal(true);

    nowMs += 1_001;
    frames.clearOld();

    await eventually(() => {
      collectGarbage();
      expect(kept.deref() === undefined).to.equal(true);
    });
  });

  it("of the revisions before are not kept", async () => {
    const past: WeakRef<Frame>[] = [];
    for (let revision = 3; revision < 23; revision++) {
      change(revision, "1");
      for (const filter of [everything, filterParts({ doctorId: "1" })]) {
        past.push(new WeakRef(frames.full("update", filter)), new WeakRef(frames.delta(revision - 1, filter)));
      }
    }
    change(23, "1");

    await eventually(() => {
      collectGarbage();
      expect(past.filter((frame) => frame.deref() !== undefined)).to.have.length(0);
    });
    expect(read(frames.full("update", everything)).data.revision).to.equal(23);
  });
});

function collectGarbage(): void {
  setFlagsFromString("--expose-gc");
  (runInNewContext("gc") as () => void)();
}
