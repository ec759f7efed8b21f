import { spawn } from "node:child_process";
import { once } from "node:events";
import { cp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { projectRoot } from "../../platform/project-root.ts";
import { temporaryFolder } from "../support/database.ts";
import { mutate, type Mutant } from "./mutant.ts";

/** How a run of tests ended. */
export interface TestRun {
  /** The files with a failure, from `test/`, without `.test.ts`. Empty when all passed, and when it was ended. */
  failed: string[];
  /** What the first failure said. */
  reason: string;
  /** It took too long and was ended. */
  hung: boolean;
}

interface Failure {
  file?: string;
  fullTitle: string;
  err: { message?: string };
}

const root = fileURLToPath(projectRoot);
const leftOut = new Set(["node_modules", ".git", ".data", "coverage"]);
const buildTimeoutMs = 180_000;
const reportFile = "report.json";

/** A copy of the project that faults can be put into. It shares what npm installed. */
export class Workspace {
  readonly folder: string;
  #undo: (() => Promise<void>) | undefined;

  private constructor(folder: string) {
    this.folder = folder;
  }

  /** Makes a copy that is built. @throws Error when it cannot be built. */
  static async create(): Promise<Workspace> {
    const folder = await temporaryFolder();
    await cp(root, folder, {
      recursive: true,
      filter: (path) => !leftOut.has(relative(root, path).split("/")[0] ?? ""),
    });
    await symlink(join(root, "node_modules"), join(folder, "node_modules"));
    const workspace = new Workspace(folder);
    if (!(await workspace.#build(["build"]))) throw new Error("the project without a fault cannot be built");
    return workspace;
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }

  /** Puts a fault in, in place of the one before, and builds. False when it does not compile. */
  async apply(mutant: Mutant): Promise<boolean> {
    await this.#undo?.();
    const path = join(this.folder, mutant.file);
    const source = await readFile(path, "utf8");
    await writeFile(path, mutate(source, mutant));
    const inPages = /^(client|web|contract)\//.test(mutant.file);
    this.#undo = async () => {
      await writeFile(path, source);
      if (inPages) await this.#build(["build:web"]);
    };
    return this.#build(inPages ? ["build:server", "build:web"] : ["build:server"]);
  }

  /** Runs some test files, or the whole suite, until the first failure. */
  async test(files: string[] | undefined, timeoutMs: number): Promise<TestRun> {
    await rm(join(this.folder, reportFile), { force: true });
    const report = ["--bail", "--reporter", "json", "--reporter-option", `output=${reportFile}`];
    const { code, output } = files
      ? await this.#run("npx", ["mocha", ...report, ...files.map(pathOf)], timeoutMs)
      : await this.#run("npm", ["test", "--", ...report], timeoutMs);
    if (code === undefined) return { failed: [], reason: `not over after ${timeoutMs / 1000} s`, hung: true };
    if (code === 0) return { failed: [], reason: "", hung: false };
    const failures = await this.#readFailures();
    const failed = [...new Set(failures.map(({ file }) => nameOf(file ?? "")))];
    const [first] = failures;
    // Without a report the tests could not even begin.
    const reason = first ? `${first.fullTitle}: ${first.err.message ?? ""}` : output.trim().slice(-500);
    return { failed: failed.length > 0 ? failed : ["the start of the tests"], reason, hung: false };
  }

  async #readFailures(): Promise<Failure[]> {
    try {
      const report = await readFile(join(this.folder, reportFile), "utf8");
      return (JSON.parse(report) as { failures: Failure[] }).failures;
    } catch {
      return [];
    }
  }

  async #build(scripts: string[]): Promise<boolean> {
    for (const script of scripts) {
      const { code } = await this.#run("npm", ["run", "--silent", script], buildTimeoutMs);
      if (code !== 0) return false;
    }
    return true;
  }

  /** Runs a program in the folder; ends it and all that it started when the time is up: then there is no code. */
  async #run(
    command: string,
    args: string[],
    timeoutMs: number,
  ): Promise<{ code: number | undefined; output: string }> {
    const child = spawn(command, args, { cwd: this.folder, detached: true, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    const record = (chunk: Buffer): void => void (output = (output + String(chunk)).slice(-10_000));
    child.stdout.on("data", record);
    child.stderr.on("data", record);
    let hung = false;
    const timer = setTimeout(() => {
      hung = true;
      process.kill(-(child.pid as number), "SIGKILL");
    }, timeoutMs);
    const [code] = (await once(child, "close")) as [number | null];
    clearTimeout(timer);
    return { code: hung ? undefined : (code ?? 1), output };
  }
}

const pathOf = (name: string): string => `test/${name}.test.ts`;

/** `/tmp/…/test/api/load.test.ts` is `api/load`. */
function nameOf(file: string): string {
  return /test\/(.+)\.test\.ts$/.exec(file)?.[1] ?? "what the tests left open";
}
