/** Prints a date's queue, a line of JSON now and after each change: `node dist/dev/watch.js 2025-11-17 [url]`. */
import { QueueClient } from "../client/node.ts";

const [date, url = "ws://127.0.0.1:8001/api/v1/ws/queue"] = process.argv.slice(2);
if (!date) {
  process.stderr.write("usage: node dist/dev/watch.js YYYY-MM-DD [WebSocket URL]\n");
  process.exit(2);
}
const client = new QueueClient({ url });
client.onQueue = (queue) => process.stdout.write(`${JSON.stringify(queue)}\n`);
client.onState = ({ name, reason }) => {
  process.stderr.write(reason ? `${name}: ${reason.url}: ${reason.message} (${reason.code})\n` : `${name}\n`);
};
client.onError = (message) => process.stderr.write(`${message}\n`);
client.watch(date);
