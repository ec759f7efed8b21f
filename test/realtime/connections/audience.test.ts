import { expect } from "chai";
import type { Role, Scope } from "../../../contract/roles.ts";
import { anybody, type Identity } from "../../../access/identity.ts";
import { audienceOf } from "../../../realtime/connections/audience.ts";
import { everything, filterParts } from "../../../realtime/feeds/part-filter.ts";
import { ProtocolError } from "../../../realtime/connections/protocol.ts";

describe("the audience of somebody", () => {
  const who = (role: Role, fields: Partial<Identity> = {}): Identity => ({ ...anybody, role, ...fields });
  const scopes = (...words: Scope[]): ReadonlySet<Scope> => new Set(words);
  const doctor = who("doctor", { doctorId: "own" });
  const patient = who("patient", { patientId: "me" });

  /** Why somebody may not see what they ask for. */
  function refusal(...[identity, asked]: Parameters<typeof audienceOf>): string | undefined {
    try {
      audienceOf(identity, asked);
      return undefined;
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      return error.reply.code;
    }
  }

  it("is the one whose view shows most of what they may see, where they do not ask", () => {
    expect(audienceOf(who("staff"), {})).to.deep.equal({ audience: "staff", parts: everything });
    expect(audienceOf(who("manager"), {})).to.deep.equal({ audience: "staff", parts: everything });
    expect(audienceOf(who("service"), {})).to.deep.equal({ audience: "staff", parts: everything });
    expect(audienceOf(who("screen"), {})).to.deep.equal({ audience: "public", parts: everything });
    expect(audienceOf(who("screen", { areaId: "hall" }), {})).to.deep.equal({
      audience: "public",
      parts: filterParts({ areaId: "hall" }),
    });
    expect(audienceOf(doctor, {})).to.deep.equal({ audience: "staff", parts: filterParts({ doctorId: "own" }) });
    expect(audienceOf(patient, {})).to.deep.equal({ audience: "patient", parts: filterParts({ reader: "me" }) });
  });

  it("is the one that they ask for, and of its parts one doctor's where they ask for one", () => {
    expect(audienceOf(who("staff"), { view: "public" })).to.deep.equal({ audience: "public", parts: everything });
    expect(audienceOf(who("staff"), { view: "doctor", doctorId: "1" })).to.deep.equal({
      audience: "staff",
      parts: filterParts({ doctorId: "1" }),
    });
    expect(audienceOf(doctor, { view: "public", doctorId: "1" })).to.deep.equal({
      audience: "public",
      parts: filterParts({ doctorId: "1" }),
    });
    expect(audienceOf(patient, { doctorId: "1" })).to.deep.equal({
      audience: "patient",
      parts: filterParts({ reader: "me", doctorId: "1" }),
    });
  });

  it("is refused to whoever asks for more than their token allows", () => {
    expect(refusal(who("screen"), { view: "staff" })).to.equal("forbidden");
    expect(refusal(who("operator"), {})).to.equal("forbidden");
    expect(refusal(who("operator"), { view: "public" })).to.equal("forbidden");
    expect(refusal(who("kiosk"), {})).to.equal("forbidden");
    expect(refusal(doctor, { view: "staff" })).to.equal("forbidden");
    expect(refusal(doctor, { doctorId: "other" })).to.equal("forbidden");
    expect(refusal(patient, { view: "public" })).to.equal("forbidden");
    expect(refusal(who("staff"), { view: "patient" })).to.equal("forbidden");
    expect(refusal(who("service", { scopes: scopes("book") }), {})).to.equal("forbidden");
    expect(refusal(who("service", { scopes: scopes("read") }), {})).to.equal(undefined);
    expect(refusal(who("staff"), { view: "doctor" })).to.equal("invalid_doctor_id");
  });

  it("of a patient whom the token does not name has nothing to see", () => {
    const { audience, parts } = audienceOf(who("patient"), {});

    expect(audience).to.equal("patient");
    // In the patients' audience no part is shared.
    expect(parts.reader).to.equal(null);
  });
});
