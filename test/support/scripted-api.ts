import { once } from "node:events";
import { createServer, type IncomingHttpHeaders } from "node:http";
import { text } from "node:stream/consumers";
import { closed, opened } from "./leaks.ts";

/** A request as a scripted API got it. */
export interface Received {
  method: string;
  url: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** What a scripted API answers: with `lost`, it ends the connection without a word; with `silent`, it never answers. */
export type Scripted = { status: number; body?: object | string; headers?: Record<string, string> } | "lost" | "silent";

/** An API that answers as a test scripts it, where the real one cannot be made to answer so. */
export class ScriptedApi {
  readonly received: Received[] = [];
  /** The answers to the next requests, in order; the last one is given again. */
  answers: Scripted[] = [{ status: 200, body: {} }];
  #server = createServer();

  static async open(): Promise<ScriptedApi> {
    const api = new ScriptedApi();
    api.#server.on("request", (request, response) => {
      void text(request).then((body) => {
        const { method = "", url = "", headers } = request;
        api.received.push({ method, url, headers, body });
        const answer = (api.answers.length > 1 ? api.answers.shift() : api.answers[0]) ?? "lost";
        if (answer === "lost") request.socket.destroy();
        else if (answer !== "silent") {
          response.writeHead(answer.status, answer.headers);
          response.end(typeof answer.body === "object" ? JSON.stringify(answer.body) : answer.body);
        }
      });
    });
    api.#server.listen(0, "127.0.0.1");
    await once(api.#server, "listening");
    opened(api, "a scripted API");
    return api;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as { port: number }).port}`;
  }

  /** What each request had as its idempotency key. */
  get keys(): (string | undefined)[] {
    return this.received.map(({ headers }) => headers["idempotency-key"] as string | undefined);
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((done) => this.#server.close(done));
    closed(this);
  }
}
