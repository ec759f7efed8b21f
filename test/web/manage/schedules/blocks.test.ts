import { expect } from "chai";
import {
  blocksOf,
  bodyOf,
  copyDay,
  findOverlap,
  isSameWeek,
  lengthOf,
  onDate,
  onWeekday,
  type Block,
} from "../../../../web/manage/schedules/blocks.ts";
import { newSchedule } from "../../../../contract/schedule.ts";
import { parseTime } from "../../../../web/manage/schedules/parse-time.ts";

const today = "2026-11-23";
const block = (weekday: number, starts_at: string, ends_at: string, fields: Partial<Block> = {}): Block => ({
  weekday,
  starts_at,
  ends_at,
  slot_minutes: 15,
  room_id: "",
  valid_from: today,
  valid_until: "",
  ...fields,
});

describe("the sessions of a week", () => {
  const morning = block(1, "09:00", "12:00");
  const afternoon = block(1, "13:00", "16:00");
  const friday = block(5, "10:00", "11:00");
  const over = block(5, "08:00", "12:00", { valid_from: "2026-01-01", valid_until: "2026-06-30" });

  it("are sent as the contract has them, and read back the same", () => {
    const week = [afternoon, block(1, "09:00", "12:00", { valid_from: "" })];

    const body = bodyOf(week);

    const parsed = newSchedule.parse(body);
    expect(parsed.map(({ valid_from, valid_until, room_id }) => [valid_from, valid_until, room_id])).to.deep.equal([
      [today, null, null],
      [undefined, null, null],
    ]);
    const sessions = parsed.map((session) => ({ ...session, id: "", valid_from: session.valid_from ?? today }));
    expect(blocksOf(sessions)).to.deep.equal([morning, afternoon]);
    expect(isSameWeek(blocksOf(sessions), [afternoon, morning])).to.equal(true);
    expect(isSameWeek([morning], [afternoon])).to.equal(false);
  });

  it("are copied to other days in place of theirs, apart from those that are over", () => {
    const week = copyDay([morning, afternoon, friday, over], 1, [3, 5], today);

    expect(onWeekday(week, 3, today).map(({ starts_at }) => starts_at)).to.deep.equal(["09:00", "13:00"]);
    expect(onWeekday(week, 5, today).map(({ starts_at }) => starts_at)).to.deep.equal(["09:00", "13:00"]);
    expect(onWeekday(week, 1, today)).to.deep.equal([morning, afternoon]);
    expect(week).to.deep.include(over);
  });

  it("overlap on the same weekday while both are valid, also past midnight", () => {
    expect(findOverlap(block(1, "11:30", "13:00"), [morning, afternoon])).to.equal(morning);
    expect(findOverlap(block(1, "12:00", "13:00"), [morning, afternoon])).to.equal(undefined);
    expect(findOverlap(block(2, "09:00", "12:00"), [morning])).to.equal(undefined);
    expect(findOverlap(block(1, "22:00", "02:00"), [block(1, "23:00", "24:00")])?.starts_at).to.equal("23:00");
    const nextYear = block(1, "09:00", "12:00", { valid_from: "2027-01-01" });
    expect(findOverlap({ ...morning, valid_until: "2026-12-31" }, [nextYear])).to.equal(undefined);
    expect(findOverlap({ ...morning, valid_from: "", valid_until: "2027-01-01" }, [nextYear])).to.equal(nextYear);
    expect([lengthOf(morning), lengthOf(block(1, "22:00", "02:00"))]).to.deep.equal([180, 240]);
  });

  it("are those of a date by its weekday and their validity", () => {
    expect(onDate([morning, friday, over], "2026-11-27")).to.deep.equal([friday]);
    expect(onDate([morning, friday, over], "2026-06-26")).to.deep.equal([over]);
    expect(onDate([block(7, "09:00", "10:00")], "2026-11-29")).to.have.length(1);
  });
});

describe("parseTime", () => {
  it("reads times as people type them", () => {
    const read = ["9", "930", "9:30", "9.30", "09:30", "0930", "24:00", "9h15", " 17 "].map(parseTime);

    expect(read).to.deep.equal(["09:00", "09:30", "09:30", "09:30", "09:30", "09:30", "24:00", "09:15", "17:00"]);
  });

  it("takes nothing that is no time", () => {
    expect(["", "25", "9:60", "24:30", "nine", "9:3", "12345"].map(parseTime)).to.deep.equal(Array(7).fill(undefined));
  });
});
