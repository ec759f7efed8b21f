/** The usual choice: Express and Socket.IO with its Postgres adapter; each write reads the date again and emits. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createAdapter } from "@socket.io/postgres-adapter";
import express, { type Request, type Response } from "express";
import { Pool } from "pg";
import postgres from "postgres";
import { Server } from "socket.io";
import { readDay } from "./read-day.ts";
import { clinicId } from "../../test/support/default-clinic.ts";

const url = process.env["DATABASE_URL"] ?? "";
const sql = postgres(url, { fetch_types: false, onnotice: () => {} });
const pool = new Pool({ connectionString: url });
await pool.query(`
  create table if not exists socket_io_attachments (
    id bigserial unique, created_at timestamptz default now(), payload bytea
  )
`);

const app = express();
app.use(express.json());
const server = createServer(app);
const io = new Server(server, {
  adapter: createAdapter(pool),
  transports: ["websocket"],
  perMessageDeflate: process.env["DEFLATE"] === "1" && { threshold: 1024 },
});
io.on("connection", (socket) => {
  socket.on("subscribe", (date: string) => {
    void socket.join(date);
    void readDay(sql, date).then((day) => socket.emit("snapshot", day));
  });
});

app.post("/api/v1/checkins", (request, response) => checkIn(request, response));
/** A change that a benchmark made by itself. */
app.post("/changed/:date", (request, response) => emit(request.params.date).then(() => void response.end()));

async function checkIn(request: Request, response: Response): Promise<void> {
  const { appointment_id, patient_id } = request.body as { appointment_id: string; patient_id: string };
  const [entry] = await sql<{ date: string; position: number }[]>`
    select date::text, position from check_in(${clinicId}, ${appointment_id}, ${patient_id})
  `;
  response.status(201).json({ queue_position: entry?.position });
  await emit(entry?.date ?? "");
}

async function emit(date: string): Promise<void> {
  io.to(date).emit("update", await readDay(sql, date));
}

server.listen(0, "127.0.0.1", () => {
  process.send?.({ ready: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
});
process.on("SIGTERM", () => process.exit(0));
process.on("disconnect", () => process.exit(0));
