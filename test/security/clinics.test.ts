import { randomUUID } from "node:crypto";
import { expect } from "chai";
import { addAccount } from "../../db/queries/accounts.ts";
import { hashPassword } from "../../access/passwords.ts";
import { operator, password } from "../support/accounts.ts";
import { someDay } from "../support/clinic.ts";
import { System } from "../support/system.ts";
import { clinicId } from "../support/default-clinic.ts";
import { rejection } from "../support/rejection.ts";
import { Rest } from "../support/rest.ts";
import { Socket } from "../support/socket.ts";
import { beginSession, secret, tokenFor } from "../support/tokens.ts";
import { upgrade } from "../support/upgrade.ts";

describe("two clinics", () => {
  let system: System;
  let east: string;
  let staff: { here: string; east: string };
  const addressOf = (code: string): string => `${system.api.address}/c/${code}`;
  const socketUrlOf = (code: string): string => system.socketUrl.replace("/api/v1", `/c/${code}/api/v1`);
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
  before(async () => {
    system = await System.open({ AUTH_SECRET: secret });
    [{ id: east }] = await system.sql<[{ id: string }]>`
      insert into clinics (code, name) values ('east', 'East') returning id
    `;
    staff = { here: await tokenFor({ role: "manager" }), east: await tokenFor({ role: "manager", clinic: east }) };
  });
  after(() => system.close());

  const here = (): Rest => new Rest(system.api.address, bearer(staff.here));
  const inEast = (): Rest => new Rest(addressOf("east"), bearer(staff.east));

  it("are each at the address with their code, and the default clinic is at the one without, too", async () => {
    const clinicAt = async (address: string) => (await new Rest(address).get("/api/v1/clinic")).body as object;

    expect(await clinicAt(addressOf("east"))).to.include({ code: "east", name: "East" });
    expect(await clinicAt(addressOf("default"))).to.include({ code: "default" });
    expect(await clinicAt(system.api.address)).to.include({ code: "default" });
  });

  for (const code of ["west", "East", "a".repeat(41), "east%2F", ""]) {
    it(`are not found under the code ${JSON.stringify(code)}, whatever is asked and by whom`, async () => {
      const rest = new Rest(addressOf(code), bearer(staff.east));

      for (const path of ["/api/v1/clinic", "/api/v1/doctors", "/screens", "/"])
        expect((await rest.get(path)).status, path).to.equal(404);
      expect((await upgrade(socketUrlOf(code), bearer(staff.east))).status).to.equal(404);
    });
  }

  it("take no token of each other, in either process", async () => {
    const crossed = [
      [addressOf("east"), socketUrlOf("east"), staff.here],
      [system.api.address, system.socketUrl, staff.east],
      [addressOf("default"), socketUrlOf("default"), staff.east],
    ] as const;

    for (const [address, socketUrl, token] of crossed) {
      const answer = await new Rest(address, bearer(token)).get("/api/v1/doctors");
      expect(answer).to.deep.include({ status: 401 });
      expect(answer.body).to.include({ message: "The token is not valid" });
      expect((await upgrade(socketUrl, bearer(token))).status).to.equal(401);
      const socket = await Socket.open(socketUrl);
      socket.send({ action: "authenticate", token });
      expect((await socket.nextError()).code).to.equal("unauthenticated");
      await socket.close();
    }
    expect((await inEast().get("/api/v1/doctors")).status).to.equal(200);
    expect((await new Rest(addressOf("default"), bearer(staff.here)).get("/api/v1/doctors")).status).to.equal(200);
  });

  it("take operators at the default clinic alone", async () => {
    const operators = [
      await tokenFor({ role: "operator" }),
      await tokenFor({ role: "operator", clinic: east }),
    ] as const;

    const sessionAt = (address: string, token: string) => new Rest(address, bearer(token)).get("/api/v1/sessions");
    expect((await sessionAt(system.api.address, operators[0])).status).to.equal(200);
    expect((await sessionAt(addressOf("east"), operators[1])).status).to.equal(401);
    expect((await upgrade(socketUrlOf("east"), bearer(operators[1]))).status).to.equal(401);
  });

  it("take no session of each other, though a token of their own names it", async () => {
    const [{ id: patient }] = await system.sql<[{ id: string }]>`
      insert into patients (clinic_id, name, phone) values (${east}, 'Pat', '1000000001') returning id
    `;
    const session = await beginSession(system.sql, { clinic: east, patient });
    const token = (clinic: string) => tokenFor({ role: "patient", patient_id: patient, ...session, clinic });

    expect((await new Rest(addressOf("east"), bearer(await token(east))).get("/api/v1/sessions")).status).to.equal(200);
    expect((await new Rest(system.api.address, bearer(await token(clinicId))).get("/api/v1/sessions")).status).to.equal(
      401,
    );
  });

  it("find nothing of each other by its id, and say what they say of an id that nobody has", async () => {
    const rest = here();
    const [doctor, patient] = [await rest.addDoctor(), await rest.addPatient()];
    const booked = await rest.book(patient.id, doctor.id, someDay);
    const { body: area } = await rest.post("/api/v1/areas", { name: "Hall" });
    const { body: room } = await rest.post("/api/v1/rooms", { name: "1", area_id: area.id });
    const other = inEast();
    const doctorThere = await other.addDoctor();
    const patientThere = await other.addPatient();

    for (const path of [
      `/api/v1/areas/${area.id}`,
      `/api/v1/rooms/${room.id}`,
      `/api/v1/doctors/${doctor.id}`,
      `/api/v1/doctors/${doctor.id}/appointments?date=${someDay}`,
      `/api/v1/doctors/${doctor.id}/queue?date=${someDay}`,
      `/api/v1/doctors/${doctor.id}/availability?date=${someDay}`,
      `/api/v1/patients/${patient.id}`,
      `/api/v1/patients/${patient.id}/export`,
      `/api/v1/appointments/${booked.id}`,
    ]) {
      expect((await rest.get(path)).status, path).to.equal(200);
      expect((await other.get(path)).status, path).to.equal(404);
    }
    const book = (patient_id: string, doctor_id: string) =>
      other.post("/api/v1/appointments", { patient_id, doctor_id, date: someDay });
    expect((await book(patient.id, doctorThere.id)).status).to.equal(404);
    expect((await book(patientThere.id, doctor.id)).status).to.equal(404);
    for (const place of [{ area_id: area.id }, { room_id: room.id }]) {
      expect((await other.patch(`/api/v1/doctors/${doctorThere.id}`, place)).status).to.equal(404);
      expect((await other.post("/api/v1/doctors", { name: "Dr. No", code: "NO", ...place })).status).to.equal(404);
    }
    expect((await other.post("/api/v1/rooms", { name: "2", area_id: area.id })).status).to.equal(404);
    expect((await other.patch(`/api/v1/doctors/${doctor.id}`, { name: "Dr. No" })).status).to.equal(404);
    expect((await other.patch(`/api/v1/rooms/${room.id}`, { name: "2" })).status).to.equal(404);
    for (const path of [`/api/v1/areas/${area.id}`, `/api/v1/rooms/${room.id}`])
      expect((await other.delete(path)).status).to.equal(404);
    const checkIn = { appointment_id: booked.id, patient_id: patient.id };
    expect((await other.post("/api/v1/checkins", checkIn)).status).to.equal(404);
    const away = { date: someDay, is_present: false };
    expect((await other.post(`/api/v1/doctors/${doctor.id}/availability`, away)).status).to.equal(404);
    expect((await other.post(`/api/v1/patients/${patient.id}/tokens`, {})).status).to.equal(404);
    expect((await other.delete(`/api/v1/patients/${patient.id}`)).status).to.equal(404);
    expect((await other.get(`/api/v1/patients/search?phone=${encodeURIComponent(patient.phone)}`)).body).to.equal(null);
    expect((await other.get("/api/v1/doctors")).body).to.have.length(1);
    const events = (await other.get("/api/v1/audit?limit=500")).body as { events: { entity_id: string }[] };
    expect(events.events.map(({ entity_id }) => entity_id)).to.not.include.members([doctor.id, patient.id, booked.id]);
  });

  it("have areas, rooms and doctors of the same name and code, patients of the same phone and tickets of the same letters", async () => {
    const tickets: string[] = [];
    for (const rest of [here(), inEast()]) {
      const { body: area } = await rest.post("/api/v1/areas", { name: "Same" });
      const { body: room } = await rest.post("/api/v1/rooms", { name: "Same", area_id: area.id });
      const doctor = await rest.addDoctor({ code: "SAME", ticket_prefix: "ZZ", room_id: room.id });
      const patient = await rest.addPatient({ phone: "+19990001111" });
      tickets.push((await rest.book(patient.id, doctor.id, someDay)).ticket);
    }

    expect(tickets).to.deep.equal(["ZZ1", "ZZ1"]);
  });

  it("hear of their own changes alone, of the same date", async () => {
    const watch = async (url: string, token: string): Promise<Socket> => {
      const socket = await Socket.open(url, { headers: bearer(token) });
      await socket.subscribe(someDay);
      return socket;
    };
    const [screenHere, screenEast] = [
      await watch(system.socketUrl, staff.here),
      await watch(socketUrlOf("east"), staff.east),
    ];
    const doctor = await inEast().addDoctor();

    await inEast().bookNew(doctor.id, someDay);
    const seen = await screenEast.nextQueue("update");
    const doctorHere = await here().addDoctor();
    await here().bookNew(doctorHere.id, someDay);
    const seenHere = await screenHere.nextQueue("update");

    expect(seen.doctors.map(({ doctor: { id } }) => id)).to.include(doctor.id);
    // The first that this screen hears is its own: nothing came of what was booked before.
    expect(seenHere.doctors.map(({ doctor: { id } }) => id))
      .to.include(doctorHere.id)
      .and.not.include(doctor.id);
    expect(seenHere.epoch).to.not.equal(seen.epoch);
    for (const socket of [screenHere, screenEast]) {
      await socket.close();
    }
  });

  it("hear nothing of a notification for a clinic that is not there, or is spelled otherwise", async () => {
    const screen = await Socket.open(system.socketUrl, { headers: bearer(staff.here) });
    const before = await screen.subscribe(someDay);
    for (const clinic of [randomUUID(), clinicId.toUpperCase(), "", "%", "default"]) {
      const payload = JSON.stringify({ clinic, date: someDay, revision: before.revision + 1_000 });
      await system.sql`select pg_notify('queue_changed', ${payload})`;
    }

    const doctor = await here().addDoctor();
    await here().bookNew(doctor.id, someDay);
    const seen = await screen.nextQueue("update");

    expect(seen.revision).to.equal(before.revision + 1);
    expect(screen.waiting).to.deep.equal([]);
    await screen.close();
  });

  it("have accounts of the same name, and cookies that do not stand in each other's way", async () => {
    const passwordHash = await hashPassword(password);
    const desk = { name: "desk", role: "staff", doctorCode: null, scope: "", passwordHash };
    await addAccount(system.sql, clinicId, desk, operator);
    await addAccount(system.sql, east, desk, operator);
    const signIn = async (address: string): Promise<string> => {
      const { status, headers } = await new Rest(address).post("/api/v1/sessions", { name: "desk", password });
      expect(status).to.equal(201);
      return (
        headers
          .getSetCookie()
          .find((line) => line.startsWith("clinic_queue"))
          ?.split(";", 1)[0] ?? ""
      );
    };
    const cookies = [await signIn(system.api.address), await signIn(addressOf("east"))];
    const withCookie = (address: string, cookie = "") => new Rest(address, { cookie }).get("/api/v1/doctors");

    expect(cookies.map((cookie) => cookie.split("=", 1)[0])).to.deep.equal(["clinic_queue", "clinic_queue.east"]);
    for (const address of [system.api.address, addressOf("east")])
      expect((await withCookie(address, cookies.join("; "))).status).to.equal(200);
    expect((await withCookie(addressOf("east"), cookies[0])).status).to.equal(401);
    expect((await withCookie(system.api.address, cookies[1])).status).to.equal(401);
  });

  it("cannot be linked by hand in SQL", async () => {
    const { sql } = system;
    const [doctor, patient] = [await here().addDoctor(), await here().addPatient()];
    await here().book(patient.id, doctor.id, someDay);
    const { body: area } = await here().post("/api/v1/areas", { name: "Linked" });
    const { body: room } = await here().post("/api/v1/rooms", { name: "Linked" });
    await sql`insert into clinic_days (clinic_id, date) values (${east}, ${someDay}) on conflict do nothing`;

    for (const statement of [
      sql`insert into doctor_days (clinic_id, doctor_id, date) values (${east}, ${doctor.id}, ${someDay})`,
      sql`insert into rooms (clinic_id, name, area_id) values (${east}, 'x', ${area.id})`,
      sql`insert into doctors (clinic_id, name, code, area_id) values (${east}, 'x', 'X', ${area.id})`,
      sql`insert into doctors (clinic_id, name, code, room_id) values (${east}, 'x', 'X', ${room.id})`,
      sql`insert into screens (clinic_id, name, area_id) values (${east}, 'x', ${area.id})`,
      sql`insert into sessions (clinic_id, patient_id, token_expires_at) values (${east}, ${patient.id}, now())`,
      sql`
        insert into accounts (clinic_id, name, role, doctor_id, password_hash)
        values (${east}, 'x', 'doctor', ${doctor.id}, 'x')
      `,
      sql`update patients set clinic_id = ${east} where id = ${patient.id}`,
    ]) {
      expect(await rejection(statement)).to.include({ code: "23503" });
    }
  });
});
