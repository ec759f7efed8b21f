import { mock } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import { expect } from "chai";
import type { QueueChanges } from "../../../db/queries/queue-changes.ts";
import { Feed } from "../../../realtime/feeds/feed.ts";
import { everything, filterParts } from "../../../realtime/feeds/part-filter.ts";
import type { Subscription } from "../../../realtime/connections/protocol.ts";
import { Subscriber } from "../../../realtime/feeds/subscriber.ts";
import { someDay } from "../../support/clinic.ts";
import { changesAt, epoch, otherEpoch, sectionAt } from "../../support/queue-changes.ts";
import { clinicId } from "../../support/default-clinic.ts";
import { ScriptedSocket } from "../../support/scripted-socket.ts";

const full: Subscription = { audience: "staff", parts: everything, mode: "full" };
const delta: Subscription = { ...full, mode: "delta" };

describe("a subscriber of a scripted network", () => {
  let network: ScriptedSocket;
  let subscriber: Subscriber;
  /** What the database answers; a read waits for `go` while there is one. */
  let now: QueueChanges;
  let go: Promise<void> | undefined;
  let reads: number;
  let feed: Feed;
  let clockMs: number;
  beforeEach(() => {
    clockMs = 1_000;
    mock.method(performance, "now", () => clockMs);
    network = new ScriptedSocket();
    subscriber = new Subscriber(network.socket, network.stream, Infinity);
    now = changesAt(1, [sectionAt(1, { doctorId: "1" })]);
    go = undefined;
    reads = 0;
    feed = new Feed({ clinicId, date: someDay }, "staff", {
      read: async () => {
        reads += 1;
        await go;
        return now;
      },
      onFailure: () => {},
    });
  });
  afterEach(() => mock.restoreAll());

  /** The date changes, and the feed reads it. */
  async function change(revision: number, padding = ""): Promise<void> {
    now = changesAt(revision, [sectionAt(revision, { doctorId: "1", json: `{"doctor":{"id":"1"},"x":"${padding}"}` })]);
    feed.refresh();
    await turn();
  }

  async function changeUntil(revision: number, taken: boolean): Promise<void> {
    for (let next = feed.state.revision + 1; next <= revision; next++) {
      await change(next);
      if (taken) network.take();
    }
  }

  /** Has the snapshot, which the network has taken. */
  async function watch(subscription = full): Promise<void> {
    feed.add(subscriber, subscription);
    await turn();
    network.take();
  }

  it("is sent the last state once the network has taken the one before, and that one alone", async () => {
    feed.add(subscriber, full);
    await turn();
    await changeUntil(4, false);
    expect(network.revisions).to.deep.equal([1]);
    expect(network.writing).to.equal(1);

    network.take();
    expect(network.revisions).to.deep.equal([1, 4]);
    network.take();

    expect(network.revisions).to.deep.equal([1, 4]);
    expect(network.writing).to.equal(0);
  });

  it("is sent one delta from what it holds, whatever it missed while the network was slow", async () => {
    feed.add(subscriber, delta);
    await turn();
    await changeUntil(4, false);

    network.take();

    expect(network.messages.map(({ type }) => type)).to.deep.equal(["snapshot", "delta"]);
    expect(network.messages[1]).to.have.property("data").that.includes({ from_revision: 1, revision: 4 });
  });

  it("leaves the frame that it was sent to the others of its feed, and to nobody when it is alone", async () => {
    const made = mock.method(feed.frames, "full");
    const sent = () => made.mock.calls[0]?.result;
    await watch();
    expect(feed.frames.full("snapshot", everything) === sent()).to.equal(false);

    const other = new ScriptedSocket();
    feed.add(new Subscriber(other.socket, other.stream, Infinity), full);
    made.mock.resetCalls();
    await change(2);

    expect(feed.frames.full("update", everything) === sent()).to.equal(true);
  });

  it("is sent nothing more once a write has failed", async () => {
    feed.add(subscriber, full);
    await turn();
    await change(2);

    network.take(new Error("broken pipe"));

    expect(network.revisions).to.deep.equal([1]);
  });

  it("has its first answer from the read, not from what the feed knew while nobody watched", async () => {
    await watch();
    await change(2);
    feed.remove(subscriber);
    now = changesAt(3);
    let proceed = (): void => {};
    go = new Promise((resolve) => (proceed = resolve));

    feed.add(subscriber, full);
    // The network takes what belonged to the subscription before, in the middle of the read.
    network.take();
    expect(network.revisions).to.deep.equal([1, 2]);
    proceed();
    await turn();
    network.take();

    expect(network.revisions).to.deep.equal([1, 2, 3]);
    expect(network.messages.map(({ type }) => type)).to.deep.equal(["snapshot", "update", "snapshot"]);
  });

  it("is sent nothing from the moment at which its access ends", async () => {
    let wallClockMs = Date.now();
    mock.method(Date, "now", () => wallClockMs);
    subscriber.allowedUntil = wallClockMs + 100;
    await watch();
    wallClockMs += 99;
    await change(2);
    expect(network.revisions).to.deep.equal([1, 2]);
    await change(3);

    wallClockMs += 1;
    network.take();
    await change(4);
    subscriber.check(clockMs + 60_000);
    expect(network.revisions).to.deep.equal([1, 2]);
    subscriber.allowedUntil = Infinity;
    subscriber.wake();

    expect(network.revisions).to.deep.equal([1, 2, 4]);
  });

  it("must confirm after eight frames, is sent nothing until it does, and then the newest", async () => {
    await watch();
    await changeUntil(12, true);
    expect(network.revisions).to.deep.equal([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(network.pings).to.equal(1);

    subscriber.confirm();

    expect(network.revisions.slice(8)).to.deep.equal([12]);
  });

  it("must confirm one frame of as many bytes as eight", async () => {
    await watch();

    await change(2, "x".repeat(8 * 16_384));

    expect(network.pings).to.equal(1);
  });

  for (const [tookMs, frames] of [
    [100, 16],
    [400, 2],
    [10_000, 1],
  ] as const) {
    it(`that confirms after ${tookMs} ms gets ${frames} frames before it must confirm again`, async () => {
      await watch();
      await changeUntil(8, true);
      expect(network.pings).to.equal(1);
      clockMs += tookMs;

      subscriber.confirm();
      await changeUntil(40, true);

      expect(network.revisions.slice(8)).to.have.length(frames);
      expect(network.pings).to.equal(2);
    });
  }

  it("that confirms at once is asked after 64 frames in the end, and not less often", async () => {
    await watch();
    for (let round = 0; round < 5; round++) {
      await changeUntil(feed.state.revision + 64, true);
      subscriber.confirm();
      network.take();
    }
    const [sent, pings] = [network.revisions.length, network.pings];

    await changeUntil(feed.state.revision + 64, true);

    expect(network.pings).to.equal(pings + 1);
    expect(network.revisions).to.have.length.within(sent + 63, sent + 64);
  });

  it("that never answered a ping gets what is new once a second has passed; one that did, nothing", async () => {
    await watch();
    await changeUntil(12, true);

    subscriber.check(clockMs + 999);
    expect(network.revisions).to.have.length(8);
    subscriber.check(clockMs + 1_000);
    expect(network.revisions.slice(8)).to.deep.equal([12]);
    network.take();

    subscriber.confirm();
    await changeUntil(40, true);
    const sent = network.revisions.length;
    subscriber.check(clockMs + 60_000);
    expect(network.revisions).to.have.length(sent);
  });

  it("is blocked since the write that the network does not take, or since the ping that it does not answer", async () => {
    await watch();
    expect(subscriber.blockedSince(clockMs)).to.equal(undefined);
    const writtenAt = (clockMs += 100);
    await change(2);
    clockMs += 100;
    expect(subscriber.blockedSince(clockMs)).to.equal(writtenAt);
    network.take();
    expect(subscriber.blockedSince(clockMs)).to.equal(undefined);

    const askedAt = clockMs;
    await changeUntil(8, true);
    clockMs += 100;
    // It has never answered a ping, so whatever it says is a sign of life.
    expect(subscriber.blockedSince(clockMs)).to.equal(clockMs);
    expect(subscriber.blockedSince(askedAt - 1)).to.equal(askedAt);
    subscriber.confirm();
    const askedAgainAt = clockMs;
    await changeUntil(40, true);
    clockMs += 100;

    expect(subscriber.blockedSince(clockMs)).to.equal(askedAgainAt);
  });

  it("is told once that the database cannot be read, and only while it waits for its answer", async () => {
    let proceed = (): void => {};
    go = new Promise((resolve) => (proceed = resolve));
    feed.add(subscriber, full);

    subscriber.reportOutage();
    subscriber.reportOutage();
    proceed();
    await turn();
    subscriber.reportOutage();

    expect(network.messages.map(({ type }) => type)).to.deep.equal(["error", "snapshot"]);
    expect(network.messages[0]).to.include({ code: "unavailable" });
  });

  it("that holds a later revision waits for one more read, and then gets a snapshot", async () => {
    const other = new ScriptedSocket();
    feed.add(new Subscriber(other.socket, other.stream, Infinity), full);
    await turn();

    feed.add(subscriber, { ...delta, held: { epoch, revision: 5 } });
    expect(network.messages).to.deep.equal([]);
    await turn();

    expect(reads).to.equal(2);
    expect(network.messages.map(({ type }) => type)).to.deep.equal(["snapshot"]);
  });

  it("that holds another history gets a snapshot, and one that holds this one a delta, empty where nothing changed", async () => {
    await watch({ ...delta, held: { epoch: otherEpoch, revision: 1 } });
    feed.remove(subscriber);
    await watch({ ...delta, held: { epoch, revision: 1 } });

    expect(network.messages.map(({ type }) => type)).to.deep.equal(["snapshot", "delta"]);
    expect(network.messages[1]).to.have.property("data").that.deep.includes({ doctors: [], removed_doctors: [] });
  });

  it("of one doctor is sent nothing when another doctor's section changes", async () => {
    await watch({ ...full, parts: filterParts({ doctorId: "1" }) });

    now = changesAt(2, [sectionAt(2, { doctorId: "2" })]);
    feed.refresh();
    await turn();
    expect(network.revisions).to.deep.equal([1]);
    await change(3);

    expect(network.revisions).to.deep.equal([1, 3]);
  });

  it("of a patient's own parts gets a snapshot even when it resumes: what it has lost may be unknown here", async () => {
    await watch({ ...delta, parts: filterParts({ reader: "me" }), held: { epoch, revision: 1 } });

    expect(network.messages.map(({ type }) => type)).to.deep.equal(["snapshot"]);
  });
});
