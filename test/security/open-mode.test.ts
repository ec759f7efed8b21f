import { once } from "node:events";
import { request, type IncomingMessage } from "node:http";
import { expect } from "chai";
import { Clinic, someDay } from "../support/clinic.ts";
import { System } from "../support/system.ts";
import { createDatabase, type TestDatabase } from "../support/database.ts";
import { Service } from "../support/service.ts";
import { upgrade } from "../support/upgrade.ts";

/**
 * All that the settings of sign-in may be is in auth-settings.test.ts: each process starts, or does not, as they say. All
 * of it with each process is in test/long/security/open-mode.test.ts.
 */
describe("open mode", () => {
  let database: TestDatabase;
  before(async () => {
    database = await createDatabase();
  });
  after(() => database?.drop());

  for (const program of ["api", "realtime"] as const) {
    it(`does not let the ${program} process listen where others could reach it`, async () => {
      const ports = { API_PORT: 0, REALTIME_PORT: 0, DATABASE_URL: database.url };
      const service = new Service(`${program}/main`, { ...ports, HOST: "0.0.0.0" });

      expect(await service.exit(), service.output).to.equal(1);
      expect(service.output).to.match(new RegExp(`^${program}: HOST: .*AUTH_SECRET.*\n$`));
    });
  }

  describe("for whoever is on the machine", () => {
    let clinic: Clinic;
    before(async () => {
      clinic = await Clinic.open();
    });
    after(() => clinic?.close());

    it("allows every call without a token, and with one that means nothing", async () => {
      for (const rest of [clinic.rest, clinic.restAs("garbage"), clinic.restAs("")]) {
        const doctor = await rest.addDoctor();
        const { id, patientId } = await rest.bookNew(doctor.id, await rest.today());
        await rest.checkIn(id, patientId);
        const paths = [
          `patients/${patientId}`,
          `patients/${patientId}/export`,
          `appointments/${id}`,
          `doctors/${doctor.id}/queue?date=${someDay}`,
          "audit",
          "screens",
        ];
        for (const path of paths) expect((await rest.get(`/api/v1/${path}`)).status, path).to.equal(200);
        expect((await rest.delete(`/api/v1/patients/${patientId}`)).status).to.equal(204);
      }
    });

    it("says that nobody has to sign in, and has no tokens to give", async () => {
      const { body: session } = await clinic.rest.get("/api/v1/sessions");
      const { body: about } = await clinic.rest.get("/api/v1/clinic");
      const signIn = await clinic.rest.post("/api/v1/sessions", { name: "anna", password: "a long password" });
      const pairing = await clinic.rest.post("/api/v1/screens/device_authorization", {});

      expect(session).to.include({ role: "staff", open: true, expires_at: null });
      expect(about.sign_in).to.equal(false);
      expect([signIn.status, pairing.status]).to.deep.equal([404, 404]);
    });

    it("shows everything on the WebSocket, with any header, and answers `authenticate`", async () => {
      const socket = await clinic.connectAs("garbage");
      await socket.subscribe(someDay);
      socket.send({ action: "authenticate", token: "garbage" });
      const answer = await socket.next();
      socket.send({ action: "subscribe", date: someDay, view: "public" });
      await socket.nextQueue("snapshot");
      await socket.close();

      expect(answer).to.deep.equal({ type: "authenticated", role: "staff", expires_at: null });
      const ofPage = { cookie: "clinic_queue=garbage", origin: clinic.api.address };
      expect((await upgrade(clinic.socketUrl, ofPage)).status).to.equal(101);
    });
  });

  describe("for the pages in a browser on the machine", () => {
    let clinic: System;
    before(async () => {
      clinic = await System.openWithPages({ ALLOWED_ORIGINS: "https://desk.example.org" });
    });
    after(() => clinic?.close());

    /** The headers that a browser sends for a page, by what the page is. */
    const ofPages = (port: number): Record<"ours" | "foreign", Record<string, Record<string, string>>> => ({
      ours: {
        "a page of ours that reads": { "sec-fetch-site": "same-origin" },
        "a page of ours that writes": { "sec-fetch-site": "same-origin", origin: `http://127.0.0.1:${port}` },
        "a page that the operator allows": { "sec-fetch-site": "cross-site", origin: "https://desk.example.org" },
        "an address that somebody typed": { "sec-fetch-site": "none" },
        "no browser": {},
      },
      foreign: {
        "another site": { "sec-fetch-site": "cross-site", origin: "https://example.org" },
        "another site, as an image": { "sec-fetch-site": "cross-site" },
        "another site, in a browser without Sec-Fetch-Site": { origin: "https://example.org" },
        "another server on this machine": { "sec-fetch-site": "same-site", origin: "http://127.0.0.1:1" },
        "another server on this machine, as an image": { "sec-fetch-site": "same-site" },
        "a file, or a sandboxed frame": { origin: "null" },
        "a name that begins as ours": { origin: `http://127.0.0.1.example.org:${port}` },
        "a name that was made to resolve to us": { host: `evil.example.org:${port}` },
        "such a name, of our own origin": {
          host: `evil.example.org:${port}`,
          origin: `http://evil.example.org:${port}`,
          "sec-fetch-site": "same-origin",
        },
        "such a name, by a number that only looks like an address": { host: "127.0.0.1.nip.example" },
      },
    });

    it("answers our own and those of ALLOWED_ORIGINS, and no other, by REST", async () => {
      const { id } = await clinic.rest.addPatient();
      const pages = ofPages(clinic.api.port);

      for (const [what, headers] of Object.entries(pages.foreign)) {
        for (const [method, path] of [
          ["GET", "/api/v1/audit"],
          ["DELETE", `/api/v1/patients/${id}`],
          ["GET", "/api/v1/clinic"],
        ] as const) {
          const { status, text } = await ask(clinic.api.address + path, method, headers);
          expect([status, JSON.parse(text).error], `${what}: ${method} ${path}`).to.deep.equal([403, "Forbidden"]);
          expect(text, what).to.match(/"message":"(Host|Origin): /);
        }
      }
      for (const [what, headers] of Object.entries(pages.ours)) {
        expect((await ask(`${clinic.api.address}/api/v1/audit`, "GET", headers)).status, what).to.equal(200);
      }
      expect((await clinic.rest.get(`/api/v1/patients/${id}`)).status).to.equal(200);
    });

    it("answers the same on the WebSocket", async () => {
      const pages = ofPages(clinic.api.port);

      for (const [what, headers] of Object.entries(pages.foreign)) {
        // A WebSocket's request names an origin always.
        if (headers["origin"] === undefined && headers["host"] === undefined) continue;
        const { status, body } = await upgrade(clinic.socketUrl, headers);
        expect([status, body?.error], what).to.deep.equal([403, "Forbidden"]);
      }
      for (const [what, headers] of Object.entries(pages.ours)) {
        expect((await upgrade(clinic.socketUrl, headers)).status, what).to.equal(101);
      }
      const page = { origin: `http://localhost:${clinic.api.port}`, host: `localhost:${clinic.realtime.port}` };
      expect((await upgrade(clinic.socketUrl, page)).status).to.equal(101);
    });

    it("answers no page but our own where ALLOWED_ORIGINS says any", async () => {
      // As ALLOWED_ORIGINS is by itself.
      const any = await Clinic.open();
      try {
        const foreign = { origin: "https://example.org" };
        const own = { origin: any.api.address };

        for (const [headers, expected] of [
          [foreign, [403, 403]],
          [own, [200, 101]],
        ] as const) {
          const { status } = await any.rest.get("/api/v1/audit", headers);
          expect([status, (await upgrade(any.socketUrl, headers)).status]).to.deep.equal(expected);
        }
      } finally {
        await any.close();
      }
    });
  });
});

/** `fetch` sets Host and Sec-Fetch-Site itself. */
async function ask(url: string, method: string, headers: Record<string, string>) {
  const sent = request(url, { method, headers }).end();
  const [response] = (await once(sent, "response")) as [IncomingMessage];
  let text = "";
  for await (const chunk of response) text += String(chunk);
  return { status: response.statusCode, text };
}
