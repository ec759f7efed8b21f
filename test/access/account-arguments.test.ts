import { expect } from "chai";
import { readAccountArguments } from "../../access/account-arguments.ts";

describe("the arguments of npm run account", () => {
  it("name what is to be done, and with whom", () => {
    const added = readAccountArguments(["add", "Dora", "--role", "doctor", "--doctor", "DORA", "--clinic", "east"]);

    expect(added).to.deep.equal({
      action: "add",
      name: "dora",
      options: { role: "doctor", doctorCode: "DORA", scope: "" },
      also: { links: false, screens: false },
      clinicCode: "east",
    });
  });

  const wrong = [
    [],
    ["remove", "anna"],
    ["add"],
    ["add", "eve"],
    ["add", "eve", "--role", "admin"],
    ["add", "eve", "--role", "patient"],
    ["add", "eve", "--role", "doctor"],
    ["add", "eve", "--role", "staff", "--doctor", "DORA"],
    ["add", "eve", "--role", "staff", "--scopes", "read"],
    ["add", "eve", "--role", "service"],
    ["add", "eve", "--role", "service", "--scopes", "everything"],
    ["add", "eve", "mallory", "--role", "staff"],
    ["add", "eve", "--role", "staff", "--password", "x"],
    ["list", "anna"],
    ["disable"],
    ["disable", "anna", "--role", "staff"],
    ["disable", "anna", "--links"],
    ["list", "--screens"],
  ];
  for (const args of wrong) {
    it(`are refused where they are: ${args.join(" ")}`, () => {
      expect(() => readAccountArguments(args)).to.throw();
    });
  }
});
