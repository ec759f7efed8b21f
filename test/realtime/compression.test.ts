import { once } from "node:events";
import { Socket as TcpSocket, type AddressInfo } from "node:net";
import { expect } from "chai";
import { WebSocketServer, type ClientOptions, type WebSocket } from "ws";
import { Frame } from "../../realtime/frame.ts";
import { Clinic, someDay } from "../support/clinic.ts";
import { Socket } from "../support/socket.ts";

const bytesOf = ({ ws }: Socket): number => (ws as unknown as { _socket: TcpSocket })._socket.bytesRead;

describe("compression", () => {
  let clinic: Clinic;
  const open: Socket[] = [];
  before(async () => {
    clinic = await Clinic.open();
    const doctor = await clinic.rest.addDoctor();
    for (let n = 0; n < 10; n++) await clinic.rest.bookNew(doctor.id, someDay);
  });
  afterEach(async () => {
    await Promise.all(open.splice(0).map((socket) => socket.close()));
  });
  after(() => clinic.close());

  async function connect(options: ClientOptions): Promise<Socket> {
    const socket = await Socket.open(clinic.socketUrl, options);
    open.push(socket);
    return socket;
  }

  it("gives who asks for it the same snapshot and updates in a fraction of the bytes", async () => {
    const [plain, compressed] = [
      await connect({ perMessageDeflate: false }),
      await connect({ perMessageDeflate: { threshold: 0 } }),
    ];
    const before = [bytesOf(plain), bytesOf(compressed)] as const;

    const [one, two] = [await plain.subscribe(someDay), await compressed.subscribe(someDay)];
    await clinic.sql`update patients set age = 46`;
    const [three, four] = [await plain.nextQueue("update"), await compressed.nextQueue("update")];

    expect(compressed.ws.extensions).to.equal("permessage-deflate");
    expect({ ...two, timestamp: "" }).to.deep.equal({ ...one, timestamp: "" });
    expect({ ...four, timestamp: "" }).to.deep.equal({ ...three, timestamp: "" });
    expect(bytesOf(compressed) - before[1]).to.be.lessThan((bytesOf(plain) - before[0]) / 2);
  });

  for (const serverMaxWindowBits of [8, 9, 12, 15]) {
    it(`keeps to the window of a client that has one of ${serverMaxWindowBits} bits`, async () => {
      const small = await connect({ perMessageDeflate: { serverMaxWindowBits } });

      const queue = await small.subscribe(someDay);

      expect(small.ws.extensions).to.equal("permessage-deflate");
      expect(queue.total_appointments).to.equal(10);
    });
  }

  it("takes a client's compressed messages, and bounds what comes out of them", async () => {
    const polite = await connect({ perMessageDeflate: { threshold: 0 } });
    const bomb = await connect({ perMessageDeflate: { threshold: 0 } });

    expect((await polite.subscribe(someDay)).total_appointments).to.equal(10);
    bomb.send(JSON.stringify({ action: "ping", padding: "x".repeat(1_000_000) }));

    expect(await bomb.closed()).to.equal(1009);
  });
});

describe("a frame", () => {
  it("goes to the socket of the library as its own would, and through the library where that cannot be had", async () => {
    const server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
    await once(server, "listening");
    const accepted = once(server, "connection") as Promise<[WebSocket]>;
    const client = await Socket.open(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
    const [end] = await accepted;
    const send = (frame: Frame, socket: WebSocket): Promise<void> =>
      new Promise((taken, failed) => frame.sendTo(socket, undefined, (error) => (error ? failed(error) : taken())));
    let framed = 0;
    const original = end.send.bind(end);
    const library = new Proxy(end, {
      get: (target, name) => {
        if (name === "_socket") return undefined;
        if (name === "send") return (...args: Parameters<WebSocket["send"]>) => ((framed += 1), original(...args));
        return Reflect.get(target, name, target) as unknown;
      },
    });

    // What the fast way rests on: this version of the library has the field.
    expect((end as unknown as { _socket: unknown })._socket).to.be.instanceOf(TcpSocket);
    for (const length of [10, 200, 70_000]) {
      const frame = new Frame(JSON.stringify({ type: "pong", text: "é".repeat(length) }));
      await send(frame, end);
      await send(frame, library);
      expect(await client.next()).to.deep.equal(await client.next());
    }
    expect(framed).to.equal(3);

    await client.close();
    server.close();
  });
});
