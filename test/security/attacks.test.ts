import { expect } from "chai";
import { freePort } from "../../embedded/free-port.ts";
import { someDay } from "../support/clinic.ts";
import { System } from "../support/system.ts";
import { eventually } from "../support/eventually.ts";
import { Service } from "../support/service.ts";
import { Socket } from "../support/socket.ts";
import { secret, tokenFor } from "../support/tokens.ts";
import { clinicId } from "../support/default-clinic.ts";

describe("attacks", () => {
  let clinic: System;
  before(async () => {
    clinic = await System.open({ AUTH_SECRET: secret, MAX_READS_PER_MINUTE: 50, TRUST_PROXY: "loopback" });
  });
  after(() => clinic.close());

  it("nobody without a token uses up the calls of all others without one", async () => {
    const from = (address: string) => clinic.rest.get("/api/v1/clinic", { "x-forwarded-for": address });
    await Promise.all(Array.from({ length: 60 }, () => from("10.0.0.1")));

    expect((await from("10.0.0.2")).status).to.equal(200);
  });

  it("many who ask for the health at once do not make it worse", async () => {
    const statuses = await Promise.all(
      Array.from({ length: 3_000 }, async () => (await clinic.rest.get("/health")).status),
    );

    expect(statuses.filter((status) => status !== 200)).to.deep.equal([]);
  });

  it("the audit trail is asked for no time that Postgres does not know", async () => {
    const staff = clinic.restAs(await tokenFor({ role: "staff" }));
    const times = ["0000-01-01T00:00:00Z", "0001-01-01T00:00:00%2B23:59", "9999-12-31T23:59:59-23:59"];

    for (const time of times) {
      for (const field of ["from", "to"]) {
        const { status, body } = await staff.get(`/api/v1/audit?${field}=${time}`);
        expect([status, body.details?.[0]?.field], time).to.deep.equal([400, field]);
      }
    }
    expect((await staff.get("/api/v1/audit?from=0001-01-01T00:00:00Z&to=9999-12-31T23:59:59Z")).status).to.equal(200);
  });

  it("an erasure and a check-in at the same time never wait for each other", async () => {
    const staff = clinic.restAs(await tokenFor({ role: "staff" }));
    const doctor = await staff.addDoctor();
    const today = await staff.today();

    for (let round = 0; round < 20; round++) {
      const { id: patientId } = await staff.addPatient();
      const { id } = await staff.book(patientId, doctor.id, today);
      const checkIn = staff.post("/api/v1/checkins", { appointment_id: id, patient_id: patientId });
      const startedAt = performance.now();
      const answers = await Promise.all([checkIn, staff.delete(`/api/v1/patients/${patientId}`)]);
      // Postgres looks for a deadlock after a second.
      expect(performance.now() - startedAt).to.be.below(1_000);
      expect(answers[0].status).to.be.oneOf([201, 409]);
      expect(answers[1].status).to.equal(204);
      await clinic.sql`delete from queue_entries`;
      await clinic.sql`update appointments set status = 'cancelled'`;
    }
  });

  it("a revoked token opens nothing while a new process does not know yet what was revoked", async () => {
    const staff = clinic.restAs(await tokenFor({ role: "staff" }));
    const { id } = await staff.addPatient();
    const { token } = (await staff.post(`/api/v1/patients/${id}/tokens`, {})).body as { token: string };
    await clinic.restAs(token).delete("/api/v1/sessions");
    await clinic.sql`alter table sessions rename to hidden`;
    const port = await freePort();
    const settings = { AUTH_SECRET: secret, DATABASE_URL: clinic.database.url, REALTIME_PORT: port };
    const realtime = new Service("realtime/main", settings);
    const url = `ws://127.0.0.1:${port}/api/v1/ws/queue`;
    await eventually(async () => expect((await fetch(`http://127.0.0.1:${port}/health`)).status).to.equal(200));
    const upgrade = Socket.open(url, { headers: { authorization: `Bearer ${token}` } });
    const refused = await upgrade.then(
      async (socket) => {
        socket.ws.terminate();
        await socket.closed();
        return "let in";
      },
      (error: Error) => error.message,
    );
    const socket = await Socket.open(url);

    socket.send({ action: "authenticate", token });
    socket.send({ action: "subscribe", date: someDay });
    const answers = [await socket.next(), await socket.next()];
    await clinic.sql`alter table hidden rename to sessions`;

    expect(refused).to.include("503");
    expect(answers.map((answer) => "code" in answer && answer.code)).to.deep.equal(["unavailable", "unauthenticated"]);
    await realtime.ready();
    socket.send({ action: "authenticate", token });
    expect((await socket.nextError()).code).to.equal("unauthenticated");
    expect(await socket.closed()).to.equal(1008);
    await realtime.stop();
  });

  it("an api that was taken over reads no table of hashes, and changes no trace", async () => {
    const tries = {
      clinic_api: [
        "select password_hash from accounts",
        "select * from sign_in_tries",
        "select * from device_authorizations",
        "update audit_events set actor = 'x'",
        "delete from audit_events",
        "truncate audit_events",
        "insert into accounts (name, role, password_hash) values ('x', 'staff', 'x')",
        "create table public.x ()",
        "select purge_expired(0, null, 1000)",
        `select set_password('${clinicId}', 'desk', 'x', false, false, '{}')`,
      ],
      clinic_realtime: [
        "select email from patients",
        "select * from accounts",
        "select * from audit_events",
        "select account_id from sessions",
        "select notes from doctor_days",
        "update clinics set epoch = gen_random_uuid()",
        `select erase_patient('${clinicId}', gen_random_uuid(), '{}')`,
      ],
    };

    for (const [role, statements] of Object.entries(tries)) {
      for (const statement of statements) {
        const outcome = await clinic.sql
          .begin(async (sql) => {
            await sql.unsafe(`set local role ${role}`);
            await sql.unsafe(statement);
            return "done";
          })
          .catch((error: { code: string }) => error.code);
        expect([statement, outcome]).to.satisfy(([, code]: string[]) => ["42501", "22023"].includes(code ?? ""));
      }
    }
    const open = await clinic.sql`
      select proname from pg_proc
      where pronamespace = 'public'::regnamespace
        and (has_function_privilege('public', oid, 'execute') or (prosecdef and proconfig is null))
    `;
    expect(open).to.have.length(0);
  });
});
