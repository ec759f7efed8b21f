/** The usual hand-made server: LISTEN, on each NOTIFY one query for the date, and for each client stringify and send. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import postgres from "postgres";
import { WebSocketServer, type WebSocket } from "ws";
import { readDay } from "./read-day.ts";

const sql = postgres(process.env["DATABASE_URL"] ?? "", { fetch_types: false, onnotice: () => {} });
const byDate = new Map<string, Set<WebSocket>>();

const server = createServer();
const sockets = new WebSocketServer({
  server,
  perMessageDeflate: process.env["DEFLATE"] === "1" && { threshold: 1024 },
});
sockets.on("connection", (socket) => {
  let watched: string | undefined;
  socket.on("message", (data: Buffer) => {
    const { date } = JSON.parse(data.toString()) as { date: string };
    watched = date;
    byDate.set(date, (byDate.get(date) ?? new Set()).add(socket));
    void readDay(sql, date).then((day) => socket.send(JSON.stringify({ type: "snapshot", data: day })));
  });
  socket.on("close", () => watched !== undefined && byDate.get(watched)?.delete(socket));
  socket.on("error", () => {});
});

await sql.listen("queue_changed", (payload) => {
  const { date } = JSON.parse(payload) as { date: string };
  const subscribers = byDate.get(date);
  if (!subscribers?.size) return;
  void readDay(sql, date).then((day) => {
    for (const socket of subscribers) socket.send(JSON.stringify({ type: "update", data: day }));
  });
});
server.listen(0, "127.0.0.1", () => {
  process.send?.({ ready: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
});
process.on("SIGTERM", () => process.exit(0));
process.on("disconnect", () => process.exit(0));
