import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect } from "chai";
import type { Page } from "playwright-core";
import { build } from "vite";
import { projectRoot } from "../../platform/project-root.ts";
import { openBrowser } from "../support/browser.ts";
import { Clinic, daysFromNow } from "../support/clinic.ts";
import { temporaryFolder } from "../support/database.ts";
import { eventually } from "../support/eventually.ts";
import { Running } from "../support/running.ts";

const execute = promisify(execFile);
const root = fileURLToPath(projectRoot);
const mostBytes = 30_000;

/** Prints each queue of a date, and ends by itself after the first booking. */
const watchUntilBooked = `
const [url, date] = process.argv.slice(2);
const client = new QueueClient({ url });
client.onQueue = (queue) => {
  console.log(JSON.stringify(queue));
  if (queue.total_appointments > 0) client.close();
};
client.watch(date);
`;
/** Prints what the API answers, and what it says is wrong. */
const callAndFail = `
const [url] = process.argv.slice(2);
const clinic = new ClinicClient({ url });
clinic.call("getClinic")
  .then(({ today }) => console.log(today))
  .then(() => clinic.next("no doctor"))
  .catch((error) => console.log(error instanceof ValidationError, error.fields[0].field));
`;
const loads = {
  "import.mjs": (names: string): string => `import { ${names} } from "clinic-queue-client";`,
  "require.cjs": (names: string): string => `const { ${names} } = require("clinic-queue-client");`,
};

const pageScript = `
import { ClinicClient, QueueClient } from "clinic-queue-client";

const client = new QueueClient({ url: decodeURIComponent(location.hash.slice(1)) });
window.clinic = new ClinicClient({ url: new URL(".", location.href).href, queue: client });
client.onQueue = (queue) => (document.body.textContent = JSON.stringify(queue));
client.onState = ({ name }) => (document.title = name);
client.watch("today");
`;

const typedProgram = `
import { ClinicClient, QueueClient, StaleError } from "clinic-queue-client";
import type { Answer, ConnectionState, Queue, Section } from "clinic-queue-client";

export function watch(url: string): QueueClient<"staff"> {
  const client = new QueueClient<"staff">({ url: [url], token: async () => "a token", firstRetryMs: 500 });
  client.onQueue = ({ doctors }: Queue<"staff">) => doctors.map(phones);
  client.onState = ({ reason }: ConnectionState) => reason?.message.trim();
  client.watch("today", { doctorId: "a doctor", view: "staff" });
  // @ts-expect-error: the types are there, and are not any.
  client.watch(1);
  return client;
}

export async function callNext(queue: QueueClient<"staff">, doctorId: string): Promise<string | undefined> {
  const clinic = new ClinicClient({ url: "http://clinic.example", queue, token: () => undefined });
  const { appointment }: Answer<"callNext"> = await clinic.next(doctorId).catch((error: unknown) => {
    if (error instanceof StaleError) error.place?.after.trim();
    throw error;
  });
  if (appointment) await clinic.act(appointment.id, "serve", { task: { text: "Call back" } });
  // @ts-expect-error: the types are there, and are not any.
  await clinic.call("getDoctor", { params: { id: 1 } });
  return appointment?.ticket;
}

const phones = ({ appointments }: Section<"staff">): string[] => appointments.map(({ patient }) => patient.phone);
`;
const typedPage = `
import { ClinicClient, QueueClient } from "clinic-queue-client";

export const client = new QueueClient<"public">({ url: "wss://clinic.example/api/v1/ws/queue", WebSocket });
export const clinic = new ClinicClient({ url: "https://clinic.example", fetch });
export const rooms = clinic.call("listRooms", { signal: new AbortController().signal });
`;

