import { expect } from "chai";
import { FlowWindow } from "../../../realtime/feeds/flow-window.ts";

const smallBytes = 100;
const startMs = 1_000_000;

describe("a flow window", () => {
  let window: FlowWindow;
  beforeEach(() => {
    window = new FlowWindow();
  });

  /** Sends small frames until the client must confirm the last, and asks it to. Returns how many were sent. */
  function fill(now: number): number {
    let frames = 1;
    while (!window.add(smallBytes)) frames += 1;
    window.ask(now);
    return frames;
  }

  /** The client confirms so long after it was asked; returns how many frames it gets next. */
  function sizeAfter(tookMs: number): number {
    window.confirm(startMs + tookMs);
    return fill(startMs);
  }

  it("takes eight frames at first, then closes until the client confirms", () => {
    expect(window.isOpen).to.equal(true);

    expect(fill(startMs)).to.equal(8);
    expect(window.isOpen).to.equal(false);

    expect(window.confirm(startMs + 1)).to.equal(true);
    expect(window.isOpen).to.equal(true);
  });

  it("counts a large frame by its bytes", () => {
    expect(window.add(6 * 16_384)).to.equal(false);
    expect(window.add(16_384)).to.equal(false);
    expect(window.add(16_384)).to.equal(true);
  });

  it("asks once for what is under way, even when more is sent meanwhile", () => {
    fill(startMs);

    expect(window.add(smallBytes)).to.equal(false);
  });

  it("doubles with each prompt confirmation, to 64 frames at most", () => {
    fill(startMs);

    expect([100, 0, 100, 100, 100].map(sizeAfter)).to.deep.equal([16, 32, 64, 64, 64]);
  });

  it("shrinks to what the client takes in a tenth of a second, to one frame at least", () => {
    fill(startMs);

    expect([200, 400, 10_000].map(sizeAfter)).to.deep.equal([4, 1, 1]);
    expect(sizeAfter(100)).to.equal(2);
  });

  it("knows a confirmation that it did not ask for", () => {
    expect(window.confirm(startMs)).to.equal(false);
    fill(startMs);
    window.confirm(startMs);

    expect(window.confirm(startMs)).to.equal(false);
    expect(window.isOpen).to.equal(true);
  });

  it("is opened by a new subscription, and then asks with the next frame, because nothing was confirmed", () => {
    fill(startMs);

    window.open();

    expect(window.isOpen).to.equal(true);
    expect(window.confirm(startMs)).to.equal(false);
    expect(window.add(smallBytes)).to.equal(true);
  });

  it("is overdue a second after a client was asked that has never answered a ping, and never for one that has", () => {
    expect(window.isOverdue(startMs + 60_000)).to.equal(false);
    fill(startMs);
    expect(window.isOverdue(startMs + 999)).to.equal(false);
    expect(window.isOverdue(startMs + 1_000)).to.equal(true);

    window.confirm(startMs);
    fill(startMs);

    expect(window.isOverdue(startMs + 60_000)).to.equal(false);
  });

  it("is blocked since the client was asked; before its first pong, only while the client is silent, too", () => {
    expect(window.blockedSince(startMs)).to.equal(undefined);
    fill(startMs);
    expect(window.blockedSince(startMs - 1)).to.equal(startMs);
    expect(window.blockedSince(startMs + 500)).to.equal(startMs + 500);

    window.confirm(startMs);
    expect(window.blockedSince(startMs)).to.equal(undefined);
    fill(startMs);

    expect(window.blockedSince(startMs + 500)).to.equal(startMs);
  });
});
