import { Agent, request } from "node:http";
import { Random } from "../faults/random.ts";
import { eventually } from "../support/eventually.ts";
import { makeMessage } from "./messages.ts";
import { makeRawHttp, makeUpgrade, sendRaw, type RawCase } from "./raw.ts";
import { operationsOf, type Operation } from "./operations.ts";
import { makeRequest, makeSoundRequest, type HttpRequest } from "./requests.ts";
import { leaksIn, openWorld, type Caller, type World } from "./world.ts";
import { Wire } from "./wire.ts";

export interface FuzzOptions {
  runs: number;
  /** When no further case is begun, in ms; else when the runs are over. */
  timeMs?: number;
  seed: number;
  /** One case only, by its number: it comes out the same, in a clinic that nothing happened to before. */
  only?: number;
  onProgress?: (run: number) => void;
}

export interface FuzzReport {
  /** How many cases ended how: `rest 400`, `raw`, `frames`. */
  outcomes: Map<string, number>;
  /** What must never happen, with the case that made it. */
  failures: string[];
}

const atOnce = 8;
const maxFailures = 20;

/** Throws random and mutated input at both processes, of every caller, and reports whatever must not happen. */
export async function fuzz({ runs, timeMs = Infinity, seed, only, onProgress }: FuzzOptions): Promise<FuzzReport> {
  const endsAt = performance.now() + timeMs;
  const world = await openWorld();
  const fuzzer = new Fuzzer(world, seed);
  try {
    await fuzzer.open();
    let next = only ?? 0;
    const end = only === undefined ? runs : only + 1;
    const work = async (worker: number): Promise<void> => {
      while (next < end && performance.now() < endsAt && fuzzer.report.failures.length < maxFailures) {
        const run = next++;
        await fuzzer.run(run, worker);
        if ((run + 1) % 5_000 === 0) onProgress?.(run + 1);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, (_, worker) => work(worker)));
    await fuzzer.checkProcesses();
  } finally {
    await fuzzer.close();
    await world.clinic.close();
  }
  return fuzzer.report;
}

class Fuzzer {
  readonly report: FuzzReport = { outcomes: new Map(), failures: [] };
  #world: World;
  #seed: number;
  #operations: Operation[] = [];
  #agent = new Agent({ keepAlive: true, maxSockets: atOnce });
  /** One for each caller and worker, so that an answer belongs to what was just sent. */
  #wires = new Map<string, Wire>();

  constructor(world: World, seed: number) {
    this.#world = world;
    this.#seed = seed;
  }

  async open(): Promise<void> {
    this.#operations = operationsOf((await this.#world.clinic.rest.get("/openapi.json")).body);
  }

