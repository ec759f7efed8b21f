import { expect } from "chai";
import { LifeSigns } from "../../../realtime/connections/life-signs.ts";

const startMs = 1_000_000;
const intervalMs = 30_000;

describe("the life signs of a client", () => {
  let life: LifeSigns;
  beforeEach(() => {
    life = new LifeSigns(startMs);
  });

  it("are any bytes that came", () => {
    life.hear(10, startMs + 1);
    expect(life.heardAt).to.equal(startMs + 1);

    life.hear(10, startMs + 2);
    expect(life.heardAt).to.equal(startMs + 1);

    life.hear(11, startMs + 3);
    expect(life.heardAt).to.equal(startMs + 3);
  });

  it("are asked for with a ping once the client was silent for the interval, and not again until something came", () => {
    expect(life.isSilent(startMs + intervalMs - 1, intervalMs)).to.equal(false);
    expect(life.isSilent(startMs + intervalMs, intervalMs)).to.equal(true);
    life.ping(startMs + intervalMs);
    expect(life.isSilent(startMs + 9 * intervalMs, intervalMs)).to.equal(false);

    life.hear(1, startMs + intervalMs + 1);

    expect(life.isSilent(startMs + 2 * intervalMs, intervalMs)).to.equal(false);
    expect(life.isSilent(startMs + 2 * intervalMs + 1, intervalMs)).to.equal(true);
  });

  it("are missing when nothing comes for as long again after the ping", () => {
    const pingedAt = startMs + intervalMs;
    expect(life.isDead(startMs + 9 * intervalMs, intervalMs)).to.equal(false);

    life.ping(pingedAt);

    expect(life.isDead(pingedAt + intervalMs - 1, intervalMs)).to.equal(false);
    expect(life.isDead(pingedAt + intervalMs, intervalMs)).to.equal(true);
    life.hear(1, pingedAt + intervalMs);
    expect(life.isDead(pingedAt + 9 * intervalMs, intervalMs)).to.equal(false);
  });

  it("tell one pong for each ping from those that nobody asked for", () => {
    expect(life.takePong()).to.equal(false);
    life.ping(startMs);

    expect([life.takePong(), life.takePong()]).to.deep.equal([true, false]);
  });
});
