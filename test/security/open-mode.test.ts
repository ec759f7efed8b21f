import { networkInterfaces } from "node:os";
import { expect } from "chai";
import { startApi, startRealtime, Clinic, someDay } from "../support/clinic.ts";
import { createDatabase, type TestDatabase } from "../support/database.ts";
import { Service, type Settings } from "../support/service.ts";
import { upgrade } from "../support/upgrade.ts";

const programs = ["api", "realtime"] as const;

/** An address that other machines could reach; one that is not ours is refused as well, before it is bound. */
const lanAddress =
  Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .find(({ internal, family }) => !internal && family === "IPv4")?.address ?? "192.168.1.10";

describe("open mode", () => {
  let database: TestDatabase;
  before(async () => {
    database = await createDatabase();
  });
  after(() => database?.drop());

  const refused = async (program: string, settings: Settings): Promise<string> => {
    const ports = { API_PORT: 0, REALTIME_PORT: 0, DATABASE_URL: database.url };
    const service = new Service(`${program}/main`, { ...ports, ...settings });
    const outcome = await Promise.race([
      service.exit(),
      service.ready().then(
        () => "started",
        () => service.exit(),
      ),
    ]);
    if (outcome === "started") await service.stop();
    expect(outcome, service.output).to.equal(1);
    expect(service.output.trimEnd().split("\n"), service.output).to.have.length(1);
    return service.output;
  };

  for (const program of programs) {
    it(`does not let the ${program} process listen where others could reach it`, async () => {
      const hosts = ["0.0.0.0", "::", lanAddress, "::ffff:127.0.0.1", "127.0.0.1.example.org"];

      for (const output of await Promise.all(hosts.map((HOST) => refused(program, { HOST })))) {
        expect(output).to.match(new RegExp(`^${program}: HOST: `));
        expect(output).to.include("AUTH_SECRET");
      }
    });

    it(`lets the ${program} process listen for this machine, and says what that means`, async () => {
      for (const HOST of ["127.0.0.1", "127.0.0.2", "::1", "localhost"]) {
        const service = await (program === "api" ? startApi : startRealtime)(database.url, { HOST });
        await service.stop();

        expect(service.output, HOST).to.include("open mode");
      }
    });

    it(`does not start the ${program} process behind a proxy, which would make it public`, async () => {
      expect(await refused(program, { TRUST_PROXY: "loopback" })).to.match(/TRUST_PROXY: .*AUTH_SECRET/);
    });

    it(`does not start the ${program} process in production, whatever the address`, async () => {
      for (const HOST of ["127.0.0.1", "0.0.0.0"]) {
        expect(await refused(program, { NODE_ENV: "production", HOST })).to.include("AUTH_SECRET");
      }
    });

    it(`does not come about in the ${program} process by a secret that is short or empty`, async () => {
      const short = "a-secret-of-31-bytes-abcdefghij";

      const output = await refused(program, { AUTH_SECRET: short });

      expect(output)
        .to.match(new RegExp(`^${program}: AUTH_SECRET `))
        .and.to.include("32");
      expect(output).to.not.include(short);
      // To whom deploys it, an empty one is one that is not set.
      expect(await refused(program, { AUTH_SECRET: "", HOST: "0.0.0.0" })).to.include("HOST");
    });

    it(`does not come about in the ${program} process by half a provider`, async () => {
      const whole = {
        AUTH_JWKS_URL: "https://example.org/keys",
        AUTH_ISSUER: "https://example.org",
        AUTH_AUDIENCE: "clinic",
      };
      for (const secret of [{}, { AUTH_SECRET: "x".repeat(32) }]) {
        const halves = Object.keys(whole).map(async (missing) => {
          expect(await refused(program, { ...whole, ...secret, [missing]: "" })).to.include(missing);
        });
        await Promise.all(halves);
      }
      const unprotected = { ...whole, AUTH_JWKS_URL: "http://example.org/keys" };
      expect(await refused(program, unprotected)).to.include("AUTH_JWKS_URL must be an https:// URL");
    });

    it(`is over in the ${program} process with a secret: it listens where it is told`, async () => {
      const settings = { HOST: "0.0.0.0", NODE_ENV: "production", AUTH_SECRET: "x".repeat(32) };

      const service = await (program === "api" ? startApi : startRealtime)(database.url, settings);
      await service.stop();

      expect(service.output).to.not.include("open mode");
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
      const ofPage = { cookie: "clinic_queue=garbage", origin: "http://127.0.0.1:8000" };
      expect((await upgrade(clinic.socketUrl, ofPage)).status).to.equal(101);
    });
  });
});
