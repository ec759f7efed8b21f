import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { projectRoot } from "../../platform/project-root.ts";
import { cases } from "../support/seed.ts";
import { isGone, keeperOf } from "../support/start.ts";

const program = `
  const { claimFolder } = await import(process.argv[1]);
  await new Promise((go) => process.on("message", go));
  await claimFolder(process.argv[2]).then(() => process.send("keeper"), (error) => process.send(error.message));
`;

/** A process that is ready to claim a folder, and then holds it until it is killed. */
async function claimer(folder: string) {
  const module = new URL("dist/embedded/keeper-claim.js", projectRoot).href;
  const child = spawn(process.execPath, ["--input-type=module", "-e", program, module, folder], {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  await once(child, "spawn");
  return {
    pid: child.pid ?? 0,
    async claim(): Promise<string> {
      const answer = once(child, "message");
      child.send("go");
      return String((await answer)[0]);
    },
    async kill(): Promise<void> {
      const exit = once(child, "exit");
      child.kill("SIGKILL");
      await exit;
    },
  };
}

describe("the claim of a folder", function () {
  this.timeout(120_000);
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "clinic-queue-"));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it("is one process' alone, however many come at once after one that was killed, and names that process", async () => {
    for (let round = 0; round < cases(5); round++) {
      const claimers = await Promise.all(Array.from({ length: 4 }, () => claimer(folder)));
      const answers = await Promise.all(claimers.map((one) => one.claim()));

      const keepers = claimers.filter((_one, index) => answers[index] === "keeper");
      expect(keepers, `round ${round}: ${answers.join("; ")}`).to.have.length(1);
      expect(await keeperOf(folder)).to.equal(keepers[0]?.pid);
      expect(await isGone(keepers[0]?.pid ?? 0)).to.equal(false);
      for (const answer of answers.filter((answer) => answer !== "keeper")) {
        expect(answer).to.include(`another start uses ${folder}`).and.include(`process ${keepers[0]?.pid}`);
      }
      await Promise.all(claimers.map((one) => one.kill()));
    }

    expect(await readdir(folder)).to.have.length(1);
  });
});
