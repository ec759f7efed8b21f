import { expect } from "chai";
import type { Appointment } from "../../client/queue-client.ts";
import { countStages } from "../../web/shared/stage.ts";

const appointment = (status: Appointment["status"], queue?: "waiting" | "served" | "skipped"): Appointment => ({
  appointment_id: `${status} ${queue}`,
  slot: 1,
  time_slot: null,
  status,
  ticket: "A1",
  starts_at: null,
  source: "booking",
  outcome: null,
  mode: "in_person",
  patient: { id: "p", name: "John Doe", phone: "+1234567890", age: null, gender: null },
  queue: queue
    ? {
        position: 1,
        status: queue,
        checked_in_at: "2026-11-22T08:15:00.000Z",
        stage: queue,
        rank: null,
        ahead: 0,
        room: null,
        called_at: null,
        call_count: null,
        answer: null,
      }
    : null,
});

describe("the totals of a day", () => {
  it("add up: each appointment is counted once, also a skipped one", () => {
    const day = [
      appointment("booked"),
      appointment("booked"),
      appointment("checked_in", "waiting"),
      appointment("checked_in", "skipped"),
      appointment("checked_in", "served"),
      appointment("completed", "served"),
      appointment("completed"),
    ];

    expect(countStages(day)).to.deep.equal({ waiting: 1, skipped: 1, booked: 2, done: 3 });
  });
});
