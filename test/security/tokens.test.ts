import { randomUUID } from "node:crypto";
import { expect } from "chai";
import { SignJWT } from "jose";
import { Clinic, someDay } from "../support/clinic.ts";
import { secret } from "../support/tokens.ts";

/** A token that an operator's own tool signed, with any claims. */
const signed = (claims: object): Promise<string> =>
  new SignJWT({ exp: Math.floor(Date.now() / 1000) + 600, sub: "tool", ...claims })
    .setProtectedHeader({ alg: "HS256" })
    .sign(new TextEncoder().encode(secret));

describe("odd claims of tokens that are signed right", () => {
  let clinic: Clinic;
  before(async () => {
    clinic = await Clinic.openWithSignIn();
  });
  after(() => clinic.close());

  for (const [what, claims] of Object.entries({
    "an end that no clock knows": { exp: 1e15 },
    "an end that is no number": { exp: 1e308 },
    "a NUL in the subject": { sub: "a\0b" },
    "half of a character in the subject": { sub: "a\ud800" },
    "a new line in the subject": { sub: "a\nb" },
  })) {
    it(`refuses ${what}, in both processes`, async () => {
      const token = await signed({ role: "staff", clinic: clinic.id, ...claims });
      const socket = await clinic.connect();

      const answer = await clinic.restAs(token).post("/api/v1/doctors", { name: "Dr. X", code: randomUUID() });
      socket.send({ action: "authenticate", token });

      expect([answer.status, answer.body.error]).to.deep.equal([401, "Unauthorized"]);
      expect((await socket.nextError()).code).to.equal("unauthenticated");
      expect(await socket.closed()).to.equal(1008);
      expect((await fetch(`${clinic.realtime.address}/health`)).status).to.equal(200);
    });
  }

  it("forgets a name that the audit trail could not store", async () => {
    const staff = clinic.restAs(await signed({ role: "staff", clinic: clinic.id, name: "a\0b" }));

    expect((await staff.post("/api/v1/doctors", { name: "Dr. X", code: randomUUID() })).status).to.equal(201);
    expect((await staff.get("/api/v1/sessions")).body.name).to.equal(null);
  });

  it("takes no second token of the same subject for another patient", async () => {
    const sub = "parent@family.example";
    const [first, second] = await Promise.all(
      ["1", "2"].map(async () => clinic.restAs(await clinic.tokenFor({ role: "staff" })).addPatient()),
    );
    const socket = await clinic.connectAs(await clinic.tokenFor({ role: "patient", sub, patient_id: first?.id ?? "" }));
    await socket.subscribe(someDay);

    socket.send({
      action: "authenticate",
      token: await clinic.tokenFor({ role: "patient", sub, patient_id: second?.id ?? "" }),
    });

    expect((await socket.nextError()).code).to.equal("forbidden");
    await socket.close();
  });
});
