import type { Socket as TcpSocket } from "node:net";
import { expect } from "chai";
import type { ClientOptions } from "ws";
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
    await clinic.sql`update patients set age = 46 where clinic_id = ${clinic.id}`;
    const [three, four] = [await plain.nextQueue("update"), await compressed.nextQueue("update")];

    expect(compressed.ws.extensions).to.equal("permessage-deflate");
    expect({ ...two, timestamp: "" }).to.deep.equal({ ...one, timestamp: "" });
    expect({ ...four, timestamp: "" }).to.deep.equal({ ...three, timestamp: "" });
    expect(bytesOf(compressed) - before[1]).to.be.lessThan((bytesOf(plain) - before[0]) / 2);
  });

  for (const serverMaxWindowBits of [8, 9, 12, 15]) {
    it(`keeps to the window of a client that has one of ${serverMaxWindowBits} bits`, async () => {
      // By itself zlib forgives what points back too far, as long as it still has it: here it has 64 bytes beyond the window.
      const zlibInflateOptions = { chunkSize: 64 };
      const small = await connect({ perMessageDeflate: { serverMaxWindowBits, zlibInflateOptions } });

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
