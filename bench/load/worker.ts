/** A process full of clients; see load.ts for what it is told and what it answers. */
import { now } from "../clock.ts";
import { RawClient, type RawClientOptions } from "./raw-client.ts";
import type { LoadAnswer, LoadRequest } from "./load.ts";

const clients: RawClient[] = [];
let frames = 0;
let bytes = 0;
let tracksRevisions = false;
let isAwake = false;
let isAwaited: () => boolean = () => false;
let arrived: () => void = () => {};
/** Of each revision, when a client got it first, when last, and how many did: once for each client, whatever it is sent. */
let arrivals = new Map<number, { first: number; last: number; count: number }>();
const needle = Buffer.from('"revision":');

process.on("message", (request: LoadRequest) => {
  void answer(request).then((reply) => process.send?.(reply));
});
process.on("disconnect", () => process.exit(0));

async function answer(request: LoadRequest): Promise<LoadAnswer> {
  switch (request.do) {
    case "connect":
      return { ms: await connect(request.options, request.count, request.atOnce) };
    case "reset":
      frames = 0;
      bytes = 0;
      arrivals = new Map();
      tracksRevisions = request.tracksRevisions;
      isAwake = request.staysAwake;
      stayAwake();
      return {};
    case "await": {
      const { frames: wantedFrames = 0, bytes: wantedBytes = 0 } = request;
      isAwaited = () => frames >= wantedFrames && bytes >= wantedBytes;
      if (!isAwaited()) await new Promise<void>((resolve) => (arrived = resolve));
      isAwaited = () => false;
      return {};
    }
    case "collect":
      isAwake = false;
      return { frames, bytes, arrivals: [...arrivals] };
    case "close":
      for (const client of clients.splice(0)) client.close();
      return {};
  }
}

function stayAwake(): void {
  if (isAwake) setImmediate(stayAwake);
}

/** Connects so many, a few at once, and waits until each has its first frame: how long that took. */
async function connect(options: RawClientOptions, count: number, atOnce: number): Promise<number> {
  const startedAt = now();
  for (let made = 0; made < count; made += atOnce) {
    const batch = Array.from({ length: Math.min(atOnce, count - made) }, async (_, n) => {
      let first = (): void => {};
      const answered = new Promise<void>((resolve) => (first = resolve));
      let isFirst = true;
      let known = 0;
      const path = options.path.replace("{n}", String(made + n + 1));
      const client = new RawClient({ ...options, path }, (chunk, at, length, headerBytes) => {
        frames += 1;
        bytes += length + headerBytes;
        if (isFirst) {
          isFirst = false;
          first();
        } else if (tracksRevisions) {
          const revision = revisionIn(chunk, at);
          if (revision > known) arrive((known = revision));
        }
        if (isAwaited()) arrived();
      });
      clients.push(client);
      await client.open;
      if (options.hello.length > 0) await answered;
      else isFirst = false;
    });
    await Promise.all(batch);
  }
  return now() - startedAt;
}

/** The revision that a frame begins with; 0 when it tells none. */
function revisionIn(chunk: Buffer, at: number): number {
  const found = chunk.indexOf(needle, at);
  if (found === -1) return 0;
  let revision = 0;
  for (let n = found + needle.length; (chunk[n] ?? 0) >= 48 && (chunk[n] ?? 0) <= 57; n++) {
    revision = revision * 10 + (chunk[n] ?? 0) - 48;
  }
  return revision;
}

function arrive(revision: number): void {
  const last = now();
  const known = arrivals.get(revision);
  if (known) {
    known.last = last;
    known.count += 1;
  } else {
    arrivals.set(revision, { first: last, last, count: 1 });
  }
}
