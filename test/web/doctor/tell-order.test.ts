import { expect } from "chai";
import { tellOrder, type Order } from "../../../web/doctor/queue/tell-order.ts";
import { workAt } from "../../../web/doctor/work/work.ts";
import { ClinicTime } from "../../../web/shared/times/clinic-time.ts";
import { appointment, section, words } from "./made-queue.ts";

describe("the order of those who wait", () => {
  const telling = { words, time: new ClinicTime("UTC"), now: new Date("2026-11-23T10:00:00Z") };
  const facts = (
    ticket: string,
    turn_at: string,
    passed_over: Order[number]["facts"]["passed_over"] = [],
  ): Order[number] => ({
    appointment_id: ticket,
    ticket,
    rank: 1,
    facts: { turn_at, starts_at: null, checked_in_at: turn_at, priority: 0, policy: "appointment", passed_over },
  });
  const { waiting } = workAt(
    {
      doctors: [
        section("smith", [appointment("A1", { queue: { rank: 1 } }), appointment("A2", { queue: { rank: 2 } })]),
      ],
    },
    { doctorIds: ["smith"], roomId: undefined },
  );
  const booked = "2026-11-23T09:20:00Z";

  it("says of the one who is elsewhere that they keep the turn, and of nobody behind that they come before", () => {
    const passed = [{ ticket: "A1", why: "elsewhere" as const, with: "Dr. Ng" }];

    const told = tellOrder(waiting, [facts("A1", booked), facts("A2", booked, passed)], telling);

    expect(told).to.deep.equal([
      ["booked 09:20, here 09:12", "now with Dr. Ng, keeps the turn"],
      ["booked 09:20, here 09:12"],
    ]);
  });

  it("says from when a turn counts that is neither the booking's nor the arrival's", () => {
    const told = tellOrder(waiting, [facts("A1", booked), facts("A2", "2026-11-23T09:45:00Z")], telling);

    expect(told[1]).to.deep.equal(["booked 09:20, here 09:12", "turn counts from 09:45"]);
  });
});
