import { once } from "node:events";
import { createServer, request, Agent } from "node:http";
import { connect, type AddressInfo, type Socket } from "node:net";
import { expect } from "chai";
import { fittingConnections, limitConnections } from "../../platform/http-server.ts";

describe("the connections of a server", () => {
  const server = createServer((_request, response) => response.end("served"));
  const clients: Socket[] = [];
  let port = 0;
  before(async () => {
    limitConnections(server, { total: 20, served: 10 });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    ({ port } = server.address() as AddressInfo);
  });
  afterEach(() => clients.splice(0).forEach((client) => client.destroy()));
  after(() => server.close());

  /** Opens a connection that asks for nothing. */
  async function openIdle(): Promise<Socket> {
    const client = connect(port, "127.0.0.1");
    client.on("error", () => {});
    clients.push(client);
    await once(client, "connect");
    return client;
  }

  async function get(agent?: Agent): Promise<string> {
    const call = request({ port, host: "127.0.0.1", ...(agent && { agent }) }).end();
    const [response] = (await once(call, "response")) as [AsyncIterable<Buffer>];
    let text = "";
    for await (const chunk of response) text += String(chunk);
    return text;
  }

  it("that ask for nothing keep nobody out: the oldest go", async () => {
    const first = await openIdle();
    for (let n = 0; n < 100; n++) await openIdle();

    expect(await get()).to.equal("served");
    expect(first.destroyed || (await once(first, "close"), true)).to.equal(true);
  });

  it("that asked once, and then for nothing more, keep nobody out either", async () => {
    const agent = new Agent({ keepAlive: true });
    await Promise.all(Array.from({ length: 9 }, () => get(agent)));
    for (let n = 0; n < 50; n++) await openIdle();

    expect(await get()).to.equal("served");
    agent.destroy();
  });

  it("are as many as are wanted, with some room for those that are turned away", () => {
    const { total, served } = fittingConnections(100);

    expect(served).to.equal(100);
    expect(total).to.be.greaterThan(served);
  });
});
