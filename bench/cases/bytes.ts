import { checkIn } from "../../db/queries/queue-entries.ts";
import { Load } from "../load/load.ts";
import { printTable, writeResults, type Row } from "../report.ts";
import { startOurs } from "../systems.ts";
import type { World } from "../world.ts";
import { clinicId } from "../../test/support/default-clinic.ts";

const appointments = 300;
const doctors = 30;
const actor = { sub: null, role: "bench", name: null, session: null, address: null, request_id: null };
const modes = [
  { name: "full", mode: "full", compressed: false },
  { name: "full, compressed", mode: "full", compressed: true },
  { name: "delta", mode: "delta", compressed: false },
  { name: "delta, compressed", mode: "delta", compressed: true },
] as const;

/** What a day costs on the wire, to one client of each mode: everybody checks in, is served, and some move. */
export async function bytes(world: World): Promise<void> {
  const date = await world.today();
  const rows: Row[] = [];
  for (const { name, mode, compressed } of modes) {
    await world.fill(date, appointments, doctors);
    const load = new Load();
    const system = await startOurs(world.url);
    await load.reset();
    await load.connect(system.client(date, { mode, compressed }), 1);
    const snapshot = (await load.collect()).bytes;
    let frames = 1;
    const told = async (): Promise<void> => load.await({ frames: ++frames });
    for (const { id, patient_id } of await world.appointments()) {
      await checkIn(world.sql, clinicId, { appointmentId: id, patientId: patient_id, byDoctor: null }, actor);
      await told();
      await world.sql`update queue_entries set stage = 'served' where appointment_id = ${id}`;
      await told();
    }
    const { bytes: all } = await load.collect();
    rows.push({
      mode: name,
      "snapshot bytes": snapshot,
      changes: frames - 1,
      "bytes a change": Math.round((all - snapshot) / (frames - 1)),
      "KB in all": Math.round(all / 1024),
    });
    await system.stop();
    await load.stop();
  }
  printTable(`a day of ${appointments} appointments of ${doctors} doctors, to one client`, rows);
  writeResults("bytes", { appointments, doctors, rows });
}
