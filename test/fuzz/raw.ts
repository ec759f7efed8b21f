import { connect } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import type { Random } from "../faults/random.ts";
import { randomBytes } from "./values.ts";
import { damage } from "./headers.ts";
import { basePath } from "./requests.ts";
import { makeMessage } from "./messages.ts";
import type { Caller, World } from "./world.ts";

/** Bytes for a socket of ours, and how they are sent: in pieces, and what is done then. */
export interface RawCase {
  to: "api" | "realtime";
  pieces: Buffer[];
  /** What the frames say under their masks: a pong gives it back. */
  said: string;
  pauseMs: number;
  /** Whether we end our side, break it off, or wait for the server. */
  end: "end" | "destroy" | "wait";
}

/** What is no HTTP, or hardly. */
export function makeRawHttp(random: Random, { token }: Caller): RawCase {
  const path = random.pick([
    "/api/v1/doctors",
    "/api/v1/patients",
    "/health",
    "/api/v1/ws/queue",
    "/c/east/api/v1/doctors",
    "/c/",
    "*",
    "//",
    "http://x/",
  ]);
  const bearer = token === undefined ? "" : `Authorization: Bearer ${token}\r\n`;
  const head = `POST ${path} HTTP/1.1\r\nHost: x\r\n${bearer}Content-Type: application/json\r\n`;
  const get = `GET ${path} HTTP/1.1\r\nHost: x\r\n${bearer}`;
  const text = random.pick([
    `${get}\r\n`.repeat(random.between(2, 20)),
    `${head}Transfer-Encoding: chunked\r\n\r\nZZ\r\n{}\r\n0\r\n\r\n`,
    `${head}Transfer-Encoding: chunked\r\n\r\nffffffffffffffff1\r\n{}`,
    `${head}Transfer-Encoding: chunked\r\n\r\n2;${"x".repeat(20_000)}\r\n{}\r\n0\r\n\r\n`,
    `${head}Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n${"X: y\r\n".repeat(2_000)}\r\n`,
    `${head}Transfer-Encoding: chunked, identity\r\nContent-Length: 2\r\n\r\n{}`,
    `${head}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}`,
    `${head}Content-Length: -1\r\n\r\n{}`,
    `${head}Content-Length: 5\r\n\r\n{}${get}\r\n`,
    `${head}Content-Length: 2\r\n\r\n{}${get}\r\n`,
    `${get}${"X-Flood: y\r\n".repeat(3_000)}\r\n`,
    `${get}X-Long: ${"y".repeat(40_000)}\r\n\r\n`,
    `${get}X: a\r\n folded\r\n\r\n`,
    `${get}X: \0\r\n\r\n`,
    `${get}Bad Header: x\r\n\r\n`,
    `${get}X-Request-Id: a\nSet-Cookie: b\r\n\r\n`,
    `GET ${path}\r\n\r\n`,
    `GET ${path} HTTP/0.9\r\n\r\n`,
    `GET ${path} HTTP/1.0\r\n\r\n`,
    `GET ${path} HTTP/2.0\r\n\r\n`,
    `GET ${path} HTTP/1.1\r\n\r\n`,
    `GET ${path}\0 HTTP/1.1\r\nHost: x\r\n\r\n`,
    `GET /${"a".repeat(20_000)} HTTP/1.1\r\nHost: x\r\n\r\n`,
    `GET /api/v1/doctors/\xff\xfe HTTP/1.1\r\nHost: x\r\n\r\n`,
    `${"G".repeat(5_000)} / HTTP/1.1\r\nHost: x\r\n\r\n`,
    "CONNECT x:1 HTTP/1.1\r\nHost: x\r\n\r\n",
    "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "\r\n\r\n\r\n",
    "\x16\x03\x01\x02\x00\x01\x00",
    randomBytes(random, 200).toString("latin1"),
  ]);
  const bytes = Buffer.from(text, "latin1");
  return {
    to: random.pick(["api", "realtime"]),
    said: "",
    ...inPieces(random, random.next() < 0.8 ? bytes : turned(random, bytes)),
  };
}

