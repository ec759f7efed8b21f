import { expect } from "chai";
import { Bearer } from "../../client/bearer.ts";

describe("the token of the calls", () => {
  let asked: number;
  beforeEach(() => {
    asked = 0;
  });
  const source = async (): Promise<string> => `token-${++asked}`;

  it("is replaced once for two calls of which it was refused", async () => {
    const bearer = new Bearer(source);
    const refused = await bearer.token();

    const others = await Promise.all([bearer.replace(refused), bearer.replace(refused)]);

    expect(others).to.deep.equal(["token-2", "token-2"]);
    expect(await bearer.replace(refused)).to.equal("token-2");
    expect(asked).to.equal(2);
  });

  it("has nothing in its place where there is no other", async () => {
    expect(await new Bearer("the only one").replace("the only one")).to.equal(undefined);
    expect(await new Bearer(() => "the same").replace("the same")).to.equal(undefined);
    expect(await new Bearer(undefined).token()).to.equal(undefined);
  });
});
