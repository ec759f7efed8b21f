import { randomUUID } from "node:crypto";
import { expect } from "chai";
import { Clinic, someDay } from "../../support/clinic.ts";
import { unique } from "../../support/rest.ts";

describe("areas and rooms", () => {
  let clinic: Clinic;
  before(async () => {
    clinic = await Clinic.open();
  });
  after(() => clinic.close());

  const add = async (kind: "areas" | "rooms", fields: object = {}): Promise<{ id: string; name: string }> => {
    const { status, body } = await clinic.rest.post(`/api/v1/${kind}`, { name: `${kind} ${unique()}`, ...fields });
    expect(status, JSON.stringify(body)).to.equal(201);
    return body;
  };

  it("are added, read, listed by name, changed and deleted", async () => {
    const { rest } = clinic;
    const area = await add("areas", { name: "Ground floor" });
    const room = await add("rooms", { name: "3", area_id: area.id });
    await add("areas", { name: "First floor" });

    expect(area).to.deep.equal({ id: area.id, name: "Ground floor" });
    expect(room).to.deep.equal({ id: room.id, name: "3", area_id: area.id });
    expect((await rest.get(`/api/v1/areas/${area.id}`)).body).to.deep.equal(area);
    expect((await rest.get(`/api/v1/rooms/${room.id}`)).body).to.deep.equal(room);
    const listed = (await rest.get("/api/v1/areas")).body as { name: string }[];
    expect(listed.map(({ name }) => name)).to.deep.equal(["First floor", "Ground floor"]);
    expect((await rest.get("/api/v1/rooms")).body).to.deep.equal([room]);

    const patch = async (path: string, body: object) => (await rest.patch(`/api/v1/${path}`, body)).body as object;
    expect(await patch(`areas/${area.id}`, { name: "Hall" })).to.deep.equal({ id: area.id, name: "Hall" });
    expect(await patch(`rooms/${room.id}`, { name: "Lab" })).to.deep.equal({ ...room, name: "Lab" });
    expect(await patch(`rooms/${room.id}`, { area_id: null })).to.deep.equal({ ...room, name: "Lab", area_id: null });
    expect(await patch(`rooms/${room.id}`, {})).to.include({ name: "Lab" });

    for (const path of [`/api/v1/areas/${area.id}`, `/api/v1/rooms/${room.id}`]) {
      expect((await rest.delete(path)).status).to.equal(204);
      expect((await rest.get(path)).status).to.equal(404);
    }
  });

  for (const kind of ["areas", "rooms"] as const) {
    it(`refuse a name that other ${kind} have, also one that only looks the same`, async () => {
      const taken = await add(kind, { name: `Caf\u00e9 ${unique()}` });
      const other = await add(kind);

      for (const answer of [
        await clinic.rest.post(`/api/v1/${kind}`, { name: taken.name.normalize("NFD") }),
        await clinic.rest.patch(`/api/v1/${kind}/${other.id}`, { name: taken.name }),
      ])
        expect([answer.status, answer.body.error]).to.deep.equal([409, "AlreadyExists"]);
      const same = await clinic.rest.patch(`/api/v1/${kind}/${taken.id}`, { name: taken.name });
      expect(same.status).to.equal(200);
    });

    for (const name of ["", " ", "\u202e3", "a\nb", "-", "x".repeat(101), null, 3]) {
      it(`refuse the name ${JSON.stringify(name)} for ${kind}`, async () => {
        const { id } = await add(kind);

        for (const answer of [
          await clinic.rest.post(`/api/v1/${kind}`, { name }),
          await clinic.rest.patch(`/api/v1/${kind}/${id}`, { name }),
        ])
          expect([answer.status, answer.body.details?.[0]?.field]).to.deep.equal([400, "name"]);
      });
    }
  }

  it("say 404 for what is not there", async () => {
    const { rest } = clinic;
    const nobody = randomUUID();
    const room = await add("rooms");
    const doctor = await rest.addDoctor();
    const answers = {
      Area: [
        await rest.get(`/api/v1/areas/${nobody}`),
        await rest.patch(`/api/v1/areas/${nobody}`, { name: "x" }),
        await rest.delete(`/api/v1/areas/${nobody}`),
        await rest.post("/api/v1/rooms", { name: unique(), area_id: nobody }),
        await rest.patch(`/api/v1/rooms/${room.id}`, { area_id: nobody }),
        await rest.post("/api/v1/doctors", { name: "Dr. No", code: unique(), area_id: nobody }),
        await rest.patch(`/api/v1/doctors/${doctor.id}`, { area_id: nobody }),
      ],
      Room: [
        await rest.get(`/api/v1/rooms/${nobody}`),
        await rest.patch(`/api/v1/rooms/${nobody}`, { name: "x" }),
        await rest.delete(`/api/v1/rooms/${nobody}`),
        await rest.post("/api/v1/doctors", { name: "Dr. No", code: unique(), room_id: nobody }),
        await rest.patch(`/api/v1/doctors/${doctor.id}`, { room_id: nobody }),
      ],
    };

    for (const [what, them] of Object.entries(answers))
      for (const { status, body } of them) expect([status, body.message]).to.deep.equal([404, `${what} not found`]);
  });

  it("are not deleted while they are in use", async () => {
    const { rest } = clinic;
    const area = await add("areas");
    const room = await add("rooms", { area_id: area.id });
    const doctor = await rest.addDoctor({ room_id: room.id });

    for (const path of [`/api/v1/areas/${area.id}`, `/api/v1/rooms/${room.id}`]) {
      const { status, body } = await rest.delete(path);
      expect([status, body.error]).to.deep.equal([409, "InUse"]);
    }
    await rest.patch(`/api/v1/doctors/${doctor.id}`, { room_id: null, area_id: area.id });
    expect((await rest.delete(`/api/v1/rooms/${room.id}`)).status).to.equal(204);
    expect((await rest.delete(`/api/v1/areas/${area.id}`)).status).to.equal(409);
    await rest.patch(`/api/v1/doctors/${doctor.id}`, { area_id: null });
    expect((await rest.delete(`/api/v1/areas/${area.id}`)).status).to.equal(204);
  });

  it("leave a record of each change", async () => {
    const area = await add("areas");
    await clinic.rest.patch(`/api/v1/areas/${area.id}`, { name: "Renamed area" });
    await clinic.rest.delete(`/api/v1/areas/${area.id}`);

    const { events } = (await clinic.rest.get(`/api/v1/audit?entity=areas&entity_id=${area.id}`)).body as {
      events: { action: string; before: object | null; after: object | null }[];
    };
    expect(events.map(({ action }) => action)).to.deep.equal(["delete", "update", "insert"]);
    expect(events[1]).to.deep.include({ before: { name: area.name }, after: { name: "Renamed area" } });
  });

  it("are in every section, and a rename or a move reaches who watches", async () => {
    const { rest } = clinic;
    const [hall, floor] = [await add("areas"), await add("areas")];
    const room = await add("rooms", { area_id: hall.id });
    const doctor = await rest.addDoctor();
    await rest.bookNew(doctor.id, someDay);
    const socket = await clinic.watch(someDay);
    const places = async (change: () => Promise<unknown>) => {
      await change();
      const { doctors } = await socket.nextQueue("update");
      return doctors.map(({ area, room: shown }) => [area?.name, shown?.name])[0];
    };
    const change = (fields: object) => () => rest.patch(`/api/v1/doctors/${doctor.id}`, fields);

    expect(await places(change({ room_id: room.id }))).to.deep.equal([hall.name, room.name]);
    expect(await places(change({ area_id: floor.id }))).to.deep.equal([floor.name, room.name]);
    expect(await places(() => rest.patch(`/api/v1/areas/${floor.id}`, { name: "Up" }))).to.deep.equal([
      "Up",
      room.name,
    ]);
    expect(await places(() => rest.patch(`/api/v1/rooms/${room.id}`, { name: "R9" }))).to.deep.equal(["Up", "R9"]);
    expect(await places(change({ area_id: null }))).to.deep.equal([hall.name, "R9"]);
    expect(await places(() => rest.patch(`/api/v1/areas/${hall.id}`, { name: "Down" }))).to.deep.equal(["Down", "R9"]);
    expect(await places(() => rest.patch(`/api/v1/rooms/${room.id}`, { area_id: floor.id }))).to.deep.equal([
      "Up",
      "R9",
    ]);
    expect(await places(change({ room_id: null }))).to.deep.equal([undefined, undefined]);
    await socket.close();
  });
});
