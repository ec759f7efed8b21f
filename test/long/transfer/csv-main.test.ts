import { expect } from "chai";
import { runCsv } from "../../support/csv.ts";

// What test/transfer/csv-main.test.ts leaves out.
describe("npm run csv, used wrong", () => {
  for (const args of [[], ["import"], ["export", "secrets"], ["export", "patients", "--dry-run"]]) {
    it(`explains itself: ${args.join(" ")}`, async () => {
      expect(await runCsv("postgres://127.0.0.1:1/none", args)).to.deep.include({ code: 2 });
    });
  }
});
