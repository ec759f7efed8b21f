import { expect } from "chai";
import { Drafts, type DraftStorage } from "../../../web/shared/drafts/drafts.ts";

class Shelf implements DraftStorage {
  readonly items = new Map<string, string>([["other", "kept"]]);
  isFull = false;

  getItem = (key: string): string | null => this.items.get(key) ?? null;
  setItem = (key: string, value: string): void => {
    if (this.isFull) throw new Error("QuotaExceededError");
    this.items.set(key, value);
  };
  removeItem = (key: string): void => void this.items.delete(key);
  key = (index: number): string | null => [...this.items.keys()][index] ?? null;
  get length(): number {
    return this.items.size;
  }
}

describe("drafts", () => {
  it("are there again after a reload, for whoever typed them and nobody else", () => {
    const shelf = new Shelf();
    new Drafts(shelf, "staff anna").keep("walk-in", { name: "Meyer" });

    expect(new Drafts(shelf, "staff anna").read("walk-in")).to.deep.equal({ name: "Meyer" });
    expect(new Drafts(shelf, "staff ann").read("walk-in")).to.equal(undefined);
    expect(new Drafts(shelf, "staff anna").read("walk")).to.equal(undefined);
  });

  it("go when the job is done, when somebody else signs in, and all when somebody signs out", () => {
    const shelf = new Shelf();
    const anna = new Drafts(shelf, "staff anna");
    anna.keep("a", 1);
    anna.keep("a", undefined);
    expect(anna.read("a")).to.equal(undefined);

    anna.keep("b", 2);
    const ben = new Drafts(shelf, "staff ben");
    ben.keep("b", 3);
    ben.forgetOthers();
    expect([anna.read("b"), ben.read("b")]).to.deep.equal([undefined, 3]);

    Drafts.forgetAll(shelf);
    expect([...shelf.items]).to.deep.equal([["other", "kept"]]);
  });

  it("last as long as the page where the browser has no storage, or it is full", () => {
    const shelf = new Shelf();
    shelf.isFull = true;
    for (const drafts of [new Drafts(undefined, "anna"), new Drafts(shelf, "anna")]) {
      drafts.keep("a", { text: "x" });

      expect(drafts.read("a")).to.deep.equal({ text: "x" });
    }
  });
});
