import { expect } from "chai";
import { ClinicTime } from "../../../../web/shared/times/clinic-time.ts";
import { isLate, layOver, placeCells, type Booked, type Slot } from "../../../../web/desk/calendar/slots.ts";

const slot = (start: string, end: string, status: Slot["status"] = "free"): Slot => ({
  date: "2026-11-23",
  wall_time: start,
  starts_at: `2026-11-23T${start}:00.000Z`,
  ends_at: `2026-11-23T${end}:00.000Z`,
  status,
  until: null,
  room_id: null,
});
const booked = (ticket: string, start: string | null, end: string | null): Booked => ({
  id: ticket,
  ticket,
  startsAt: start && `2026-11-23T${start}:00.000Z`,
  endsAt: end && `2026-11-23T${end}:00.000Z`,
  stage: "booked",
});

describe("the times of the calendar", () => {
  it("have the appointments as they are now laid over what was read", () => {
    const slots = [slot("09:00", "09:15"), slot("09:15", "09:30"), slot("09:30", "09:45", "taken")];

    const { cells, untimed } = layOver(slots, [booked("A1", "09:15", "09:30"), booked("A2", null, null)]);

    expect(cells.map(({ status, booked: who }) => [status, who?.ticket])).to.deep.equal([
      ["free", undefined],
      ["taken", "A1"],
      // Of this one it is not heard yet who has it, or that nobody has.
      ["taken", undefined],
    ]);
    expect(untimed.map(({ ticket }) => ticket)).to.deep.equal(["A2"]);
  });

  it("show an appointment that fits no slot any more in its own time, and no slot below it", () => {
    const slots = [slot("09:30", "09:50"), slot("09:50", "10:10"), slot("10:10", "10:30")];

    const { cells } = layOver(slots, [booked("A1", "09:45", "10:00")]);

    expect(cells.map(({ startsAt, isStray }) => [startsAt.slice(11, 16), isStray])).to.deep.equal([
      ["09:45", true],
      ["10:10", false],
    ]);
  });

  it("tell who is late: booked, and not here when the time has come", () => {
    const [cell] = layOver([slot("09:15", "09:30")], [booked("A1", "09:15", "09:30")]).cells;
    if (!cell?.booked) throw new Error("There is one, and it is taken");

    expect(isLate(cell, Date.parse("2026-11-23T09:14:00Z"))).to.equal(false);
    expect(isLate(cell, Date.parse("2026-11-23T09:16:00Z"))).to.equal(true);
    const arrived = { ...cell, booked: { ...cell.booked, stage: "waiting" as const } };
    expect(isLate(arrived, Date.parse("2026-11-23T09:16:00Z"))).to.equal(false);
  });

  it("go on after midnight", () => {
    const night = [slot("22:00", "23:00"), slot("23:00", "23:30")];
    const last = {
      ...slot("00:00", "00:30"),
      starts_at: "2026-11-24T00:00:00.000Z",
      ends_at: "2026-11-24T00:30:00.000Z",
    };

    const placed = placeCells(layOver([...night, last], []).cells, new ClinicTime("Europe/Berlin"));

    expect(placed.map(({ at, long }) => [at, long])).to.deep.equal([
      [23 * 60, 60],
      [24 * 60, 30],
      [25 * 60, 30],
    ]);
  });
});
