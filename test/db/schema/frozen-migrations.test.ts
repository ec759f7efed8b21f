import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { expect } from "chai";
import { projectRoot } from "../../../platform/project-root.ts";

/** The SHA-256 of each migration that a release has. A release adds its new ones here; nothing here ever changes. */
const released: Record<string, string> = {
  "0001_schema.sql": "7b16306b6d35340cb90edf823d507f6516b3cc0926c6bc26e94a7eb2d5c0d9ce",
  "0002_clinics.sql": "6d56400aa21e435a7c4d63b12617127c8ed28b2f473c0ff2fb7bcc8008c4d188",
  "0003_people.sql": "7de02335442049b0bc833cc836f184f4b4c9fbda1dcd46b712e294127f9d8e09",
  "0004_days.sql": "892a76ab5da80f847fa622f131a1e558ba430bf1c979f00b2e38bc21996a1939",
  "0005_bookings.sql": "eea99d01b6204849a2271a68b7535b592d544b112460c54a61fa42691366dd61",
  "0006_queue.sql": "12c04ea7531b09fc4ae88a1eb0feff6665d1d6b75394daf9af280e12df287d35",
  "0007_access.sql": "33951ea7530eb58a0a83df99ce767cd01d6924a9044cf4b028d46fcb7d84426e",
  "0008_audit.sql": "65760acac17d8a764a41fd5e7be7d8d02109a258c4395f9ac397e13c99526272",
  "0009_roles.sql": "888257cb21bd4b605d3163a9e97fe983b6eea71e755f1e93f34a389b0181618a",
};

const folder = new URL("db/migrations/", projectRoot);

describe("the migrations of a release", () => {
  for (const [file, hash] of Object.entries(released)) {
    it(`are what databases have run: ${file}`, async () => {
      const text = await readFile(new URL(file, folder)).catch(() => "");

      expect(
        createHash("sha256").update(text).digest("hex"),
        `db/migrations/${file} is in a release, so databases have run it and will not run it again. ` +
          "Take the change back, and put what should become of the tables into a new file with the next number",
      ).to.equal(hash);
    });
  }

  it("come before those that are new", async () => {
    const files = (await readdir(folder)).toSorted();

    expect(files.slice(0, Object.keys(released).length)).to.deep.equal(Object.keys(released));
  });

  it("are numbered without a gap, so that two branches cannot both add the same one unseen", async () => {
    const numbers = (await readdir(folder)).toSorted().map((file) => file.slice(0, 5));

    expect(numbers).to.deep.equal(numbers.map((_, n) => `${String(n + 1).padStart(4, "0")}_`));
  });
});
