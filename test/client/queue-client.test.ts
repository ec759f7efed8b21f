import { expect } from "chai";
import { createServer } from "node:http";
import type { Queue } from "../../client/queue-client.ts";
import { Proxy } from "../faults/proxy.ts";
import { Clinic, nextDay, socketUrl, someDay, startRealtime } from "../support/clinic.ts";
import { eventually } from "../support/eventually.ts";
import { Heard } from "../support/heard.ts";
import { rejection } from "../support/rejection.ts";

describe("the client library", () => {
  let clinic: Clinic;
  let proxy: Proxy;
  let doctorId: string;
  let heard: Heard;
  before(async () => {
    clinic = await Clinic.open({ daily_capacity: 1_000 });
    doctorId = (await clinic.rest.addDoctor()).id;
  });
  after(() => clinic.close());
  beforeEach(async () => {
    proxy = await Proxy.open(clinic.realtime.port);
    heard = new Heard({ url: at(proxy) });
  });
  afterEach(async () => {
    heard.close();
    await proxy.close();
  });

  const at = ({ port }: Proxy) => socketUrl({ address: `http://127.0.0.1:${port}` }, clinic.basePath);
  const total = (queue: Queue | undefined): number => queue?.total_appointments ?? -1;

  it("gives the whole state after each change, and asks for deltas", async () => {
    heard.client.watch(someDay);
    await eventually(() => expect(heard.client.state.name).to.equal("live"));
    const before = total(heard.last);

    await clinic.rest.bookNew(doctorId, someDay);
    await eventually(() => expect(total(heard.last)).to.equal(before + 1));

    expect(heard.last?.doctors[0]?.appointments).to.have.length(before + 1);
    expect(heard.connections[0]?.types).to.include("delta").and.not.to.include("update");
    const bare = await clinic.connect();
    expect({ ...(await bare.subscribe(someDay)), timestamp: "" }).to.deep.equal({ ...heard.last, timestamp: "" });
    await bare.close();
  });

  it("gives the queue that a condition is true of, at once or when it comes", async () => {
    heard.client.watch(someDay);
    const first = await heard.client.until(() => true);
    const next = heard.client.until((queue) => total(queue) > total(first));

    await clinic.rest.bookNew(doctorId, someDay);

    expect(await next).to.equal(heard.client.queue);
    expect(total(await next)).to.equal(total(first) + 1);
    expect(await heard.client.until((queue) => total(queue) > total(first))).to.equal(await next);
  });

  it("ends a wait with the signal's reason, with what the condition throws, and when it is closed", async () => {
    heard.client.watch(someDay);
    await heard.client.until(() => true);
    const ending = new AbortController();
    const failure = new Error("The condition is wrong");
    let isWrong = false;
    const stopped = rejection(heard.client.until(() => false, { signal: ending.signal }));
    const wrong = rejection(
      heard.client.until(() => {
        if (isWrong) throw failure;
        return false;
      }),
    );
    const open = rejection(heard.client.until(() => false));

    ending.abort(new Error("Enough"));
    isWrong = true;
    await clinic.rest.bookNew(doctorId, someDay);
    expect(await wrong).to.equal(failure);
    heard.client.close();

    expect((await stopped).message).to.equal("Enough");
    expect((await open).message).to.equal("The client is closed");
    expect((await rejection(heard.client.until(() => true))).message).to.equal("The client is closed");
    expect((await rejection(heard.client.until(() => true, { signal: ending.signal }))).message).to.equal("Enough");
  });

  it("resumes after a cut with what changed, and with no snapshot", async () => {
    heard.client.watch(someDay);
    await eventually(() => expect(heard.client.state.name).to.equal("live"));

    proxy.cut();
    await eventually(() => expect(heard.states).to.include("offline"));
    await clinic.rest.bookNew(doctorId, someDay);
    const other = await clinic.rest.addDoctor();
    await clinic.rest.bookNew(other.id, someDay);

    await eventually(() => expect(heard.last?.doctors.map(({ doctor }) => doctor.id)).to.include(other.id));
    expect(heard.connections.slice(1).flatMap(({ types }) => types)).not.to.include("snapshot");
    expect(heard.states).to.deep.equal(["live", "offline", "live"]);
    expect(heard.alive).to.equal(1);
  });

  it("notices a connection that is dead without a word, and has one connection at any time", async () => {
    heard.close();
    heard = new Heard({ url: at(proxy), pingIntervalMs: 300 });
    heard.client.watch(someDay);
    await eventually(() => expect(heard.client.state.name).to.equal("live"));

    for (let round = 1; round <= 3; round++) {
      proxy.swallow();
      const { id } = await clinic.rest.bookNew(doctorId, someDay);
      await eventually(() => expect(JSON.stringify(heard.last)).to.include(id));
      expect(heard.connections).to.have.length(round + 1);
    }
  });

  it("follows another date, and one doctor alone, in place of what it watched", async () => {
    heard.client.watch(someDay);
    await eventually(() => expect(heard.last?.date).to.equal(someDay));
    const other = await clinic.rest.addDoctor();
    await clinic.rest.bookNew(other.id, nextDay);

    heard.client.watch(nextDay, { doctorId: other.id });
    await eventually(() => expect(heard.last?.date).to.equal(nextDay));
    await clinic.rest.bookNew(other.id, nextDay);
    await eventually(() => expect(total(heard.last)).to.equal(2));

    expect(heard.last?.doctors.map(({ doctor }) => doctor.id)).to.deep.equal([other.id]);
    expect(heard.alive).to.equal(1);

    await clinic.rest.bookNew(doctorId, nextDay);
    heard.client.watch(nextDay);
    await eventually(() => expect(heard.last?.doctors).to.have.length(2));
    expect(heard.alive).to.equal(1);
  });

  it("follows the clinic's today, and starts when the api answers", async () => {
    let today: string | undefined;
    const api = createServer((_request, response) => {
      response.statusCode = today === undefined ? 503 : 200;
      response.end(JSON.stringify({ today }));
    });
    await new Promise<void>((resolve) => api.listen(0, "127.0.0.1", resolve));
    const { port } = api.address() as { port: number };
    heard.close();
    heard = new Heard({ url: clinic.socketUrl, api: `http://127.0.0.1:${port}` });
    heard.client.watch("today");
    await new Promise((resolve) => api.once("request", resolve));
    expect(heard.connections).to.have.length(0);

    today = someDay;
    await eventually(() => expect(heard.last?.date).to.equal(someDay));
    today = nextDay;
    // Asked again at once; by itself it asks each minute.
    heard.client.watch("today");
    await eventually(() => expect(heard.last?.date).to.equal(nextDay));

    api.closeAllConnections();
    api.close();
  });

  it("says that what it shows is stale while the server cannot vouch for it", async () => {
    const cluster = await Proxy.open(Number(new URL(clinic.databaseUrl).port));
    const url = clinic.databaseUrl.replace(/:\d+\//, `:${cluster.port}/`);
    const realtime = await startRealtime(url);
    const behind = await Proxy.open(realtime.port);
    heard.close();
    heard = new Heard({ url: at(behind), pingIntervalMs: 300 });
    heard.client.watch(someDay);
    await eventually(() => expect(heard.client.state.name).to.equal("live"));

    cluster.blackHole(true);
    await eventually(() => expect(heard.client.state.name).to.equal("stale"));
    cluster.blackHole(false);
    cluster.cut();
    await eventually(() => expect(heard.client.state.name).to.equal("live"));

    expect(heard.states).not.to.include("offline");
    heard.close();
    await realtime.stop();
    await behind.close();
    await cluster.close();
  });

  it("tries the next of several addresses, and comes back from a restart to the other", async () => {
    const second = await startRealtime(clinic.databaseUrl);
    const urls = [clinic.socketUrl, socketUrl(second, clinic.basePath)];
    heard.close();
    heard = new Heard({ url: ["ws://127.0.0.1:1/nobody", ...urls] });
    heard.client.watch(someDay);
    await eventually(() => expect(heard.client.state.name).to.equal("live"));

    await second.stop();
    await clinic.rest.bookNew(doctorId, someDay);
    const { revision } = await (async () => {
      const bare = await clinic.connect();
      const queue = await bare.subscribe(someDay);
      await bare.close();
      return queue;
    })();
    await eventually(() => expect(heard.last?.revision).to.equal(revision));
  });

  it("tells what is wrong, of the date and of the address, and goes on", async () => {
    heard.client.watch("2025-02-30");
    await eventually(() => expect(heard.errors).to.include("invalid_date"));
    heard.client.watch(someDay);
    await eventually(() => expect(heard.last?.date).to.equal(someDay));

    const lost = new Heard({ url: "no address" });
    lost.client.watch(someDay);
    await eventually(() => expect(lost.errors.length).to.be.greaterThan(1));
    lost.close();
  });

  it("leaves nothing behind once it is closed", async () => {
    heard.client.watch(someDay);
    await eventually(() => expect(heard.client.state.name).to.equal("live"));
    proxy.cut();
    await eventually(() => expect(heard.states).to.include("offline"));

    heard.close();
    const made = heard.connections.length;
    const timers = (): number => process.getActiveResourcesInfo().filter((kind) => kind === "Timeout").length;
    await eventually(() => expect(heard.alive).to.equal(0));
    const left = timers();
    const clients = Array.from({ length: 20 }, () => new Heard({ url: clinic.socketUrl }));
    for (const { client } of clients) client.watch(someDay);
    for (const client of clients) await eventually(() => expect(client.client.state.name).to.equal("live"));
    for (const client of clients) client.close();
    for (const client of clients) await eventually(() => expect(client.alive).to.equal(0));

    expect(heard.connections).to.have.length(made);
    await eventually(() => expect(timers()).to.be.at.most(left + 1));
  });
});
