import { once } from "node:events";
import { expect } from "chai";
import { WebSocketServer, type WebSocket } from "ws";
import { nextDay, someDay } from "../support/clinic.ts";
import { eventually } from "../support/eventually.ts";
import { Heard } from "../support/heard.ts";

/** A server that knows the core protocol and nothing else: no revisions, no deltas, no word of itself. */
class CoreServer {
  readonly heard: { action: string; date?: string }[] = [];
  #sockets = new WebSocketServer({ port: 0, host: "127.0.0.1" });
  #dates = new Map<WebSocket, string>();
  #appointments = 0;

  static async open(): Promise<CoreServer> {
    const server = new CoreServer();
    await once(server.#sockets, "listening");
    server.#sockets.on("connection", (socket) => server.#serve(socket));
    return server;
  }

  get url(): string {
    return `ws://127.0.0.1:${(this.#sockets.address() as { port: number }).port}`;
  }

  /** A booking, on whatever date is watched. */
  book(): void {
    this.#appointments += 1;
    for (const socket of this.#dates.keys()) this.#tell(socket, "update");
  }

  cut(): void {
    for (const socket of this.#sockets.clients) socket.terminate();
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise((done) => this.#sockets.close(done));
  }

  #serve(socket: WebSocket): void {
    socket.on("close", () => this.#dates.delete(socket));
    socket.on("message", (data) => {
      const message = JSON.parse((data as Buffer).toString()) as { action: string; date?: string };
      this.heard.push(message);
      if (message.action === "subscribe" && message.date !== undefined) {
        this.#dates.set(socket, message.date);
        this.#tell(socket, "snapshot");
      } else if (message.action === "ping") {
        socket.send(JSON.stringify({ type: "pong", timestamp: new Date().toISOString() }));
      } else {
        socket.send(JSON.stringify({ type: "error", error: `Unknown action: ${message.action}` }));
      }
    });
  }

  #tell(socket: WebSocket, type: string): void {
    const counts = { total_appointments: this.#appointments, total_doctors: 0, doctors: [] };
    const data = { date: this.#dates.get(socket), ...counts, timestamp: new Date().toISOString() };
    socket.send(JSON.stringify({ type, data }));
  }
}

describe("the client library and a server of the core protocol", () => {
  let server: CoreServer;
  let heard: Heard;
  beforeEach(async () => {
    server = await CoreServer.open();
    heard = new Heard({ url: server.url, token: "of no use there" });
  });
  afterEach(async () => {
    heard.close();
    await server.close();
  });

  it("gives the state after each change, of one date and then of another", async () => {
    heard.client.watch(someDay);
    await eventually(() => expect(heard.client.state.name).to.equal("live"));
    server.book();
    await eventually(() => expect(heard.last?.total_appointments).to.equal(1));

    heard.client.watch(nextDay);
    await eventually(() => expect(heard.last?.date).to.equal(nextDay));

    expect(heard.client.state.name).to.equal("live");
    expect(heard.connections).to.have.length(1);
  });

  it("comes back after a cut with the state of now, and never speaks of revisions", async () => {
    heard.client.watch(someDay);
    await eventually(() => expect(heard.client.state.name).to.equal("live"));
    server.cut();
    server.book();

    await eventually(() => expect(heard.last?.total_appointments).to.equal(1));

    expect(heard.states.filter((state) => state !== "connecting")).to.deep.equal(["live", "offline", "live"]);
    expect(JSON.stringify(server.heard)).not.to.match(/since|epoch/);
  });
});
