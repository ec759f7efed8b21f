/** The floor: ready bytes, written to every socket. `{ bytes, clients }` writes that many to each of so many; answered when all have taken them. */
import { createServer, type AddressInfo, type Socket } from "node:net";

const sockets = new Set<Socket>();
const server = createServer({ noDelay: true }, (socket) => {
  sockets.add(socket);
  socket.on("close", () => sockets.delete(socket));
  socket.on("error", () => {});
});
server.listen(0, "127.0.0.1", () => {
  process.send?.({ ready: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
});

process.on("message", function write({ bytes, clients }: { bytes: number; clients: number }): void {
  // A client is connected some time before we are told.
  if (sockets.size < clients) return void setTimeout(write, 10, { bytes, clients });
  const ready = Buffer.alloc(bytes, 120);
  let left = sockets.size;
  for (const socket of sockets) socket.write(ready, () => --left === 0 && process.send?.({ done: true }));
});
process.on("SIGTERM", () => process.exit(0));
process.on("disconnect", () => process.exit(0));
