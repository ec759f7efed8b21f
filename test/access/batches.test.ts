import { expect } from "chai";
import { Batches } from "../../access/batches.ts";
import { rejection } from "../support/rejection.ts";

/** Questions that are answered when the test says so. */
class Asked {
  questions: string[][] = [];
  answer: ((values: Map<string, number>) => void)[] = [];
  fail: ((error: Error) => void)[] = [];

  readonly batches = new Batches<string, number>(
    (keys) =>
      new Promise((resolve, reject) => {
        this.questions.push(keys);
        this.answer.push(resolve);
        this.fail.push(reject);
      }),
    2,
  );
}

const settled = (): Promise<void> => new Promise((done) => setImmediate(done));

describe("batches of questions", () => {
  it("ask at once for the first, and then for what came meanwhile, so many at a time", async () => {
    const { batches, questions, answer } = new Asked();

    const values = ["a", "b", "c", "d"].map((key) => batches.ask(key));
    answer[0]?.(new Map([["a", 1]]));
    await settled();
    answer[1]?.(new Map([["c", 3]]));
    await settled();
    answer[2]?.(new Map([["d", 4]]));

    expect(await Promise.all(values)).to.deep.equal([1, undefined, 3, 4]);
    expect(questions).to.deep.equal([["a"], ["b", "c"], ["d"]]);
  });

  it("fail for those who asked, and go on", async () => {
    const { batches, questions, answer, fail } = new Asked();

    const [first, second] = [batches.ask("a"), batches.ask("b")];
    fail[0]?.(new Error("away"));

    expect(await rejection(first)).to.have.property("message", "away");
    answer[1]?.(new Map([["b", 2]]));
    expect(await second).to.equal(2);
    expect(questions).to.deep.equal([["a"], ["b"]]);
  });
});
