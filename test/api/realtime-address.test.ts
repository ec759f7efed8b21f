import { connect } from "node:net";
import { text as readAll } from "node:stream/consumers";
import { expect } from "chai";
import { Clinic, socketUrl, startApi } from "../support/clinic.ts";
import { Socket } from "../support/socket.ts";
import { upgrade } from "../support/upgrade.ts";

const path = "/api/v1/ws/queue";

describe("a client that looks for the WebSocket at the api's port", () => {
  let clinic: Clinic;
  before(async () => {
    clinic = await Clinic.open();
  });
  after(() => clinic?.close());

  it("is told where it is, by a GET and by an upgrade alike", async () => {
    const url = clinic.socketUrl;
    const expected = { error: "NotFound", message: `There is no WebSocket here. It is at ${url}`, details: null };

    const upgraded = await upgrade(clinic.address.replace("http", "ws") + path, {});
    const got = await clinic.rest.get(path);

    expect([upgraded.status, upgraded.body, upgraded.headers.link]).to.deep.equal([
      404,
      expected,
      `<${url}>; rel="alternate"`,
    ]);
    expect([got.status, got.body, got.headers.get("link")]).to.deep.equal([404, expected, upgraded.headers.link]);
    const socket = await Socket.open(url);
    await socket.close();
  });

  it("is told nothing where it does not say which host it found, also in the reference", async () => {
    const signIn = await Clinic.openWithSignIn();
    for (const asked of [path, "/asyncapi.json"]) {
      for (const host of ["", "Host: \r\n", "Host: a b\r\n"]) {
        const socket = connect(signIn.api.port, "127.0.0.1");
        socket.write(`GET ${signIn.basePath}${asked} HTTP/1.0\r\n${host}\r\n`);

        expect(await readAll(socket), `${asked} ${host}`)
          .to.match(/^HTTP\/1\.1 400 /)
          .and.include('"field":"Host"');
      }
    }
    await signIn.close();
  });

  it("is told the public address where one is set", async () => {
    const REALTIME_URL = "wss://queue.example.org/api/v1/ws/queue";
    const api = await startApi(clinic.databaseUrl, { REALTIME_URL });
    try {
      const { status, headers } = await upgrade(socketUrl(api), {});

      expect([status, headers.link]).to.deep.equal([404, `<${REALTIME_URL}>; rel="alternate"`]);
    } finally {
      await api.stop();
    }
  });
});
