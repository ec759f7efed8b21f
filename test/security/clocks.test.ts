import { expect } from "chai";
import { createAccount, password } from "../support/accounts.ts";
import { someDay } from "../support/clinic.ts";
import { System } from "../support/system.ts";
import { secret, tokenFor } from "../support/tokens.ts";
import { pairScreen } from "./callers.ts";

/** Makes a process of ours believe that it is so much later. */
const clockAhead = (ms: number): string => {
  const module = `
    const Clock = Date, ahead = ${ms};
    globalThis.Date = class extends Clock {
      constructor(...time) { time.length === 0 ? super(Clock.now() + ahead) : super(...time); }
      static now() { return Clock.now() + ahead; }
    };`;
  return `--import=data:text/javascript,${encodeURIComponent(module)}`;
};

const hours = 3_600_000;

for (const [what, ahead] of [
  ["behind", 2 * hours],
  ["ahead of", -2 * hours],
] as const) {
  describe(`a database whose clock is two hours ${what} that of the processes`, function () {
    this.timeout(30_000);
    let clinic: System;
    before(async () => {
      clinic = await System.open({ AUTH_SECRET: secret, NODE_OPTIONS: clockAhead(ahead), TOKEN_LIFETIME_S: 60 });
      await createAccount(clinic.database, "desk");
    });
    after(() => clinic.close());

    it("lets people sign in, renew and sign out, with tokens that live as long as they should", async () => {
      const signedIn = await clinic.rest.post("/api/v1/sessions", { name: "desk", password });
      const desk = clinic.restAs(signedIn.body.token);
      const renewed = await desk.post("/api/v1/tokens", {});
      const socket = await clinic.connectAs(renewed.body.token);
      await socket.subscribe(someDay);

      expect([signedIn.status, renewed.status]).to.deep.equal([201, 201]);
      const now = Date.now() + ahead;
      expect(Date.parse(renewed.body.expires_at)).to.be.within(now + 30_000, now + 61_000);

      expect((await desk.delete("/api/v1/sessions")).status).to.equal(204);
      expect(await socket.closed()).to.equal(1008);
      expect((await desk.get("/api/v1/sessions")).status).to.equal(401);
    });

    it("lets screens in, and patients with their links", async () => {
      const staff = clinic.restAs(await tokenFor({ role: "staff" }, 3 * hours));
      const patient = await staff.addPatient();
      const link = await staff.post(`/api/v1/patients/${patient.id}/tokens`, { expires_in: 60 });
      const screen = await pairScreen(clinic, staff);

      expect((await clinic.restAs(link.body.token).get(`/api/v1/patients/${patient.id}`)).status).to.equal(200);
      expect((await clinic.restAs(screen.token).get("/api/v1/doctors")).status).to.equal(200);
    });
  });
}
