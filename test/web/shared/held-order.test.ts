import { expect } from "chai";
import { HeldOrder } from "../../../web/shared/live/held-order.ts";

describe("the held order of a list", () => {
  it("follows at once while nobody holds it", () => {
    const order = new HeldOrder();

    expect(order.show(["a", "b"], false, 0)).to.deep.equal(["a", "b"]);
    expect(order.show(["b", "c"], false, 1)).to.deep.equal(["b", "c"]);
    expect(order.leftMs(1)).to.equal(undefined);
  });

  it("moves no row that is held, keeps those that left, and adds new ones at the end", () => {
    const order = new HeldOrder();
    order.show(["a", "b", "c"], false, 0);

    expect(order.show(["new", "c", "a"], true, 1_000)).to.deep.equal(["a", "b", "c", "new"]);
    expect(order.leftMs(2_000)).to.equal(4_000);
    expect(order.show(["new", "c", "a"], false, 2_000)).to.deep.equal(["new", "c", "a"]);
  });

  it("counts five seconds from the change, however long the list was held before", () => {
    const order = new HeldOrder();
    order.show(["a", "b"], true, 0);
    order.show(["a", "b"], false, 0);

    expect(order.show(["b", "a"], true, 60_000)).to.deep.equal(["a", "b"]);
    expect(order.show(["b", "a"], true, 64_999)).to.deep.equal(["a", "b"]);
    expect(order.show(["b", "a"], true, 65_000)).to.deep.equal(["b", "a"]);
    expect(order.show(["a", "b"], true, 65_001)).to.deep.equal(["b", "a"]);
  });

  it("gives the same array while nothing is another, so that nothing is drawn again", () => {
    const order = new HeldOrder();
    const shown = order.show(["a", "b"], false, 0);

    expect(order.show(["a", "b"], false, 1)).to.equal(shown);
  });
});
