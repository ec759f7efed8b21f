import { expect } from "chai";
import { Lobby } from "../../../realtime/connections/lobby.ts";

describe("the lobby", () => {
  const ended: string[] = [];
  const newcomer = (name: string) => ({ terminate: () => ended.push(name) });
  beforeEach(() => ended.splice(0));

  it("gives a newcomer the place of the one that has waited longest at the same address", () => {
    const lobby = new Lobby(10, 2);
    lobby.enter(newcomer("elsewhere"), "192.0.2.2");
    for (const name of ["first", "second", "third"]) lobby.enter(newcomer(name), "192.0.2.1");
    expect(ended).to.deep.equal(["first"]);

    lobby.enter(newcomer("fourth"), "192.0.2.1");

    expect(ended).to.deep.equal(["first", "second"]);
  });

  it("gives a newcomer the place of the one that has waited longest of all when it is full", () => {
    const lobby = new Lobby(2, 2);
    for (const n of [1, 2, 3]) lobby.enter(newcomer(`${n}`), `192.0.2.${n}`);

    expect(ended).to.deep.equal(["1"]);
  });

  it("does not count those that have left", () => {
    const lobby = new Lobby(2, 1);
    const first = newcomer("first");
    lobby.enter(first, "192.0.2.1");
    lobby.leave(first);
    lobby.leave(first);

    lobby.enter(newcomer("second"), "192.0.2.1");
    lobby.enter(newcomer("third"), "192.0.2.2");

    expect(ended).to.deep.equal([]);
  });
});
