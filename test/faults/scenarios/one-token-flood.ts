/** The process that makes the flood of `one-token.ts`. It says that it has begun, and at its end what it was answered. */
import { setTimeout as delay } from "node:timers/promises";
import { WebSocket } from "ws";

export interface Flood {
  url: string;
  token: string;
  sockets: number;
}

export interface FloodReport {
  opened: number;
  refused: number;
  ended: number;
  /** How many answers of each type came; of errors, of each code. */
  answers: Record<string, number>;
}

const datesASecond = 5;
const pingsASecond = 14;
const comeBackMs = 250;
const firstDay = Date.UTC(2000, 0, 1);
const dayMs = 86_400_000;

const { url, token, sockets } = JSON.parse(process.argv[2] ?? "") as Flood;
const report: FloodReport = { opened: 0, refused: 0, ended: 0, answers: {} };
let days = 0;
const newDate = (): string => new Date(firstDay + (days++ % 300_000) * dayMs).toISOString().slice(0, 10);

async function connectAgainAndAgain(): Promise<never> {
  for (;;) {
    const ws = new WebSocket(url, { headers: { authorization: `Bearer ${token}` } });
    let isOpen = false;
    const timers: NodeJS.Timeout[] = [];
    ws.on("error", () => {});
    ws.on("open", () => {
      isOpen = true;
      report.opened += 1;
      const send = (message: () => object): void => {
        if (ws.readyState === ws.OPEN) ws.send(JSON.stringify(message()));
      };
      timers.push(setInterval(() => send(() => ({ action: "ping" })), 1_000 / pingsASecond));
      timers.push(setInterval(() => send(() => ({ action: "subscribe", date: newDate() })), 1_000 / datesASecond));
    });
    ws.on("message", (data: Buffer) => {
      const { type, code } = JSON.parse(data.toString()) as { type: string; code?: string };
      report.answers[code ?? type] = (report.answers[code ?? type] ?? 0) + 1;
    });
    await new Promise((resolve) => ws.on("close", resolve));
    for (const timer of timers) clearInterval(timer);
    if (isOpen) report.ended += 1;
    else report.refused += 1;
    await delay(comeBackMs * (0.5 + Math.random()));
  }
}

for (let n = 0; n < sockets; n++) void connectAgainAndAgain();
process.on("message", () => process.send?.(report));
process.on("disconnect", () => process.exit());
await delay(2_000);
process.send?.("begun");
