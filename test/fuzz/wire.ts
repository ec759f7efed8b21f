import { once } from "node:events";
import { WebSocket } from "ws";

export interface Heard {
  type?: string;
  code?: string;
  error?: unknown;
  text: string;
}

/** A WebSocket that says anything and keeps all that it hears. */
export class Wire {
  closeCode: number | undefined;
  #ws: WebSocket;
  #heard: Heard[] = [];
  #exchanges = 0;
  #changed: () => void = () => {};

  private constructor(ws: WebSocket) {
    this.#ws = ws;
    ws.on("message", (data: Buffer) => {
      const text = data.toString();
      const { type, code, error } = JSON.parse(text) as Omit<Heard, "text">;
      this.#heard.push({ ...(type !== undefined && { type }), ...(code !== undefined && { code }), error, text });
      this.#changed();
    });
    ws.on("close", (code) => {
      this.closeCode = code;
      this.#changed();
    });
    ws.on("error", () => {});
  }

  static async open(url: string, token: string | undefined): Promise<Wire> {
    const ws = new WebSocket(url, token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } });
    const wire = new Wire(ws);
    await once(ws, "open");
    return wire;
  }

  get isOpen(): boolean {
    return this.#ws.readyState === WebSocket.OPEN;
  }

  /** Sends these and gives what came until a last message of ours was answered, or the connection ended. */
  async exchange(messages: string[]): Promise<Heard[]> {
    const end = `end ${++this.#exchanges}`;
    for (const message of [...messages, JSON.stringify({ action: end })]) this.#ws.send(message);
    const deadline = AbortSignal.timeout(10_000);
    while (this.closeCode === undefined && !this.#heard.some(({ error }) => String(error).endsWith(end))) {
      await new Promise<void>((resolve, reject) => {
        this.#changed = resolve;
        deadline.onabort = () => reject(new Error("the last message was not answered"));
      });
    }
    return this.#heard.splice(0);
  }

  /** Ends by a token that is none, which is looked at after all that waits for another, and gives what came until then. */
  async finish(): Promise<Heard[]> {
    if (this.isOpen) this.#ws.send('{"action":"authenticate","token":"none"}');
    if (this.closeCode === undefined) await once(this.#ws, "close", { signal: AbortSignal.timeout(10_000) });
    return this.#heard.splice(0);
  }

  async close(): Promise<void> {
    if (this.closeCode !== undefined) return;
    this.#ws.terminate();
    await once(this.#ws, "close");
  }
}
