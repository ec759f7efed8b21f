import { expect } from "chai";
import type { Queue, Section, StaffAppointment } from "../../../client/queue-client.ts";
import { KeptRows } from "../../../web/shared/live/kept-rows.ts";

const row = (id: string, ticket: string): StaffAppointment => ({ appointment_id: id, ticket }) as StaffAppointment;
const section = (id: string, appointments: StaffAppointment[]): Section<"staff"> =>
  ({ doctor: { id }, appointments }) as Section<"staff">;
const queue = (doctors: Section<"staff">[], fields: object = {}): Queue<"staff"> =>
  ({ date: "2026-11-23", epoch: "e", revision: 1, doctors, ...fields }) as Queue<"staff">;

describe("the rows of a queue that changes", () => {
  it("are the same objects where they did not change, and the newest state where they did", () => {
    const kept = new KeptRows();
    const before = kept.take(queue([section("d", [row("a", "A1"), row("b", "A2")])]));

    const after = kept.take(queue([section("d", [row("b", "A2"), row("a", "A3"), row("c", "A4")])]));

    const [b, a, c] = after.doctors[0]?.appointments ?? [];
    expect(b).to.equal(before.doctors[0]?.appointments[1]);
    expect(a).to.deep.equal(row("a", "A3"));
    expect(c).to.deep.equal(row("c", "A4"));
  });

  it("keep the sections that came as the same objects, time after time", () => {
    const kept = new KeptRows();
    const quiet = section("quiet", [row("q", "Q1")]);
    kept.take(queue([section("d", [row("a", "A1")]), section("quiet", [row("q", "Q1")])]));
    const second = kept.take(queue([section("d", [row("a", "A2")]), quiet]));

    const third = kept.take(queue([section("d", [row("a", "A3")]), quiet]));

    expect(third.doctors[1]).to.equal(second.doctors[1]);
    expect(third.doctors[0]).not.to.equal(second.doctors[0]);
  });

  it("are new on another date, and in another history", () => {
    for (const fields of [{ date: "2026-11-24" }, { epoch: "f" }]) {
      const kept = new KeptRows();
      kept.take(queue([section("d", [row("a", "A1")])]));
      const fresh = row("a", "A1");

      const after = kept.take(queue([section("d", [fresh])], fields));

      expect(after.doctors[0]?.appointments[0]).to.equal(fresh);
    }
  });
});
