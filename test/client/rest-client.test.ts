import { expect } from "chai";
import { ApiError, UnauthorizedError, UnavailableError, ValidationError } from "../../client/errors.ts";
import { RestClient, type RestClientOptions } from "../../client/rest-client.ts";
import { eventually } from "../support/eventually.ts";
import { rejection } from "../support/rejection.ts";
import { ScriptedApi } from "../support/scripted-api.ts";

const unavailable = { status: 503, body: { error: "Unavailable", message: "Try again", details: null } };
const refused = { status: 401, body: { error: "Unauthorized", message: "The token has ended", details: null } };
const fine = { status: 200, body: { repeated: false } };

const next = { params: { id: "a-doctor" }, body: { after: null } };
const patient = { body: { name: "John Doe" } };
const room = { body: { name: "Lab" } };

describe("the calls of the client library", () => {
  let api: ScriptedApi;
  beforeEach(async () => {
    api = await ScriptedApi.open();
  });
  afterEach(() => api.close());

  const clientOf = (options: Partial<RestClientOptions> = {}): RestClient =>
    new RestClient({ url: api.url, firstRetryMs: 1, slowestRetryMs: 2, ...options });

  it("send what the document says: path, query, body and token", async () => {
    const client = clientOf({ url: `${api.url}/c/east/`, token: "a-token" });

    await client.call("setDoctorDay", {
      params: { id: "a/b" },
      query: { date: "2026-11-22" },
      body: { state: "away", notice: undefined },
    });
    await client.call("findPatients", { query: { query: "a & b", limit: 5, cursor: undefined } });

    const [put, get] = api.received;
    expect(put).to.include({
      method: "PUT",
      url: "/c/east/api/v1/doctors/a%2Fb/day?date=2026-11-22",
      body: '{"state":"away"}',
    });
    expect(put?.headers).to.include({ authorization: "Bearer a-token", "content-type": "application/json" });
    expect(get).to.include({ method: "GET", url: "/c/east/api/v1/patients?query=a%20%26%20b&limit=5", body: "" });
  });

  it("never reach another call than the one that is named", async () => {
    const client = clientOf();

    for (const id of ["", "..", "."]) {
      const error = await rejection(client.call("deleteRoom", { params: { id } }));
      expect(error).to.be.instanceOf(TypeError);
    }

    expect(api.received).to.be.empty;
  });

  it("ask again with the same key where the answer was lost, and with another key for another call", async () => {
    api.answers = ["lost", "lost", fine];
    const client = clientOf();

    const answer = await client.call("callNext", next);
    await client.call("callNext", next);

    expect(answer).to.deep.equal(fine.body);
    const [first, second, third, other] = api.keys;
    expect(first).to.match(/^[0-9a-f]{32}$/);
    expect([second, third]).to.deep.equal([first, first]);
    expect(other)
      .to.match(/^[0-9a-f]{32}$/)
      .and.not.equal(first);
  });

  it("bear the key that the caller names", async () => {
    const client = clientOf();

    await client.call("callNext", { ...next, idempotencyKey: "mine" });
    await client.call("bookAppointment", {
      body: { patient_id: "p", doctor_id: "d", date: "2026-11-22", idempotency_key: "in the body" },
    });

    expect(api.keys).to.deep.equal(["mine", "in the body"]);
  });

  for (const status of [429, 502, 503, 504]) {
    it(`are tried again after ${status}`, async () => {
      api.answers = [{ status, body: "from a proxy" }, fine];

      expect(await clientOf().call("callNext", next)).to.deep.equal(fine.body);

      expect(api.received).to.have.length(2);
    });
  }

  it("are tried again without a key where the document says that a repeat does no harm", async () => {
    api.answers = ["lost", fine];

    expect(await clientOf().call("cancelAppointment", { params: { id: "a" }, body: {} })).to.deep.equal(fine.body);

    expect(api.keys).to.deep.equal([undefined, undefined]);
  });

  it("are tried once where they might be done twice", async () => {
    for (const answer of ["lost", unavailable, { status: 429 }] as const) {
      api.answers = [answer, { status: 201, body: {} }];
      const before = api.received.length;

      const error = await rejection(clientOf().call("addRoom", room));

      expect(error).to.be.instanceOf(ApiError);
      expect(api.received.length - before).to.equal(1);
      expect(api.keys.at(-1)).to.equal(undefined);
      api.answers = [fine];
    }
  });

  it("are tried once where the server said no", async () => {
    for (const status of [400, 403, 404, 409, 422, 500]) {
      api.answers = [{ status, body: { error: "Any", message: "No", details: null } }];
      const before = api.received.length;

      const error = await rejection(clientOf().call("callNext", next));

      expect(error).to.include({ status, code: "Any", message: "No" });
      expect(api.received.length - before).to.equal(1);
    }
  });

  it("take a thing for deleted where it is gone at the second attempt", async () => {
    const missing = { status: 404, body: { error: "NotFound", message: "Room not found", details: null } };
    const client = clientOf();
    api.answers = ["lost", missing];

    expect(await client.call("deleteRoom", { params: { id: "3" } })).to.equal(undefined);

    const error = await rejection(client.call("deleteRoom", { params: { id: "3" } }));
    expect(error).to.include({ status: 404, code: "NotFound" });
  });

  it("end after so many attempts", async () => {
    api.answers = [{ ...unavailable, headers: { "X-Request-Id": "r-1" } }];

    const error = await rejection(clientOf({ attempts: 3 }).call("listRooms"));

    expect(error).to.be.instanceOf(UnavailableError);
    expect(error).to.include({ status: 503, code: "Unavailable", message: "Try again", requestId: "r-1" });
    expect(api.received).to.have.length(3);
  });

  it("do not wait for as long as the server asks for, where that is past their patience", async () => {
    api.answers = [{ status: 429, headers: { "Retry-After": "900" } }, fine];
    const error = await rejection(clientOf().call("listRooms"));

    expect(error).to.include({ status: 429, code: "http_429" });
    expect(api.received).to.have.length(1);
  });

  it("give a silent server up, and say why there is no answer", async () => {
    api.answers = ["silent", fine];
    await clientOf({ attemptMs: 50 }).call("listRooms");
    expect(api.received).to.have.length(2);

    const { url } = api;
    await api.close();
    const nobody = await rejection(new RestClient({ url, attempts: 3, firstRetryMs: 1 }).call("listRooms"));
    api = await ScriptedApi.open();

    expect(nobody).to.be.instanceOf(UnavailableError);
    expect(nobody).to.include({ status: 0, code: "unreachable" });
    expect(nobody.message)
      .to.include(`GET ${url}/api/v1/rooms`)
      .and.match(/ECONNREFUSED/);
  });

  it("do not take a page for an answer", async () => {
    api.answers = [{ status: 200, body: "<p>Sign in to the guest network</p>" }];

    const error = await rejection(clientOf({ attempts: 2 }).call("listRooms"));

    expect(error).to.be.instanceOf(UnavailableError);
    expect(api.received).to.have.length(2);
  });

  it("end with the signal's reason, before, during and between the attempts", async () => {
    const reason = new Error("The user went away");
    const client = clientOf({ firstRetryMs: 60_000, slowestRetryMs: 60_000, patienceMs: 200_000, attemptMs: 60_000 });
    expect(await rejection(client.call("listRooms", { signal: AbortSignal.abort(reason) }))).to.equal(reason);
    expect(api.received).to.be.empty;

    for (const answer of ["silent", { ...unavailable, headers: { "Retry-After": "60" } }] as const) {
      const before = api.received.length;
      api.answers = [answer];
      const ending = new AbortController();
      const call = rejection(client.call("listRooms", { signal: ending.signal }));
      await eventually(() => expect(api.received.length).to.equal(before + 1));
      ending.abort(reason);
      expect(await call).to.equal(reason);
      expect(api.received.length).to.equal(before + 1);
    }
  });

  it("say which fields are wrong", async () => {
    const details = [{ field: "date", reason: "must be a calendar day, YYYY-MM-DD" }];
    api.answers = [{ status: 400, body: { error: "ValidationError", message: "date: must be …", details } }];

    const error = await rejection(clientOf().call("callNext", next));

    expect(error).to.be.instanceOf(ValidationError);
    expect((error as ValidationError).fields).to.deep.equal(details);
  });

  describe("with a token function", () => {
    let asked: number;
    const token = async (): Promise<string> => `token-${++asked}`;
    beforeEach(() => {
      asked = 0;
    });
    const tokens = (): (string | undefined)[] => api.received.map(({ headers }) => headers.authorization);

    it("ask it once for all calls, and once more when the server refuses the token", async () => {
      const client = clientOf({ token });
      await Promise.all([client.call("listRooms"), client.call("listRooms")]);
      expect(tokens()).to.deep.equal(["Bearer token-1", "Bearer token-1"]);

      api.answers = [refused, refused, fine];
      await Promise.all([client.call("registerPatient", patient), client.call("registerPatient", patient)]);

      expect(asked).to.equal(2);
      expect(tokens().slice(-2)).to.deep.equal(["Bearer token-2", "Bearer token-2"]);
    });

    it("fail with what the server says where the next token is no better", async () => {
      api.answers = [refused];

      const error = await rejection(clientOf({ token }).call("listRooms"));

      expect(error).to.be.instanceOf(UnauthorizedError);
      expect(error).to.include({ status: 401, message: "The token has ended" });
      expect(asked).to.equal(2);
      expect(api.received).to.have.length(2);
    });

    it("fail where it gives none, and ask it anew for the next call", async () => {
      let isDown = true;
      const source = (): string => {
        if (isDown) throw new Error("the provider is down");
        return "a token";
      };
      const client = clientOf({ token: source });

      const error = await rejection(client.call("listRooms"));
      isDown = false;
      await client.call("listRooms");

      expect(error).to.be.instanceOf(UnauthorizedError);
      expect(error).to.include({ status: 0, code: "token_unavailable" });
      expect(error.message).to.include("the provider is down");
      expect(tokens()).to.deep.equal(["Bearer a token"]);
    });

    it("do not try a token again that is all there is", async () => {
      api.answers = [refused];

      const error = await rejection(clientOf({ token: "the only one" }).call("listRooms"));

      expect(error).to.be.instanceOf(UnauthorizedError);
      expect(api.received).to.have.length(1);
    });
  });
});
