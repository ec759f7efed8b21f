import { connect } from "node:net";
import { once } from "node:events";
import { gzipSync } from "node:zlib";
import { expect } from "chai";
import { System } from "../support/system.ts";
import { eventually } from "../support/eventually.ts";

describe("hostile input to the api", () => {
  let clinic: System;
  before(async () => {
    clinic = await System.open();
  });
  after(() => clinic.close());

  const json = { "content-type": "application/json" };
  const cases: [string, string | Uint8Array, Record<string, string>, number, string][] = [
    ["no body", "", json, 400, "ValidationError"],
    ["text", "name=x", { "content-type": "text/plain" }, 415, "UnsupportedMediaType"],
    ["a form", "name=x", { "content-type": "application/x-www-form-urlencoded" }, 415, "UnsupportedMediaType"],
    ["JSON that ends early", '{"name":', json, 400, "ValidationError"],
    ["a bare string", '"x"', json, 400, "ValidationError"],
    ["null", "null", json, 400, "ValidationError"],
    ["binary", Uint8Array.from([0xff, 0x00, 0xfe]), json, 400, "ValidationError"],
    [
      "a name in Latin-1",
      Buffer.from('{"name":"J\xf6rg","phone":"1234567890"}', "latin1"),
      json,
      400,
      "ValidationError",
    ],
    ["a charset of old", "{}", { "content-type": "application/json; charset=ebcdic" }, 415, "UnsupportedMediaType"],
    ["a coding that is not known", "{}", { ...json, "content-encoding": "x" }, 415, "UnsupportedMediaType"],
    ["gzip that is not", "{}", { ...json, "content-encoding": "gzip" }, 400, "ValidationError"],
    ["a body of 100 KB", JSON.stringify({ name: "x".repeat(100_000) }), json, 413, "PayloadTooLarge"],
    ["a bomb", gzipSync(Buffer.alloc(10_000_000)), { ...json, "content-encoding": "gzip" }, 413, "PayloadTooLarge"],
    ["deep nesting", `${'{"name":'.repeat(6_000)}1${"}".repeat(6_000)}`, json, 400, "ValidationError"],
    ["__proto__", '{"__proto__":{"name":"x"},"constructor":1}', json, 400, "ValidationError"],
  ];
  for (const [what, body, headers, status, error] of cases) {
    it(`answers ${what} with ${status}`, async () => {
      const answer = await clinic.rest.raw("/api/v1/patients", body, headers);

      expect([answer.status, answer.body.error]).to.deep.equal([status, error]);
      expect(answer.body).to.have.all.keys("error", "message", "details");
      expect(answer.headers.get("content-type")).to.match(/^application\/json/);
    });
  }

  it("says that there is no body, and does not take its fields for left out", async () => {
    const socket = connect(clinic.api.port, "127.0.0.1");
    let answer = "";
    socket.on("data", (chunk) => (answer += String(chunk)));
    // Without a Content-Length, which clients send as 0.
    socket.write("POST /api/v1/patients HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");
    await once(socket, "close");

    expect(answer)
      .to.match(/^HTTP\/1\.1 400 /)
      .and.to.include('"field":"body"');
  });

  for (const path of [
    "/nothing",
    "/api/v1/nothing",
    "/api/v2/doctors",
    "/assets/none.js",
    "/api/v1/patients/search/x",
  ]) {
    it(`answers ${path} with 404`, async () => {
      const answer = await clinic.rest.get(path);

      expect([answer.status, answer.body.error]).to.deep.equal([404, "NotFound"]);
    });
  }

  it("answers a path that cannot be decoded, and a query of arrays, with 400", async () => {
    const paths = [
      "/api/v1/patients/%E0%A4%A",
      "/api/v1/patients/%00",
      "/api/v1/patients/search",
      "/api/v1/patients/search?phone=1234567890&phone=1234567890",
      "/api/v1/patients/search?phone[$ne]=1",
      "/api/v1/doctors?date=2025-01-01&date=2025-01-02",
    ];

    for (const path of paths) expect((await clinic.rest.get(path)).status, path).to.equal(400);
  });

  it("outlives requests that are no HTTP, and ones that never end", async () => {
    const { port } = clinic.api;
    const garbage = connect(port, "127.0.0.1");
    garbage.end("\x16\x03\x01\x02\x00\x01\x00");
    garbage.resume();
    await once(garbage, "close");
    const endless = connect(port, "127.0.0.1");
    endless.write(
      "POST /api/v1/patients HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{",
    );
    await once(endless, "connect");
    endless.destroy();

    expect((await clinic.rest.get("/health")).body.status).to.equal("healthy");
  });

  it("gives every answer an id, the client's own when it is one, and says nothing of the software", async () => {
    const own = "0af76519-16cd-43dd-8448-eb211c80319c";
    const { headers } = await clinic.rest.post("/api/v1/patients", {}, { "x-request-id": own });
    const made = await clinic.rest.post("/api/v1/patients", {}, { "x-request-id": "+1234567890" });

    expect(headers.get("x-request-id")).to.equal(own);
    expect(made.headers.get("x-request-id")).to.match(/^[0-9a-f-]{36}$/);
    expect(headers.get("x-powered-by")).to.equal(null);
    expect(headers.get("x-content-type-options")).to.equal("nosniff");
    expect(headers.get("access-control-allow-origin")).to.equal("*");
  });

  it("writes no patient's data into its log, whatever becomes of the request", async () => {
    const secret = { name: "Xanthippe Quux", phone: "+998877665544", email: "xanthippe@quux.example" };
    await clinic.rest.post("/api/v1/patients", secret);
    await clinic.rest.post("/api/v1/patients", { ...secret, age: "old" });
    await clinic.rest.get(`/api/v1/patients/search?phone=${encodeURIComponent(secret.phone)}`);
    await clinic.rest.get(`/api/v1/patients/${encodeURIComponent(secret.name)}`);
    await clinic.sql`alter table patients rename to hidden`;
    const broken = await clinic.rest.post("/api/v1/patients", secret);
    await clinic.sql`alter table hidden rename to patients`;

    expect([broken.status, broken.body.error, broken.body.details]).to.deep.equal([500, "InternalError", null]);
    expect(broken.body.message).not.to.match(/sql|relation|patients/i);
    const id = broken.headers.get("x-request-id") ?? "";
    await eventually(() => expect(clinic.api.output).to.include(id).and.to.include('"code":"42P01"'));
    expect(clinic.api.output).not.to.match(/Xanthippe|998877665544|quux/i);
  });
});