const strict = { strict: true, exactOptionalPropertyTypes: true, skipLibCheck: false, noEmit: true, types: [] };
const typedProjects = {
  node: {
    compilerOptions: { ...strict, target: "es2022", lib: ["es2022"], module: "nodenext" },
    files: ["typed.mts", "typed.cts"],
  },
  page: {
    compilerOptions: {
      ...strict,
      target: "es2022",
      lib: ["es2022", "dom"],
      module: "esnext",
      moduleResolution: "bundler",
    },
    files: ["typed-page.ts"],
  },
};

describe("the package of the client library", function () {
  this.timeout(120_000);
  let clinic: Clinic;
  let folder: string;
  let tarball: string;
  before(async () => {
    folder = await temporaryFolder();
    tarball = join(folder, "packed", await pack(join(folder, "packed")));
    await install(folder, tarball);
    clinic = await Clinic.open();
  });
  after(async () => {
    await clinic.close();
    await rm(folder, { recursive: true });
  });

  const write = (name: string, text: string): Promise<void> => writeFile(join(folder, name), text);

  it("is small, has its guide and licence with it, and brings nothing but ws", async () => {
    const installed = join(folder, "node_modules/clinic-queue-client");

    const { dependencies } = JSON.parse(await readFile(join(installed, "package.json"), "utf8")) as {
      dependencies: object;
    };

    expect((await stat(tarball)).size).to.be.below(mostBytes);
    expect(await readdir(installed)).to.have.members(["LICENSE", "README.md", "dist", "package.json"]);
    expect(Object.keys(dependencies)).to.deep.equal(["ws"]);
  });

  it("does what its guide shows", async () => {
    await write("guide.mjs", guideProgram(clinic, 0));
    const running = new Running(process.execPath, ["guide.mjs"], { cwd: folder });
    await eventually(() => expect(running.output, running.errors).to.include("live"));
    const doctor = await clinic.rest.addDoctor();

    await clinic.rest.bookNew(doctor.id, await clinic.rest.today());

    await eventually(() => expect(running.output).to.include(doctor.id));
    expect(running.errors).to.equal("");
    await running.stop();
  });

  it("runs a doctor's day, as its guide shows", async () => {
    await write("day.mjs", guideProgram(clinic, 1));
    const running = new Running(process.execPath, ["day.mjs"], { cwd: folder });

    expect(await running.exit(), running.errors).to.equal(0);

    expect(running.errors).to.equal("");
    const calls = running.output.match(/^\w+, please go to Room \d+$/gm) ?? [];
    expect(calls.map((line) => /\d/.exec(line)?.[0])).to.deep.equal(["1", "2", "3", "4", "5"]);
    expect(running.output).to.include("Dr. Bot has seen 4 patients");
  });

  for (const [day, [name, load]] of Object.entries(loads).entries()) {
    it(`calls the API from Node, by ${name}`, async () => {
      await write(name, load("ClinicClient, ValidationError") + callAndFail);
      const running = new Running(process.execPath, [name, clinic.address], { cwd: folder });

      expect(await running.exit()).to.equal(0);
      expect(running.output).to.equal(`${await clinic.rest.today()}\ntrue id\n`);
      expect(running.errors).to.equal("");
    });

    it(`watches a date from Node, by ${name}`, async () => {
      const date = daysFromNow(40 + day);
      const doctor = await clinic.rest.addDoctor();
      await write(name, load("QueueClient") + watchUntilBooked);
      const running = new Running(process.execPath, [name, clinic.socketUrl, date], { cwd: folder });
      await eventually(() => expect(running.output, running.errors).to.include('"total_appointments":0'));

      const { id } = await clinic.rest.bookNew(doctor.id, date);

      expect(await running.exit()).to.equal(0);
      expect(running.output).to.include(id);
      expect(running.errors).to.equal("");
    });
  }

  it("watches the clinic's today and books from a browser, bundled by Vite, without ws", async () => {
    await write("page.js", pageScript);
    const script = await bundle(folder, join(folder, "page.js"));
    const browser = await openBrowser();
    const page = await browser.newPage();
    await serve(page, `${clinic.address}/package`, script);
    await page.goto(`${clinic.address}/package#${encodeURIComponent(clinic.socketUrl)}`);
    await eventually(async () => expect(await page.title()).to.equal("live"));
    const doctor = await clinic.rest.addDoctor();

    const [patient, today] = [await clinic.rest.addPatient(), await clinic.rest.today()];

    const booking = JSON.stringify({ patient_id: patient.id, doctor_id: doctor.id, date: today });
    const id = await page.evaluate<string>(`window.clinic.book(${booking}).then(({ id }) => id)`);

    await page.getByText(id).waitFor();
    await browser.close();
  });

  it("has types that need no others, for Node by import and by require, and for a browser", async () => {
    await Promise.all([
      write("typed.mts", typedProgram),
      write("typed.cts", typedProgram),
      write("typed-page.ts", typedPage),
    ]);

    for (const [name, project] of Object.entries(typedProjects)) {
      await write(`${name}.json`, JSON.stringify(project));
      expect(await compile(folder, `${name}.json`)).to.equal("");
    }
  });
});

