import { expect } from "chai";
import { actorOf } from "../../access/actor-of.ts";
import { anybody, type Identity } from "../../access/identity.ts";

const from = { address: "192.0.2.1", requestId: "a request" };

describe("actorOf", () => {
  it("names who signed in, and with which session", () => {
    const anna: Identity = { ...anybody, role: "staff", subject: "an id", name: "anna", sessionId: "a session" };

    expect(actorOf(anna, from)).to.deep.equal({
      sub: "an id",
      role: "staff",
      name: "anna",
      session: "a session",
      address: "192.0.2.1",
      request_id: "a request",
    });
  });

  it("tells somebody without a token from somebody in open mode, and names neither", () => {
    const unknown = { sub: null, name: null, session: null, address: "192.0.2.1", request_id: "a request" };

    expect(actorOf(undefined, from)).to.deep.equal({ ...unknown, role: "nobody" });
    expect(actorOf(anybody, from)).to.deep.equal({ ...unknown, role: "anybody" });
    expect(actorOf(undefined, { address: "192.0.2.1" }).request_id).to.equal(null);
  });
});
