import { expect } from "chai";
import { seed } from "../support/seed.ts";
import { fuzz } from "./fuzz.ts";

describe("random input to both processes", () => {
  it(`ends neither, makes no error of ours, and shows nobody what is not theirs (seed ${seed})`, async function () {
    this.timeout(60_000);

    const { outcomes, failures } = await fuzz({ runs: 600, seed });

    expect(failures).to.deep.equal([]);
    expect([...outcomes.keys()]).to.include.members(["rest 200", "rest 201", "rest 400", "rest 401", "rest 404"]);
    expect([...outcomes.keys()]).to.include.members(["message snapshot", "upgrade 101", "raw 400"]);
  });
});
