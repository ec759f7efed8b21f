import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import type { AddressInfo, Socket as TcpSocket } from "node:net";
import { expect } from "chai";
import { WebSocketServer, type WebSocket } from "ws";
import { descriptorOf, Frame } from "../../../realtime/feeds/frame.ts";
import { Socket } from "../../support/socket.ts";

const numbered = (n: number, length: number): Frame => new Frame(JSON.stringify({ n, text: "é".repeat(length) }));

describe("a frame", () => {
  let server: WebSocketServer;
  let client: Socket;
  let end: WebSocket;
  let stream: TcpSocket;
  beforeEach(async () => {
    server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
    await once(server, "listening");
    const accepted = once(server, "connection") as Promise<[WebSocket, IncomingMessage]>;
    client = await Socket.open(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
    [end, { socket: stream }] = await accepted;
  });
  afterEach(async () => {
    await client.close();
    server.close();
  });

  /** @returns whether the kernel took it at once, or the stream later. */
  function send(frame: Frame, descriptor = descriptorOf(stream), isToConfirm = false): Promise<"at once" | "later"> {
    return new Promise((taken, failed) => {
      const later = (error?: Error | null): void => (error ? failed(error) : taken("later"));
      const recipient = { socket: end, stream, descriptor, windowBits: undefined, taken: later };
      if (frame.sendTo(recipient, isToConfirm)) taken("at once");
    });
  }

  it("has what it rests on: this version of Node has the field", () => {
    expect(descriptorOf(stream)).to.be.greaterThan(2);
  });

  for (const length of [10, 200, 20_000]) {
    it(`of ${length} characters is the same from the kernel, the stream, and the library`, async () => {
      const frame = numbered(1, length);

      expect(await send(frame)).to.equal("at once");
      expect(await send(frame, -1)).to.equal("later");
      end.send(JSON.stringify({ n: 1, text: "é".repeat(length) }));

      const first = await client.next();
      expect(first).to.deep.equal({ n: 1, text: "é".repeat(length) });
      expect(await client.next()).to.deep.equal(first);
      expect(await client.next()).to.deep.equal(first);
    });
  }

  for (const way of ["at once", "later"]) {
    it(`brings a ping after it when the client is to confirm: taken ${way}`, async () => {
      const descriptor = way === "at once" ? descriptorOf(stream) : -1;
      const came: string[] = [];
      client.ws.on("message", () => came.push("message"));
      client.ws.on("ping", () => came.push("ping"));
      const frame = numbered(1, 10);

      const confirmed = once(end, "pong");
      expect(await send(frame, descriptor, true)).to.equal(way);
      await confirmed;
      await send(frame, descriptor);
      await client.next();
      await client.next();

      expect(came).to.deep.equal(["message", "ping", "message"]);
    });
  }

  it("comes whole and in its turn to a client that stops reading, among messages of the library", async () => {
    client.ws.pause();
    const ways: Promise<"at once" | "later">[] = [];
    let sent = 0;
    // However much the kernel's buffers take, some frames are to find them full.
    for (let waiting = 0; waiting < 10 && sent < 2_000; sent += 2) {
      ways.push(send(numbered(sent, 100_000)));
      end.send(JSON.stringify({ n: sent + 1 }));
      if (stream.writableLength > 0) waiting += 1;
    }
    client.ws.resume();

    const came: { n: number; text?: string }[] = [];
    for (let n = 0; n < sent; n++) came.push((await client.next()) as unknown as (typeof came)[0]);

    expect(came.map(({ n }) => n)).to.deep.equal([...Array(sent).keys()]);
    expect(new Set(came.map(({ text }) => text?.length))).to.deep.equal(new Set([100_000, undefined]));
    expect(new Set(await Promise.all(ways))).to.deep.equal(new Set(["at once", "later"]));
  });

  it("does not overtake what the stream still holds, though the kernel would take it", async () => {
    stream.cork();
    end.send(JSON.stringify({ n: 1 }));

    const way = send(numbered(2, 10));
    stream.uncork();

    expect(
      [(await client.next()) as unknown, await client.next()].map((came) => (came as { n: number }).n),
    ).to.deep.equal([1, 2]);
    expect(await way).to.equal("later");
  });

  it("goes to nobody else when the socket was destroyed and its descriptor is another's", async () => {
    const descriptor = descriptorOf(stream);
    const accepted = once(server, "connection") as Promise<[WebSocket, IncomingMessage]>;
    stream.destroy();
    await once(end, "close");
    const other = await Socket.open(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
    const [otherEnd, { socket: otherStream }] = await accepted;
    // The library says that it is open, as it does from the destruction to the event of it.
    Object.defineProperty(end, "readyState", { value: end.OPEN });

    const failure: unknown = await send(numbered(1, 10), descriptorOf(otherStream)).catch((error: unknown) => error);
    otherEnd.send(JSON.stringify({ n: 2 }));

    expect(descriptorOf(stream)).to.equal(-1);
    expect(descriptor).to.be.greaterThan(2);
    expect(failure).to.be.an("error");
    expect(await other.next()).to.deep.equal({ n: 2 });
    await other.close();
  });

  it("is nothing to a client that is closing", async () => {
    end.close();

    expect(await send(numbered(1, 10))).to.equal("at once");

    expect(await client.closed()).to.equal(1005);
    expect(client.waiting).to.deep.equal([]);
  });
});