/** One of the programs of docs/client.md, with the addresses of a test's clinic. */
function guideProgram({ address, socketUrl }: Clinic, place: number): string {
  const guide = readFileSync(new URL("docs/client.md", projectRoot), "utf8");
  const program = Array.from(guide.matchAll(/```js\n(.*?)```/gs))[place]?.[1] ?? "";
  const filled = program
    .replace("http://127.0.0.1:8000", address)
    .replace("ws://127.0.0.1:8001/api/v1/ws/queue", socketUrl);
  expect(filled).to.include(address).and.include(socketUrl);
  return filled;
}

/** Packs the client as npm would publish it. Returns the name of the tarball. */
async function pack(into: string): Promise<string> {
  await mkdir(into);
  await npm(["pack", "--pack-destination", into], join(root, "client"));
  const [name = ""] = await readdir(into);
  return name;
}

/** Installs the tarball in a project that is empty otherwise, with the ws that is here, because a test has no registry. */
async function install(folder: string, tarball: string): Promise<void> {
  const dependencies = { "clinic-queue-client": `file:${tarball}`, ws: `file:${join(root, "node_modules/ws")}` };
  await writeFile(join(folder, "package.json"), JSON.stringify({ private: true, dependencies }));
  await npm(["install", "--offline", "--cache", join(folder, "cache"), "--no-audit", "--no-fund"], folder);
}

/** Runs npm without the settings that npm itself hands to a test that it runs. */
async function npm(args: string[], cwd: string): Promise<void> {
  await execute("npm", args, { cwd, env: { PATH: process.env["PATH"], HOME: process.env["HOME"] } });
}

/** What the compiler complains of in a project; empty when nothing. */
async function compile(folder: string, project: string): Promise<string> {
  const compiler = join(root, "node_modules/typescript/bin/tsc");
  return execute(process.execPath, [compiler, "-p", project], { cwd: folder }).then(
    ({ stdout }) => stdout,
    ({ stdout, stderr }: { stdout: string; stderr: string }) => stdout + stderr,
  );
}

/** The one script that Vite makes of a module and of all that it imports. */
async function bundle(folder: string, input: string): Promise<string> {
  const built = await build({
    root: folder,
    configFile: false,
    logLevel: "silent",
    build: { write: false, rolldownOptions: { input } },
  });
  if (!("output" in built)) throw new Error("Vite did not build one output");
  expect(built.output).to.have.length(1);
  expect(built.output[0].imports).to.deep.equal([]);
  return built.output[0].code;
}

/** Gives the browser a page that runs a script, at an address of the clinic, whose WebSocket takes no other pages. */
async function serve(page: Page, address: string, script: string): Promise<void> {
  const body = `<!doctype html><title></title><body></body><script type="module">${script}</script>`;
  await page.route(address, (route) => route.fulfill({ contentType: "text/html", body }));
}
