import { randomUUID } from "node:crypto";
import { expect } from "chai";
import { Clinic, nextDay, someDay } from "../../support/clinic.ts";

describe("doctors", () => {
  let clinic: Clinic;
  before(async () => {
    clinic = await Clinic.open();
  });
  after(() => clinic.close());

  it("adds a doctor and gives it back", async () => {
    const made = await clinic.rest.post("/api/v1/doctors", { name: "Dr. Ng", code: "NG", specialty: "ENT" });

    expect(made.status).to.equal(201);
    expect(made.body).to.deep.include({ name: "Dr. Ng", code: "NG", specialty: "ENT" });
    expect(made.body).to.deep.include({ area_id: null, room_id: null, kind: "person", retired_at: null });
    const keys = [
      "id",
      "name",
      "code",
      "specialty",
      "ticket_prefix",
      "area_id",
      "room_id",
      "kind",
      "daily_capacity",
      "retired_at",
      "created_at",
    ];
    expect(made.body).to.have.all.keys(keys);
    expect((await clinic.rest.get(`/api/v1/doctors/${made.body.id}`)).body).to.deep.equal(made.body);
    expect((await clinic.rest.get("/api/v1/doctors")).body).to.deep.include(made.body);
  });

  it("refuses a code that exists", async () => {
    await clinic.rest.addDoctor({ code: "TWICE" });

    const again = await clinic.rest.post("/api/v1/doctors", { name: "Dr. Other", code: "TWICE" });

    expect(again.status).to.equal(400);
    expect(again.body.error).to.equal("ValidationError");
    expect(again.body.message).to.include("already exists");
  });

  it("changes what is given, and nothing else", async () => {
    const { body: area } = await clinic.rest.post("/api/v1/areas", { name: "Hall" });
    const { body: room } = await clinic.rest.post("/api/v1/rooms", { name: "7", area_id: area.id });
    const place = { area_id: area.id, room_id: room.id, kind: "service" };
    const { body: made } = await clinic.rest.post("/api/v1/doctors", {
      name: "Blood tests",
      code: "BLOOD",
      specialty: "Laboratory",
      ...place,
    });
    const change = async (fields: object) =>
      (await clinic.rest.patch(`/api/v1/doctors/${made.id}`, fields)).body as object;

    expect(made).to.include({ specialty: "Laboratory", ...place });
    expect(await change({})).to.deep.equal(made);
    expect(await change({ name: "Blood" })).to.deep.equal({ ...made, name: "Blood" });
    expect(await change({ specialty: null, room_id: null })).to.deep.equal({
      ...made,
      name: "Blood",
      specialty: null,
      room_id: null,
    });
    expect(await change({ specialty: "Samples" })).to.include({ specialty: "Samples" });
    expect(await change({ specialty: "", kind: "person" })).to.include({ specialty: null, kind: "person" });
    expect((await clinic.rest.get(`/api/v1/doctors/${made.id}`)).body).to.include({ name: "Blood", area_id: area.id });
  });

  for (const fields of [
    { name: null },
    { name: "" },
    { kind: "machine" },
    { kind: null },
    { retired: "yes" },
    { retired: null },
    { area_id: "hall" },
    { room_id: 3 },
    { specialty: "x".repeat(101) },
  ]) {
    it(`refuses to change a doctor to ${JSON.stringify(fields).slice(0, 40)}`, async () => {
      const doctor = await clinic.rest.addDoctor();

      const { status, body } = await clinic.rest.patch(`/api/v1/doctors/${doctor.id}`, fields);

      expect([status, body.details?.[0]?.field]).to.deep.equal([400, Object.keys(fields)[0]]);
    });
  }

  it("refuses a change of what cannot be changed", async () => {
    const doctor = await clinic.rest.addDoctor();

    const { status, body } = await clinic.rest.patch(`/api/v1/doctors/${doctor.id}`, { name: "Dr. No", code: "OTHER" });

    expect([status, body.error]).to.deep.equal([400, "ValidationError"]);
    expect((await clinic.rest.get(`/api/v1/doctors/${doctor.id}`)).body).to.include(doctor);
  });

  it("who retired take no booking and are not listed, but keep what is booked and are shown with it", async () => {
    const doctor = await clinic.rest.addDoctor();
    const patient = await clinic.rest.addPatient();
    const key = { idempotency_key: randomUUID() };
    const kept = await clinic.rest.book(patient.id, doctor.id, someDay, key);
    const request = { patient_id: patient.id, doctor_id: doctor.id, date: someDay };
    const retire = async (retired: boolean) =>
      (await clinic.rest.patch(`/api/v1/doctors/${doctor.id}`, { retired })).body as { retired_at: string | null };
    const listed = async (query: string) =>
      ((await clinic.rest.get(`/api/v1/doctors${query}`)).body as { id: string; is_available?: boolean }[]).find(
        ({ id }) => id === doctor.id,
      );

    const { retired_at } = await retire(true);

    expect(retired_at).to.be.a("string");
    expect(await retire(true)).to.include({ retired_at });
    const refused = await clinic.rest.post("/api/v1/appointments", request);
    expect([refused.status, refused.body.error]).to.deep.equal([422, "DoctorRetired"]);
    // Existing clients look for these words.
    expect(refused.body.message).to.include("not available");
    expect((await clinic.rest.post("/api/v1/appointments", { ...request, ...key })).body.id).to.equal(kept.id);
    expect([await listed(""), await listed(`?date=${someDay}`)]).to.deep.equal([undefined, undefined]);
    expect(await listed("?retired=true")).to.include({ retired_at });
    expect(await listed(`?retired=true&date=${someDay}`)).to.include({ is_available: false });
    expect((await clinic.rest.get(`/api/v1/doctors/${doctor.id}/appointments?date=${someDay}`)).body).to.have.length(1);
    const socket = await clinic.connect();
    const { doctors } = await socket.subscribe(someDay);
    expect(doctors.map(({ doctor: { id } }) => id)).to.include(doctor.id);
    await socket.close();

    expect(await retire(false)).to.include({ retired_at: null });
    expect((await clinic.rest.post("/api/v1/appointments", request)).status).to.equal(201);
  });

  it("takes codes that look the same for the same, also in SQL", async () => {
    const code = `CAF\u00c9 ${randomUUID()}`;
    await clinic.rest.addDoctor({ code });

    const twin = await clinic.rest.post("/api/v1/doctors", { name: "Dr. Jones", code: code.normalize("NFD") });

    expect([twin.status, twin.body.details]).to.deep.equal([400, [{ field: "code", reason: "already exists" }]]);
    for (const bad of [code.normalize("NFD"), `\u200b${code}`, `${code}\u202e`, `${code}\ufffd`]) {
      const refused = await clinic.sql`insert into doctors (name, code) values ('Dr. Jones', ${bad})`.catch(
        (error: unknown) => error,
      );
      expect((refused as { code: string }).code, JSON.stringify(bad)).to.equal("23514");
    }
  });

  it("refuses notes that hide something, and takes lines, tabs and emoji", async () => {
    const doctor = await clinic.rest.addDoctor();
    const note = (notes: string) =>
      clinic.rest.post(`/api/v1/doctors/${doctor.id}/availability`, { date: someDay, is_present: true, notes });

    for (const notes of ["a\u202eb", "a\u200bb", "a\ufffdb", "a\u0007b", "a\0b", "a\ud800b"]) {
      const { status, body } = await note(notes);
      expect([status, body.details?.[0]?.field], JSON.stringify(notes)).to.deep.equal([400, "notes"]);
    }
    const plain = "one\r\n\ttwo 👩🏽\u200d⚕️";
    expect((await note(plain)).body.notes).to.equal(plain);
  });

  it("says 404 for a doctor that is not there, on every path", async () => {
    const nobody = "/api/v1/doctors/00000000-0000-0000-0000-000000000000";
    const paths = [
      nobody,
      `${nobody}/availability?date=${someDay}`,
      `${nobody}/appointments?date=${someDay}`,
      `${nobody}/queue?date=${someDay}`,
    ];

    const answers = await Promise.all(paths.map((path) => clinic.rest.get(path)));
    answers.push(await clinic.rest.post(`${nobody}/availability`, { date: someDay, is_present: true }));

    for (const { status, body } of answers) expect([status, body.message]).to.deep.equal([404, "Doctor not found"]);
  });

  it("refuses an id that is none", async () => {
    const answer = await clinic.rest.get("/api/v1/doctors/1%27%20or%201=1");

    expect(answer.status).to.equal(400);
    expect(answer.body.details).to.deep.equal([{ field: "id", reason: "must be a UUID" }]);
  });

  it("takes a doctor for present until somebody says otherwise", async () => {
    const doctor = await clinic.rest.addDoctor();
    const path = `/api/v1/doctors/${doctor.id}/availability`;
    await clinic.rest.bookNew(doctor.id, someDay);

    const answer = await clinic.rest.get(`${path}?date=${someDay}`);

    expect(answer.status).to.equal(200);
    expect(answer.body).to.deep.equal({
      id: null,
      doctor_id: doctor.id,
      date: someDay,
      is_present: true,
      notes: null,
      updated_by: null,
      updated_at: null,
    });
  });

  it("records availability, and records it anew under the same id", async () => {
    const doctor = await clinic.rest.addDoctor();
    const path = `/api/v1/doctors/${doctor.id}/availability`;

    const first = await clinic.rest.post(path, { date: someDay, is_present: false, notes: "line one\nline two" });
    const second = await clinic.rest.post(path, { date: someDay, is_present: true });

    expect([first.status, second.status]).to.deep.equal([200, 200]);
    expect(first.body).to.deep.include({
      doctor_id: doctor.id,
      date: someDay,
      is_present: false,
      notes: "line one\nline two",
    });
    expect(second.body).to.deep.include({ id: first.body.id, is_present: true, notes: null });
    expect((await clinic.rest.get(`${path}?date=${someDay}`)).body).to.deep.equal(second.body);
    expect((await clinic.rest.get(`${path}?date=${nextDay}`)).body.id).to.equal(null);
  });

  it("lists who is available on a date, when a date is given", async () => {
    const doctor = await clinic.rest.addDoctor();
    await clinic.rest.post(`/api/v1/doctors/${doctor.id}/availability`, { date: someDay, is_present: false });
    const find = async (query: string) =>
      (await clinic.rest.get(`/api/v1/doctors${query}`)).body.find(({ id }: { id: string }) => id === doctor.id);

    expect(await find("")).not.to.have.property("is_available");
    expect(await find(`?date=${someDay}`)).to.have.property("is_available", false);
    expect(await find(`?date=${nextDay}`)).to.have.property("is_available", true);
  });

  for (const date of ["2025-02-30", "30-02-2025", "", "0000-01-01", "today", "2025-1-1", "2025-01-01T00:00:00Z"]) {
    it(`refuses the date ${JSON.stringify(date)}`, async () => {
      const doctor = await clinic.rest.addDoctor();

      const read = await clinic.rest.get(`/api/v1/doctors/${doctor.id}/availability?date=${date}`);
      const write = await clinic.rest.post(`/api/v1/doctors/${doctor.id}/availability`, { date, is_present: true });

      for (const { status, body } of [read, write]) {
        expect([status, body.details[0].field]).to.deep.equal([400, "date"]);
      }
    });
  }
});