  async close(): Promise<void> {
    this.#agent.destroy();
    await Promise.all([...this.#wires.values()].map((wire) => wire.close()));
  }

  /** Each case has a seed of its own, so that it can be had again without those before it. */
  async run(run: number, worker: number): Promise<void> {
    const random = new Random(Math.imul(this.#seed, 0x9e3779b1) ^ Math.imul(run + 1, 0x85ebca6b));
    // Staff may do most, so most of the code behind the door is reached as they.
    const [, staff] = this.#world.callers;
    const caller = staff && random.next() < 0.3 ? staff : random.pick(this.#world.callers);
    const kind = random.next();
    const fail = (what: string, about: unknown): void => {
      const story = JSON.stringify(about, (_, value: unknown) => this.#readable(value)).slice(0, 3_000);
      this.report.failures.push(`${what}\n  --seed ${this.#seed} --only ${run}, as ${caller.name}: ${story}`);
    };
    if (kind < 0.5) await this.#runRequest(random, this.#operations, caller, fail);
    // Most of what moves a queue or an appointment is legal only after something else.
    else if (kind < 0.72)
      await this.#runRequest(random, this.#operations.filter(isOfQueue), staff ?? caller, fail, makeSoundRequest);
    else if (kind < 0.77) await this.#runRaw("raw", makeRawHttp(random, caller), caller, fail);
    else if (kind < 0.82) await this.#runRaw("upgrade", makeUpgrade(random, caller, this.#world), caller, fail);
    else await this.#runMessages(random, caller, worker, fail);
  }

  /** After all of it, both must live and be well, and must have printed nobody's data. */
  async checkProcesses(): Promise<void> {
    const { api, realtime } = this.#world.clinic;
    const secrets = this.#world.people.flatMap(({ markers }) =>
      Object.values(markers).flatMap((marker) => marker.replace("+", "").split(" ")),
    );
    for (const { token } of this.#world.callers) if (token !== undefined) secrets.push(token);
    for (const [name, service] of Object.entries({ api, realtime })) {
      const { exitCode, signalCode } = service.child;
      const died = exitCode ?? signalCode;
      if (died !== null) {
        this.report.failures.push(`${name} died: ${died}\n${service.output.slice(-2_000)}`);
        continue;
      }
      await eventually(async () => {
        const { status } = await fetch(`${service.address}/health`);
        if (status !== 200) throw new Error(`/health of ${name}: ${status}`);
      }).catch((error: unknown) => this.report.failures.push(String(error)));
      for (const text of secrets) {
        const at = service.output.indexOf(text);
        if (at !== -1)
          this.report.failures.push(`${name} printed ${text}: ${service.output.slice(at - 300, at + 300)}`);
      }
    }
  }

  async #runRequest(
    random: Random,
    operations: Operation[],
    caller: Caller,
    fail: (what: string, about: unknown) => void,
    make = makeRequest,
  ): Promise<void> {
    const made = make(random, random.pick(operations), caller, this.#world);
    let answer;
    try {
      answer = await this.#send(made);
    } catch (error) {
      const { code = "", message } = error as NodeJS.ErrnoException;
      this.#count(`rest ${code}`);
      // The server may end the connection before it has read a body that it does not want.
      if (!["ECONNRESET", "EPIPE"].includes(code)) fail(`no answer: ${code} ${message}`, made);
      return;
    }
    this.#count(`rest ${answer.status}`);
    const written = made.path + decoded(made.path) + JSON.stringify(made.headers) + String(made.body ?? "");
    const wrong = wrongOf(answer);
    const { status, text } = answer;
    if (wrong !== undefined) fail(wrong, { status, text, ...made });
    const leaks = leaksIn(answer.head + answer.text, caller, this.#world, written);
    if (leaks.length > 0) fail(`shows ${leaks.join(", ")}`, { status, text, ...made });
  }

  async #runRaw(
    kind: string,
    made: RawCase,
    caller: Caller,
    fail: (what: string, about: unknown) => void,
  ): Promise<void> {
    const { api, realtime } = this.#world.clinic;
    const answer = await sendRaw(made, made.to === "api" ? api.port : realtime.port);
    const [, status] = /^HTTP\/1\.1 (\d+)/.exec(answer) ?? [];
    this.#count(`${kind} ${status ?? "-"}`);
    if (status?.startsWith("5") && !/"message":"\w/.test(answer)) fail(status, { ...made, answer });
    const written = Buffer.concat(made.pieces).toString("latin1") + made.said;
    const leaks = leaksIn(answer, caller, this.#world, written);
    if (leaks.length > 0) fail(`shows ${leaks.join(", ")}`, { ...made, answer });
  }

  async #runMessages(
    random: Random,
    caller: Caller,
    worker: number,
    fail: (what: string, about: unknown) => void,
  ): Promise<void> {
    const messages = Array.from({ length: random.between(1, 5) }, () => makeMessage(random, caller, this.#world));
    const key = `${worker} ${caller.name}`;
    let wire = this.#wires.get(key);
    if (!wire?.isOpen) this.#wires.set(key, (wire = await Wire.open(this.#socketUrlOf(caller), caller.token)));
    const written = messages.join("\n");
    const answers = await wire.exchange(messages);
    let { sees } = caller;
    if (written.includes("authenticate")) {
      answers.push(...(await wire.finish()));
      // Who watches nothing yet may become somebody else: whoever they gave the token of. Not its last character, whose
      // last bits say nothing.
      const given = this.#world.callers.filter(
        ({ token, basePath }) =>
          basePath === caller.basePath && token !== undefined && written.includes(token.slice(0, -1)),
      );
      sees = [caller, ...given].flatMap(({ sees }) => sees);
    }
    for (const answer of answers) {
      this.#count(`message ${answer.type ?? "?"}${answer.code === undefined ? "" : ` ${answer.code}`}`);
      if (answer.type === "error" && !/\w/.test(String(answer.error)))
        fail("an error without a word", { messages, answer });
      const leaks = leaksIn(answer.text, { ...caller, sees }, this.#world, written);
      if (leaks.length > 0) fail(`shows ${leaks.join(", ")}`, { messages, answer });
    }
    if (wire.closeCode !== undefined) {
      this.#count(`message closed ${wire.closeCode}`);
      // 1008 for a bad token; anything else would be an error of ours.
      if (![1008, 1009, 1007].includes(wire.closeCode)) fail(`closed with ${wire.closeCode}`, { messages });
    }
  }

  #socketUrlOf({ basePath }: Caller): string {
    return this.#world.clinic.socketUrl.replace("/api/v1", `${basePath}/api/v1`);
  }

  async #send({ method, path, headers, body }: HttpRequest): Promise<Answer> {
    const { port } = this.#world.clinic.api;
    return new Promise((resolve, reject) => {
      const length = body && { "content-length": body.length };
      const sent = request(
        {
          host: "127.0.0.1",
          port,
          method,
          path,
          headers: { ...headers, ...length },
          agent: this.#agent,
          timeout: 20_000,
        },
        (response) => {
          const chunks: Buffer[] = [];
          response.on("data", (chunk: Buffer) => chunks.push(chunk));
          response.on("error", reject);
          response.on("end", () => {
            const text = Buffer.concat(chunks).toString();
            const { statusCode: status = 0, headers } = response;
            resolve({ status, text, headers, head: JSON.stringify(headers), isBodyless: method === "HEAD" });
          });
        },
      );
      sent.on("timeout", () => sent.destroy(new Error("no answer within 20 s")));
      sent.on("error", reject);
      sent.end(body);
    });
  }

  #readable(value: unknown): unknown {
    if (typeof value === "object" && value !== null && "type" in value && value.type === "Buffer" && "data" in value) {
      return Buffer.from(value.data as number[])
        .toString("latin1")
        .slice(0, 1_000);
    }
    return typeof value === "string" ? value.slice(0, 1_000) : value;
  }

  #count(outcome: string): void {
    this.report.outcomes.set(outcome, (this.report.outcomes.get(outcome) ?? 0) + 1);
  }
}

interface Answer {
  status: number;
  headers: Record<string, unknown>;
  text: string;
  head: string;
  isBodyless: boolean;
}

/** What is wrong with an answer by itself, whatever was asked. */
function wrongOf({ status, headers, text, isBodyless }: Answer): string | undefined {
  if (status >= 500 && status !== 503) return `${status}`;
  if (status < 400 || isBodyless) return undefined;
  if (status === 503 && headers["retry-after"] === undefined) return "503 that does not say when to come back";
  if (!String(headers["content-type"]).startsWith("application/json")) {
    // Node's own answer to what is no HTTP.
    return status === 400 || status === 431 ? undefined : `${status} that is not JSON`;
  }
  const { error, message, details } = JSON.parse(text) as Record<string, unknown>;
  if (typeof error !== "string" || typeof message !== "string" || !/\w/.test(message))
    return `${status} without a reason`;
  const isExplained = (one: Record<string, unknown>): boolean => Boolean(one["field"]) && Boolean(one["reason"]);
  if (!Array.isArray(details)) return details === null || typeof details === "object" ? undefined : `${status} details`;
  return details.every(isExplained) ? undefined : `${status} with details that do not say why`;
}

const isOfQueue = ({ method, path }: Operation): boolean =>
  method !== "GET" &&
  /queue|transitions|walk-ins|checkins|day|reschedule|slot-holds|schedule|leave|waitlist/.test(path);

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return "";
  }
}
