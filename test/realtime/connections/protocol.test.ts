import { once } from "node:events";
import { connect } from "node:net";
import { expect } from "chai";
import { Clinic, someDay } from "../../support/clinic.ts";
import { Socket } from "../../support/socket.ts";

describe("hostile input to the realtime process", () => {
  let clinic: Clinic;
  let socket: Socket;
  before(async () => {
    clinic = await Clinic.open();
  });
  after(() => clinic.close());
  beforeEach(async () => {
    socket = await clinic.watch(someDay);
  });
  afterEach(() => socket.close());

  /** The connection and its subscription are as they were: a change of the date still arrives. */
  async function expectUndisturbed(): Promise<void> {
    const doctor = await clinic.rest.addDoctor();
    await clinic.rest.bookNew(doctor.id, someDay);
    expect((await socket.nextQueue("update")).date).to.equal(someDay);
  }

  const wrong: [string, string, string, string][] = [
    ["no JSON", "hello", "invalid_json", "Invalid JSON message"],
    ["an empty message", "", "invalid_json", "Invalid JSON message"],
    ["a string", '"subscribe"', "invalid_message", "JSON object"],
    ["a number", "42", "invalid_message", "JSON object"],
    ["null", "null", "invalid_message", "JSON object"],
    ["an array", '["subscribe"]', "invalid_message", "JSON object"],
    ["deep nesting", "[".repeat(4_000), "invalid_json", "Invalid JSON message"],
    ["no action", "{}", "unknown_action", "Unknown action: none"],
    ["an action of an object's", '{"action":"toString"}', "unknown_action", "Unknown action: toString"],
    ["an action that is an object", '{"action":{"a":1}}', "unknown_action", 'Unknown action: {"a":1}'],
    ["a long action", JSON.stringify({ action: "x".repeat(3_000) }), "unknown_action", `${"x".repeat(50)}…`],
    ["a null date", '{"action":"subscribe","date":null}', "missing_date", "Missing 'date' field"],
    ["an empty date", '{"action":"subscribe","date":""}', "missing_date", "Missing 'date' field"],
    ["a number as date", '{"action":"subscribe","date":20251117}', "invalid_date", "Use YYYY-MM-DD"],
    ["an array as date", '{"action":"subscribe","date":["2025-11-17"]}', "invalid_date", "Use YYYY-MM-DD"],
    ["30 February", '{"action":"subscribe","date":"2025-02-30"}', "invalid_date", "Use YYYY-MM-DD"],
    ["29 February of no leap year", '{"action":"subscribe","date":"2025-02-29"}', "invalid_date", "Use YYYY-MM-DD"],
    ["the year 0", '{"action":"subscribe","date":"0000-01-01"}', "invalid_date", "Use YYYY-MM-DD"],
    [
      "SQL as date",
      `{"action":"subscribe","date":"2025-11-17'; drop table doctors; --"}`,
      "invalid_date",
      "Use YYYY-MM-DD",
    ],
    ["NUL in a date", '{"action":"subscribe","date":"2025-11-17\\u0000"}', "invalid_date", "Use YYYY-MM-DD"],
    ["a time as date", '{"action":"subscribe","date":"2025-11-17T00:00:00Z"}', "invalid_date", "Use YYYY-MM-DD"],
  ];
  for (const [what, message, code, words] of wrong) {
    it(`answers ${what} with ${code}`, async () => {
      socket.send(message);

      const error = await socket.nextError();

      expect(error.code).to.equal(code);
      expect(error.error).to.include(words);
      await expectUndisturbed();
    });
  }

  it("answers a binary message with an error", async () => {
    socket.ws.send(Buffer.from('{"action":"ping"}'), { binary: true });

    expect((await socket.nextError()).code).to.equal("invalid_json");
    await expectUndisturbed();
  });

  it("puts fragments together", async () => {
    socket.ws.send('{"action":', { fin: false });
    socket.ws.send('"ping"}', { fin: true });

    expect((await socket.next()).type).to.equal("pong");
  });

  it("ends a connection that sends more than 4 KiB at once, in one frame or in many, and no other", async () => {
    const whole = await clinic.connect();
    const pieces = await clinic.connect();

    whole.ws.send("x".repeat(4_097));
    for (let n = 0; n < 5; n++) pieces.ws.send("x".repeat(1_000), { fin: false });

    expect(await whole.closed()).to.equal(1009);
    expect(await pieces.closed()).to.equal(1009);
    await expectUndisturbed();
  });

  it("ends a connection that breaks the framing or the encoding, and no other", async () => {
    const framing = await clinic.connect();
    const encoding = await clinic.connect();
    const raw = (target: Socket) => (target.ws as unknown as { _socket: { write: (bytes: Buffer) => void } })._socket;

    raw(framing).write(Buffer.from([0xff, 0xff, 0xff, 0xff]));
    encoding.ws.send(Buffer.from([0xc3, 0x28]), { binary: false });

    expect(await framing.closed()).to.equal(1002);
    expect(await encoding.closed()).to.equal(1007);
    await expectUndisturbed();
  });

  it("lets go of a refused upgrade whose client stays half open", async () => {
    const half = connect({ port: clinic.realtime.port, host: "127.0.0.1", allowHalfOpen: true });
    half.write("GET /nope HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
    half.resume();

    await once(half, "end");
    // A socket that the server has left altogether answers with a reset.
    const reset = once(half, "error").catch((error: unknown) => [error]);
    const writing = setInterval(() => half.write("x"), 20);
    expect(((await reset)[0] as { code: string }).code).to.be.oneOf(["ECONNRESET", "EPIPE"]);
    clearInterval(writing);
  });

  it("answers other paths, and what is no upgrade, as HTTP does", async () => {
    const { address } = clinic.realtime;

    expect((await fetch(`${address}/api/v1/ws/queue`)).status).to.equal(404);
    expect((await fetch(`${address}/health?x=1`)).status).to.equal(200);
    const refused = await Socket.open(`${address.replace("http", "ws")}/elsewhere`).catch(String);
    expect(refused).to.include("404");
  });
});
