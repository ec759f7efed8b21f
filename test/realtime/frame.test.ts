import { once } from "node:events";
import type { AddressInfo, Socket as TcpSocket } from "node:net";
import { expect } from "chai";
import { WebSocketServer, type WebSocket } from "ws";
import { Frame } from "../../realtime/frame.ts";
import { Socket } from "../support/socket.ts";

/** What Frame rests on, of the library and of Node. */
interface Internals {
  _socket: TcpSocket & { _handle: { fd: number } | null };
}

const internals = (socket: WebSocket): Internals => socket as unknown as Internals;
const numbered = (n: number, length: number): Frame => new Frame(JSON.stringify({ n, text: "é".repeat(length) }));

describe("a frame", () => {
  let server: WebSocketServer;
  let client: Socket;
  let end: WebSocket;
  beforeEach(async () => {
    server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
    await once(server, "listening");
    const accepted = once(server, "connection") as Promise<[WebSocket]>;
    client = await Socket.open(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
    [end] = await accepted;
  });
  afterEach(async () => {
    await client.close();
    server.close();
  });

  /** @returns how it went: at once, or when it was taken later. */
  function send(frame: Frame, socket: WebSocket): Promise<"at once" | "later"> {
    return new Promise((taken, failed) => {
      const later = (error?: Error | null): void => (error ? failed(error) : taken("later"));
      if (frame.sendTo(socket, undefined, { taken: later })) taken("at once");
    });
  }

  /** The server's end without something that Frame rests on. */
  function without(name: "_socket" | "_handle"): { socket: WebSocket; writes: () => number } {
    const { _socket: stream } = internals(end);
    let writes = 0;
    const counting = <Target extends object>(target: Target, hidden: string, counted: string): Target =>
      new Proxy(target, {
        get: (_, key) => {
          if (key === hidden) return undefined;
          if (key === counted) writes += 1;
          const value: unknown = Reflect.get(target, key, target);
          return typeof value === "function" ? (value.bind(target) as unknown) : value;
        },
      });
    const socket =
      name === "_socket"
        ? counting(end, "_socket", "send")
        : new Proxy(end, {
            get: (_, key) =>
              key === "_socket" ? counting(stream, "_handle", "write") : (Reflect.get(end, key, end) as unknown),
          });
    return { socket, writes: () => writes };
  }

  for (const length of [10, 200, 20_000]) {
    it(`of ${length} characters is the same to the kernel, to the stream, and to the library`, async () => {
      const [noHandle, noSocket] = [without("_handle"), without("_socket")];
      const frame = numbered(1, length);

      expect(await send(frame, end)).to.equal("at once");
      expect(await send(frame, noHandle.socket)).to.equal("later");
      expect(await send(frame, noSocket.socket)).to.equal("later");

      const first = await client.next();
      expect(first).to.deep.equal({ n: 1, text: "é".repeat(length) });
      expect(await client.next()).to.deep.equal(first);
      expect(await client.next()).to.deep.equal(first);
      expect([noHandle.writes(), noSocket.writes()]).to.deep.equal([1, 1]);
    });
  }

  it("comes whole and in its turn to a client that stops reading, among messages of the library", async () => {
    client.ws.pause();
    const ways: Promise<"at once" | "later">[] = [];
    for (let n = 0; n < 40; n += 2) {
      ways.push(send(numbered(n, 100_000), end));
      end.send(JSON.stringify({ n: n + 1 }));
    }
    client.ws.resume();

    const came: { n: number; text?: string }[] = [];
    for (let n = 0; n < 40; n++) came.push((await client.next()) as unknown as (typeof came)[0]);

    expect(came.map(({ n }) => n)).to.deep.equal([...Array(40).keys()]);
    expect(new Set(came.map(({ text }) => text?.length))).to.deep.equal(new Set([100_000, undefined]));
    expect(new Set(await Promise.all(ways))).to.deep.equal(new Set(["at once", "later"]));
  });

  it("goes nowhere, and says so, when the socket was destroyed", async () => {
    const { _socket: stream } = internals(end);
    stream.destroy();
    expect(stream._handle).to.equal(null);

    const failure: unknown = await send(numbered(1, 10), end).catch((error: unknown) => error);

    expect(failure).to.be.an("error");
  });

  it("tells of a client that has gone", async () => {
    client.ws.terminate();
    const ended = once(end, "close");
    const failures: unknown[] = [];
    while (end.readyState === end.OPEN)
      await send(numbered(1, 10), end).catch((error: unknown) => failures.push(error));
    await ended;
    expect(failures.length).to.be.at.most(1);
  });
});
