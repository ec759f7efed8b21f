import { request } from "node:http";
import { expect } from "chai";
import { System } from "../support/system.ts";
import { clinicId } from "../support/default-clinic.ts";
import { Rest } from "../support/rest.ts";
import { secret, tokenFor } from "../support/tokens.ts";

/** Spellings of an address in the clinic `east` that are none of it, nor of any other clinic. */
const spellings = [
  "/c/%65ast/api/v1/doctors",
  "/c/EAST/api/v1/doctors",
  "/C/east/api/v1/doctors",
  "/%63/east/api/v1/doctors",
  "//c/east/api/v1/doctors",
  "/c//api/v1/doctors",
  "/c//east/api/v1/doctors",
  "/c/east//api/v1/doctors",
  "/c/east%2Fapi/v1/doctors",
  "/c/east%2F..%2Fdefault/api/v1/doctors",
  "/c/east/%61pi/v1/doctors",
  "/c/east/../default/api/v1/doctors",
  "/c/east/%2e%2e/default/api/v1/doctors",
  "/c/default/../east/api/v1/doctors",
  "/c/./east/api/v1/doctors",
  "/c/east/c/east/api/v1/doctors",
  "/c/east/c/default/api/v1/doctors",
  "/c/east;default/api/v1/doctors",
  "/c/east\\..\\default/api/v1/doctors",
  "/c/east./api/v1/doctors",
  "/c/-east/api/v1/doctors",
  "/c/east,default/api/v1/doctors",
  "/c/east%00/api/v1/doctors",
  "/c/__proto__/api/v1/doctors",
  "/c/constructor/api/v1/doctors",
];

describe("the address of a clinic", () => {
  let system: System;
  let tokens: { here: string; east: string };
  before(async () => {
    system = await System.open({ AUTH_SECRET: secret, REALTIME_URL: "wss://queue.example.org/api/v1/ws/queue" });
    const [{ id }] = await system.sql<[{ id: string }]>`
      insert into clinics (code, name) values ('east', 'East') returning id
    `;
    tokens = {
      here: await tokenFor({ role: "staff", clinic: clinicId }),
      east: await tokenFor({ role: "staff", clinic: id }),
    };
  });
  after(() => system.close());

  /** Sends the path as it is: fetch() would make it plain. */
  async function ask(port: number, path: string, headers: Record<string, string>): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const call = request({ host: "127.0.0.1", port, path, headers }, (response) => {
        let text = "";
        response.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
        response.on("end", () => resolve({ status: response.statusCode ?? 0, text, headers: response.headers }));
      });
      call.on("upgrade", (_response, socket) => {
        socket.destroy();
        resolve({ status: 101, text: "", headers: {} });
      });
      call.on("error", reject);
      call.end();
    });
  }
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
  const upgrade = {
    connection: "Upgrade",
    upgrade: "websocket",
    "sec-websocket-version": "13",
    "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
  };
  const get = (path: string, token = tokens.east) => ask(system.api.port, path, bearer(token));

  for (const path of spellings) {
    it(`is not ${path}`, async () => {
      const webSocket = path.replace("/doctors", "/ws/queue");

      for (const token of Object.values(tokens)) {
        const found = await get(path, token);
        expect(found.status, found.text).to.be.oneOf([400, 404]);
        expect(found.text).to.not.include("ticket_prefix");
        const upgraded = await ask(system.realtime.port, webSocket, { ...upgrade, ...bearer(token) });
        expect(upgraded.status).to.equal(404);
      }
    });
  }

  it("may end with the code, or have a query right after it: that is the clinic's first page", async () => {
    const page = (await get("/c/east/")).text;

    expect(page).to.include("<html");
    expect(await get("/c/east/?/../api/v1/doctors")).to.include({ status: 200, text: page });
    for (const query of ["", "?x=1", "?/api/v1/doctors/", "?//evil.example"]) {
      const { status, headers } = await get(`/c/east${query}`);
      expect([status, headers["location"]]).to.deep.equal([301, `/c/east/${query}`]);
    }
  });

  it("is for the clinic whose it is also where the call itself is spelled otherwise", async () => {
    for (const path of ["/API/v1/doctors", "/Api/v1/doctors/", "/c/default/API/v1/doctors"]) {
      expect((await get(path, tokens.here)).status, path).to.equal(200);
      expect((await get(path, tokens.east)).status, path).to.equal(401);
    }
    expect((await get("/c/east/API/v1/doctors", tokens.east)).status).to.equal(200);
    expect((await get("/c/east/API/v1/doctors", tokens.here)).status).to.equal(401);
    expect((await get("/API/v1/ws/queue")).status).to.equal(404);
  });

  it("is in all that leads on from it", async () => {
    const east = new Rest(`${system.api.address}/c/east`);

    const [docs, webSocket] = [await get("/c/east/docs"), await get("/c/east/api/v1/ws/queue")];
    expect(docs.headers["location"]).to.equal("/c/east/docs/");
    expect(webSocket.headers["link"]).to.equal('<wss://queue.example.org/c/east/api/v1/ws/queue>; rel="alternate"');
    expect((await east.get("/api/v1/clinic")).body.realtime_url).to.equal(
      "wss://queue.example.org/c/east/api/v1/ws/queue",
    );
    expect((await east.get("/openapi.json")).body.servers[0].url).to.equal("/c/east");
    const { body: shown } = await east.post("/api/v1/screens/device_authorization", {});
    expect(shown.verification_uri).to.equal(`${system.api.address}/c/east/screens`);
    expect(shown.verification_uri_complete).to.match(/\/c\/east\/screens#user_code=/);
  });

  it("is nothing at all where there is no such clinic, and health is of the processes", async () => {
    for (const path of [
      "/",
      "/screens",
      "/docs/",
      "/openapi.json",
      "/asyncapi.json",
      "/assets/x.js",
      "/health",
      "/api/v1/ws/queue",
    ])
      expect((await get(`/c/nowhere${path}`)).status, path).to.equal(404);
    expect((await get("/c/east/health")).status).to.equal(404);
    expect((await ask(system.realtime.port, "/c/east/health", {})).status).to.equal(404);
    expect((await get("/health")).status).to.equal(200);
  });
});

interface Answer {
  status: number;
  text: string;
  headers: Record<string, unknown>;
}
