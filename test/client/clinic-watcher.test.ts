import { once } from "node:events";
import { createServer, type Server, type ServerResponse } from "node:http";
import { mock } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import { expect } from "chai";
import { ClinicWatcher } from "../../client/clinic-watcher.ts";
import { nextDay, someDay } from "../support/clinic.ts";
import { eventually } from "../support/eventually.ts";
import { Heard } from "../support/heard.ts";
import { ScriptedServer } from "../support/scripted-server.ts";

describe("the watcher of the clinic's date", () => {
  describe("within the client library", () => {
    let api: Server;
    let url: string;
    let questions: ServerResponse[];
    let server: ScriptedServer;
    let heard: Heard;
    beforeEach(async () => {
      questions = [];
      api = createServer((_request, response) => questions.push(response)).listen(0, "127.0.0.1");
      await once(api, "listening");
      url = `http://127.0.0.1:${(api.address() as { port: number }).port}`;
      server = await ScriptedServer.open();
      heard = new Heard({ url: server.url, api: url });
    });
    afterEach(async () => {
      heard.close();
      await server.close();
      api.closeAllConnections();
      await new Promise((done) => api.close(done));
    });

    /** Has the api answer a question, and waits until the client has had the time to hear it. */
    async function answer(question: number, today: string): Promise<void> {
      questions[question]?.end(JSON.stringify({ today }));
      const asked = questions.length;
      const later = fetch(url).then((response) => response.text());
      await eventually(() => expect(questions).to.have.length(asked + 1));
      questions[asked]?.end();
      await later;
    }

    it("is not heard once another date is watched in its place", async () => {
      heard.client.watch("today");
      await eventually(() => expect(questions).to.have.length(1));
      heard.client.watch(nextDay);
      await eventually(() => expect(heard.last?.date).to.equal(nextDay));

      await answer(0, someDay);
      heard.client.watch(nextDay, { view: "public" });
      await eventually(() => expect(heard.queues).to.have.length(2));

      expect(server.subscriptions.map(({ date }) => date)).to.deep.equal([nextDay, nextDay]);
    });

    it("asks nothing for a client that is closed", async () => {
      heard.close();
      heard.client.watch("today");
      await answer(0, someDay);

      expect(questions).to.have.length(1);
      expect(heard.connections).to.deep.equal([]);
    });
  });

  describe("where the api is slow", () => {
    let asked: number;
    let fetches: (signal: AbortSignal) => Promise<Response>;
    let dates: string[];
    let failures: number;
    let watcher: ClinicWatcher;
    beforeEach(() => {
      mock.timers.enable({ apis: ["setTimeout"] });
      mock.method(Math, "random", () => 0.5);
      asked = 0;
      dates = [];
      failures = 0;
      mock.method(globalThis, "fetch", (_url: string, { signal }: { signal: AbortSignal }) => {
        asked += 1;
        return fetches(signal);
      });
    });
    afterEach(() => {
      watcher.close();
      mock.timers.reset();
      mock.restoreAll();
    });

    const open = (): void => {
      watcher = new ClinicWatcher(
        "http://api",
        ({ today }) => dates.push(today),
        () => (failures += 1),
      );
    };
    async function pass(ms: number): Promise<void> {
      mock.timers.tick(ms);
      await turn();
    }

    it("waits ten seconds for an answer, tells that none came, and asks again", async () => {
      fetches = (signal) =>
        new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason as Error)));
      open();

      await pass(9_999);
      expect([asked, failures]).to.deep.equal([1, 0]);
      await pass(1);
      expect([asked, failures]).to.deep.equal([1, 1]);
      await pass(500);

      expect([asked, failures]).to.deep.equal([2, 1]);
    });

    it("tells the error that the api answers, and none where the answer is not the api's", async () => {
      const errors: unknown[] = [];
      const answers = [
        Response.json({ error: "ClinicSuspended", message: "This clinic is closed" }, { status: 403 }),
        new Response("<html>", { status: 502 }),
        Response.json(null),
      ];
      fetches = async () => answers.shift() ?? Response.json({ today: someDay });
      watcher = new ClinicWatcher(
        "http://api",
        () => {},
        (error) => errors.push(error),
      );
      await turn();
      for (const waitMs of [500, 1_000]) await pass(waitMs);

      expect(errors).to.deep.equal(["ClinicSuspended", undefined, undefined]);
    });

    it("tells how far the server's clock is ahead, where the answer says", async () => {
      mock.method(Date, "now", () => Date.parse("2026-11-30T10:00:00Z"));
      const ahead: unknown[] = [];
      const dated = { headers: { Date: "Mon, 30 Nov 2026 11:00:00 GMT" } };
      const answers = [Response.json({ today: someDay }, dated)];
      fetches = async () => answers.shift() ?? Response.json({ today: someDay });
      watcher = new ClinicWatcher("http://api", (_clinic, aheadMs) => ahead.push(aheadMs));
      await turn();
      await pass(60_000);

      expect(ahead).to.deep.equal([3_600_000, undefined]);
    });

    it("asks each minute, and soon again after a failure however many there were before the last answer", async () => {
      let today: string | undefined;
      fetches = async () => (today === undefined ? new Response("", { status: 503 }) : Response.json({ today }));
      open();
      await turn();
      for (const waitMs of [500, 1_000, 2_000]) await pass(waitMs);
      expect([asked, failures]).to.deep.equal([4, 4]);

      today = someDay;
      await pass(4_000);
      await pass(59_999);
      expect(dates).to.deep.equal([someDay]);
      today = nextDay;
      await pass(1);
      expect(dates).to.deep.equal([someDay, nextDay]);
      today = undefined;
      await pass(60_000);
      await pass(500);

      expect([asked, failures]).to.deep.equal([8, 6]);
    });
  });
});
