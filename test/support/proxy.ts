import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { closed, opened } from "./leaks.ts";

/** A connection of a client, and the one behind it. */
interface Pair {
  client: Socket;
  server: Socket;
  /** The answer that is to be lost is the next to come. */
  isAnswerLost: boolean;
}

/** A network between a client and a server that a test makes slow, cuts, or lets lose an answer. */
export class Proxy {
  /** How long each part of each direction is under way. */
  delayMs = 0;
  readonly #server: Server;
  #target: number;
  readonly #pairs = new Set<Pair>();
  #isCut = false;
  #lost: { pattern: RegExp; onLost: () => void } | undefined;

  private constructor(target: number) {
    this.#target = target;
    this.#server = createServer((client) => this.#accept(client));
    opened(this, "a proxy");
  }

  /** Opens a port that leads to another one of this machine. */
  static async open(target: number, port = 0): Promise<Proxy> {
    const proxy = new Proxy(target);
    proxy.#server.listen(port, "127.0.0.1");
    await once(proxy.#server, "listening");
    return proxy;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Leads to another port from now on. */
  leadTo(target: number): void {
    this.#target = target;
  }

  /** Ends all connections and takes no more. */
  cut(): void {
    this.#isCut = true;
    for (const { client, server } of this.#pairs) {
      client.destroy();
      server.destroy();
    }
  }

  mend(): void {
    this.#isCut = false;
  }

  /**
   * Lets the server execute the next request whose head matches, and loses its answer together with the connection. Gives
   * when that happened.
   *
   * @param pattern is compared with the request's first line and headers
   * @param isCutThen whether nothing else goes through either from then on
   */
  loseAnswerTo(pattern: RegExp, isCutThen = false): Promise<void> {
    return new Promise((resolve) => {
      this.#lost = {
        pattern,
        onLost: () => {
          if (isCutThen) this.cut();
          resolve();
        },
      };
    });
  }

  async close(): Promise<void> {
    this.cut();
    this.#server.close();
    await once(this.#server, "close");
    closed(this);
  }

  #accept(client: Socket): void {
    if (this.#isCut) {
      client.destroy();
      return;
    }
    const pair: Pair = { client, server: connect(this.#target, "127.0.0.1"), isAnswerLost: false };
    const { server } = pair;
    this.#pairs.add(pair);
    const end = (): void => {
      this.#pairs.delete(pair);
      client.destroy();
      server.destroy();
    };
    for (const socket of [client, server]) {
      socket.setNoDelay(true);
      socket.on("error", end);
      socket.on("close", end);
    }
    client.on("data", (chunk: Buffer) => {
      if (this.#lost?.pattern.test(chunk.toString("latin1"))) pair.isAnswerLost = true;
      this.#pass(chunk, server);
    });
    server.on("data", (chunk: Buffer) => {
      if (!pair.isAnswerLost) return this.#pass(chunk, client);
      const lost = this.#lost;
      this.#lost = undefined;
      end();
      lost?.onLost();
    });
  }

  #pass(chunk: Buffer, to: Socket): void {
    if (this.delayMs === 0) to.write(chunk);
    else setTimeout(() => to.writable && to.write(chunk), this.delayMs);
  }
}
