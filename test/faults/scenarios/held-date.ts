import { setTimeout as delay } from "node:timers/promises";
import { daysFromNow, someDay } from "../../support/clinic.ts";
import { System } from "../../support/system.ts";
import { startCluster, stopCluster } from "../../support/database.ts";
import { clinicId } from "../../support/default-clinic.ts";
import type { Answer } from "../../support/rest.ts";
import { percentiles, report } from "./report.ts";

const capacity = 1_000;
const heldMs = 10_000;
const heldCallers = 32;
const pauseMs = 10;
const maxP99Ms = 50;

/** Somebody holds a date's row for 10 s while 32 callers book it without a pause: how long does everything else take? */
export async function heldDate(rounds: number): Promise<boolean> {
  await startCluster();
  const clinic = await System.open({ DAILY_CAPACITY: capacity, LOG_LEVEL: "fatal" });
  const { rest } = clinic;
  const [doctor, patient] = [await rest.addDoctor(), await rest.addPatient()];
  const book = (date: string): Promise<Answer> =>
    rest.post("/api/v1/appointments", { patient_id: patient.id, doctor_id: doctor.id, date });
  // Each booking must find a free slot, so the next date follows when one is full.
  let booked = 0;
  const calls: Record<string, () => Promise<Answer>> = {
    "bookings of another date": () => book(daysFromNow(31 + Math.floor(booked++ / capacity))),
    "new patients": () => rest.post("/api/v1/patients", { name: "John Doe", phone: patient.phone }),
    "reads of a patient": () => rest.get(`/api/v1/patients/${patient.id}`),
    "reads of the held date": () => rest.get(`/api/v1/doctors/${doctor.id}/appointments?date=${someDay}`),
    revocations: () => rest.delete(`/api/v1/patients/${patient.id}/tokens`),
    health: () => rest.get("/health"),
  };

  let passed = true;
  /** On a machine that is busy with other things, what takes as long while nothing is held is no fault. */
  const allowedMs = new Map<string, number>();
  for (const isHeld of [false, true]) {
    const times = new Map<string, number[]>();
    const heldTimes: number[] = [];
    let failures = 0;
    for (let round = 0; round < rounds; round++) {
      let isOver = false;
      const others = Object.entries(calls).map(async ([name, call]) => {
        while (!isOver) {
          const { ms, answer } = await timed(call);
          times.set(name, [...(times.get(name) ?? []), ms]);
          if (answer.status >= 300) failures += 1;
          await delay(pauseMs);
        }
      });
      await clinic.sql.begin(async (holder) => {
        if (isHeld) await holder`select lock_day(${clinicId}, ${someDay})`;
        const held = Array.from({ length: isHeld ? heldCallers : 0 }, async () => {
          while (!isOver) {
            const { ms, answer } = await timed(() => book(someDay));
            heldTimes.push(ms);
            if (answer.status !== 503) failures += 1;
          }
        });
        // Statements keep the transaction from being ended as idle.
        for (let passedMs = 0; passedMs < heldMs; passedMs += 1_000) await holder`select pg_sleep(1)`;
        isOver = true;
        await Promise.all(held);
      });
      await Promise.all(others);
    }
    report(isHeld ? `while a date is held, ${heldCallers} callers on it` : "while nothing is held");
    for (const [name, taken] of times) {
      const p99 = taken.toSorted((a, b) => a - b)[Math.floor(taken.length * 0.99)] ?? 0;
      report(`  ${name.padEnd(26)} ${String(taken.length).padStart(6)} calls: ${percentiles(taken)}`);
      if (!isHeld) allowedMs.set(name, Math.max(maxP99Ms, 2 * p99));
      else if (p99 > (allowedMs.get(name) ?? maxP99Ms)) passed = false;
    }
    if (isHeld) report(`  ${"the held date, 503".padEnd(26)} ${heldTimes.length} calls: ${percentiles(heldTimes)}`);
    if (failures > 0) passed = false;
    report(`  ${failures} other answers than expected`);
  }
  await clinic.close();
  await stopCluster();
  return passed;
}

async function timed(call: () => Promise<Answer>): Promise<{ ms: number; answer: Answer }> {
  const startedAt = performance.now();
  const answer = await call();
  return { ms: performance.now() - startedAt, answer };
}