/** An upgrade that is none, or a true one with what is no WebSocket behind it. */
export function makeUpgrade(random: Random, caller: Caller, world: World): RawCase {
  const { token } = caller;
  const right: Record<string, string> = {
    Host: "x",
    Connection: "Upgrade",
    Upgrade: "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": randomBytes(random, 16).toString("base64"),
  };
  if (token !== undefined) {
    const [header, value] = random.pick([
      ["Authorization", `Bearer ${token}`],
      ["Authorization", `Bearer ${token}`],
      ["Authorization", `Bearer ${damage(random, token)}`],
      ["Cookie", `clinic_queue=${token}`],
    ]) as [string, string];
    right[header] = value;
  }
  const path =
    random.next() < 0.9
      ? `${basePath(random, caller)}/api/v1/ws/queue`
      : random.pick(["/", "/api/v1/ws/queue/x", "/health", "*", "//x"]);
  let frames: { bytes: Buffer; said: string }[] = [];
  if (random.next() < 0.4) {
    const odd = random.pick<Record<string, string>>([
      { "Sec-WebSocket-Version": "99" },
      { "Sec-WebSocket-Key": "x" },
      { "Sec-WebSocket-Key": "" },
      { "Sec-WebSocket-Extensions": "permessage-deflate; server_max_window_bits=99, ;;=" },
      { "Sec-WebSocket-Protocol": "a, a, ,\x01" },
      { Upgrade: "h2c" },
      { Connection: "close, upgrade" },
      { Origin: random.pick(["null", "http://evil.example", "://", "http://x"]) },
      { "X-Forwarded-For": random.pick(["", "x", "1.2.3.4,,", "9.9.9.9"]) },
      { Host: random.pick(["", "[", "x:y", "evil.example:99999"]) },
      { "Content-Length": "10" },
      { "Transfer-Encoding": "chunked" },
    ]);
    Object.assign(right, odd);
  } else {
    frames = Array.from({ length: random.between(1, 4) }, () => makeFrame(random, caller, world));
  }
  const headers = Object.entries(right).map(([name, value]) => `${name}: ${value}\r\n`);
  const head = `${random.next() < 0.97 ? "GET" : "POST"} ${path} HTTP/1.1\r\n${headers.join("")}\r\n`;
  const bytes = Buffer.concat([Buffer.from(head, "latin1"), ...frames.map((frame) => frame.bytes)]);
  return { to: "realtime", said: frames.map(({ said }) => said).join("\n"), ...inPieces(random, bytes) };
}

/** A frame of RFC 6455, section 5.2, with any bit of it wrong. */
function makeFrame(random: Random, caller: Caller, world: World): { bytes: Buffer; said: string } {
  const kind = random.next();
  const payload =
    kind < 0.6
      ? Buffer.from(makeMessage(random, caller, world))
      : random.pick([randomBytes(random, 50), Buffer.alloc(0), Buffer.alloc(5_000, "x"), Buffer.from([0xc3, 0x28])]);
  const opcode = random.pick([1, 1, 1, 1, 0, 2, 8, 9, 10, 3, 11, 15]);
  const isFinal = random.next() < 0.85 ? 0x80 : 0;
  const reserved = random.next() < 0.05 ? random.pick([0x40, 0x20, 0x10]) : 0;
  const masked = random.next() < 0.9 ? 0x80 : 0;
  const declared = random.next() < 0.95 ? payload.length : random.pick([0, 126, 65_535, 2 ** 31, 2 ** 40]);
  const length = Buffer.from(
    declared < 126
      ? [declared | masked]
      : declared < 65_536
        ? [126 | masked, declared >> 8, declared & 255]
        : [127 | masked, 0, 0, ...bigEndian(declared)],
  );
  const mask = randomBytes(random, 4);
  const body = masked ? payload.map((byte, i) => byte ^ (mask[i % 4] as number)) : payload;
  const bytes = Buffer.concat([Buffer.from([isFinal | reserved | opcode]), length, ...(masked ? [mask] : []), body]);
  return { bytes, said: payload.toString("latin1") };
}

const bigEndian = (value: number): number[] => [5, 4, 3, 2, 1, 0].map((at) => Math.floor(value / 256 ** at) % 256);

function turned(random: Random, bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  for (let turns = random.between(1, 5); turns > 0; turns--)
    copy[random.between(0, copy.length - 1)] = random.between(0, 255);
  return copy;
}

function inPieces(random: Random, bytes: Buffer): Pick<RawCase, "pieces" | "pauseMs" | "end"> {
  const end = random.pick(["end", "end", "destroy", "wait"] as const);
  if (random.next() < 0.8) return { pieces: [bytes], pauseMs: 0, end };
  const size = Math.max(1, Math.ceil(bytes.length / random.between(2, 10)));
  const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
    bytes.subarray(i * size, (i + 1) * size),
  );
  return { pieces, pauseMs: random.pick([0, 1, 10]), end };
}

const patienceMs = 300;

/** Sends it, and gives all that came back until the server ended the connection, or for a moment. */
export async function sendRaw({ pieces, pauseMs, end }: RawCase, port: number): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  let answer = "";
  socket.setEncoding("latin1");
  socket.on("data", (text: string) => (answer += text));
  socket.on("error", () => {});
  const isClosed = new Promise((resolve) => socket.once("close", resolve));
  for (const piece of pieces) {
    socket.write(piece);
    await delay(pauseMs);
  }
  if (end === "end") socket.end();
  if (end === "destroy") socket.destroy();
  await Promise.race([isClosed, delay(patienceMs)]);
  socket.destroy();
  return answer;
}
