import { expect } from "chai";
import { OpenTransactions } from "../../../realtime/feeds/open-transactions.ts";

describe("the open transactions", () => {
  it("have no age while none is open", () => {
    const open = new OpenTransactions();

    open.see("740:740:", 0);
    open.see("740:740:", 60_000);

    expect(open.ageS(90_000)).to.equal(0);
  });

  it("are as old as the oldest of them was seen, whatever others come and go", () => {
    const open = new OpenTransactions();

    open.see("740:742:740", 1_000);
    open.see("740:750:740,748", 31_000);

    expect(open.ageS(61_000)).to.equal(60);
  });

  it("are as old as the next one once the oldest has ended", () => {
    const open = new OpenTransactions();

    open.see("740:742:740", 1_000);
    open.see("748:750:748", 31_000);

    expect(open.ageS(61_000)).to.equal(30);
  });
});
