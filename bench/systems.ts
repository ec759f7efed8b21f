import { SignJWT } from "jose";
import type { RawClientOptions, Wire } from "./load/raw-client.ts";
import { Program } from "./program.ts";
import { timezone } from "./world.ts";

/** A system under measurement: ours, or one that a user would pick instead. */
export interface System {
  name: string;
  /** Which delivers; its processor time is what counts. */
  server: Program;
  /** Where check-ins are sent. */
  rest: number;
  /** Says that a date changed, to a system that does not hear it from Postgres. */
  tellChanged: (date: string) => Promise<void>;
  client: (date: string, how?: { mode?: "full" | "delta"; compressed?: boolean }) => RawClientOptions;
  stop: () => Promise<void>;
}

export const secret = "a secret of the benchmark's, of 32 bytes or more";

const unlimited = {
  MAX_CONNECTIONS: "100000",
  MAX_CONNECTIONS_PER_ADDRESS: "100000",
  MAX_CONNECTIONS_PER_CALLER: "100000",
  MAX_MESSAGES_PER_SECOND_PER_CALLER: "100000",
  MAX_UPGRADES_PER_SECOND: "100000",
};

/** The api and the realtime process as they are built. */
export async function startOurs(
  url: string,
  settings: Record<string, string> = {},
): Promise<System & { api: Program }> {
  const env = {
    DATABASE_URL: url,
    DAILY_CAPACITY: "1000",
    CLINIC_TIMEZONE: timezone,
    API_PORT: "0",
    REALTIME_PORT: "0",
    ...unlimited,
    ...settings,
  };
  const [api, realtime] = await Promise.all([
    Program.start("dist/api/main.js", env),
    Program.start("dist/realtime/main.js", env),
  ]);
  // As an operator's own tool signs it: of no session.
  const token =
    settings["AUTH_SECRET"] &&
    (await new SignJWT({ sub: "bench", role: "staff" })
      .setProtectedHeader({ alg: "HS256" })
      .setExpirationTime("1h")
      .sign(Buffer.from(secret)));
  return {
    name: "clinic-queue",
    server: realtime,
    api,
    rest: api.port,
    tellChanged: async () => {},
    client: (date, { mode = "full", compressed = false } = {}) => ({
      port: realtime.port,
      path: "/api/v1/ws/queue",
      wire: "websocket",
      compressed,
      headers: token ? `Authorization: Bearer ${token}\r\n` : "",
      hello: [JSON.stringify({ action: "subscribe", date, mode })],
    }),
    stop: async () => {
      await Promise.all([api.stop(), realtime.stop()]);
    },
  };
}

/** (a) Express and Socket.IO with its Postgres adapter. */
export async function startSocketIo(url: string, deflate = false): Promise<System> {
  const server = await Program.start("bench/peers/socket-io.ts", { DATABASE_URL: url, DEFLATE: deflate ? "1" : "0" });
  return {
    name: "Socket.IO",
    server,
    rest: server.port,
    tellChanged: async (date) => {
      await fetch(`http://127.0.0.1:${server.port}/changed/${date}`, { method: "POST" });
    },
    client: (date, { compressed = false } = {}) => ({
      ...plain("socket.io", server.port, "/socket.io/?EIO=4&transport=websocket"),
      compressed,
      hello: ["40", `42["subscribe","${date}"]`],
    }),
    stop: () => server.stop(),
  };
}

/** (b) The hand-made server; bookings and check-ins go through our api. */
export async function startHandMade(url: string, deflate = false): Promise<System> {
  const env = { DATABASE_URL: url, DEFLATE: deflate ? "1" : "0" };
  const [server, api] = await Promise.all([
    Program.start("bench/peers/hand-made-ws.ts", env),
    Program.start("dist/api/main.js", {
      DATABASE_URL: url,
      DAILY_CAPACITY: "1000",
      CLINIC_TIMEZONE: timezone,
      API_PORT: "0",
    }),
  ]);
  return {
    name: "hand-made ws",
    server,
    rest: api.port,
    tellChanged: async () => {},
    client: (date, { compressed = false } = {}) => ({
      ...plain("websocket", server.port, "/"),
      compressed,
      hello: [JSON.stringify({ date })],
    }),
    stop: async () => {
      await Promise.all([server.stop(), api.stop()]);
    },
  };
}

/** (c) The floor. */
export async function startRawTcp(): Promise<{ server: Program; client: RawClientOptions }> {
  const server = await Program.start("bench/peers/raw-tcp.ts", {});
  return { server, client: plain("raw", server.port, "/") };
}

function plain(wire: Wire, port: number, path: string): RawClientOptions {
  return { wire, port, path, compressed: false, headers: "", hello: [] };
}
