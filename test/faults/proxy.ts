import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Server, type Socket } from "node:net";

interface Pair {
  client: Socket;
  server: Socket;
}

/** A TCP proxy that can do to connections what networks do: cut them, delay them, or swallow them without a word. */
export class Proxy {
  #server: Server;
  #pairs = new Set<Pair>();
  #blackHoled = false;
  #delayMs = 0;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async open(targetPort: number): Promise<Proxy> {
    const server = createServer();
    const proxy = new Proxy(server);
    server.on("connection", (client) => proxy.#join(client, connect(targetPort, "127.0.0.1")));
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return proxy;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Ends every connection at once, with a reset. */
  cut(): void {
    for (const { client, server } of this.#pairs) {
      client.resetAndDestroy();
      server.resetAndDestroy();
    }
  }

  /**
   * The connections that are there now, and only they, neither get nor give anything any more, nor end. One that the
   * client gives up is ended towards the server too, as keep-alive would in time: a long run must not use up Postgres.
   */
  swallow(): void {
    for (const { client, server } of this.#pairs) {
      client.removeAllListeners("data").resume();
      server.removeAllListeners("data").resume();
      server.removeAllListeners("close");
    }
  }

  /** While on, new connections are taken and swallowed. */
  blackHole(on: boolean): void {
    this.#blackHoled = on;
    if (on) this.swallow();
  }

  /** Holds back what the target answers on the connections that are there now, until `release`. */
  hold(): void {
    for (const { server } of this.#pairs) server.pause();
  }

  release(): void {
    for (const { server } of this.#pairs) server.resume();
  }

  /** Holds back every byte for a time. */
  delay(ms: number): void {
    this.#delayMs = ms;
  }

  async close(): Promise<void> {
    this.#server.close();
    this.cut();
    await once(this.#server, "close");
  }

  #join(client: Socket, server: Socket): void {
    const pair = { client, server };
    this.#pairs.add(pair);
    client.setNoDelay();
    server.setNoDelay();
    for (const socket of [client, server]) {
      socket.on("error", () => {});
      socket.on("close", () => {
        client.destroy();
        server.destroy();
        this.#pairs.delete(pair);
      });
    }
    if (this.#blackHoled) return void client.resume();
    this.#forward(client, server);
    this.#forward(server, client);
  }

  #forward(from: Socket, to: Socket): void {
    from.on("data", (chunk: Buffer) => {
      if (this.#delayMs > 0) setTimeout(() => to.write(chunk), this.#delayMs);
      else if (!to.write(chunk)) {
        from.pause();
        to.once("drain", () => from.resume());
      }
    });
  }
}
