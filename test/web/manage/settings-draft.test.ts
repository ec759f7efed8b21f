import { expect } from "chai";
import { allSettings, type ClinicSettings } from "../../../web/manage/settings/setting-list.ts";
import {
  bodyOf,
  changedNames,
  conflictsOf,
  noDraft,
  othersChanged,
  withTyped,
  wrongOf,
} from "../../../web/manage/settings/settings-draft.ts";
import { clinicSettings, clinicUpdate } from "../../../contract/clinic.ts";

const saved: ClinicSettings = {
  name: "East",
  timezone: "UTC",
  daily_capacity: 10,
  public_names: "ticket",
  public_specialty: true,
  languages: ["en"],
  max_bookings_per_doctor_day: 1,
  max_bookings_ahead: 5,
  booking_horizon_days: 365,
  day_starts_at: "00:00",
  queue_order: "appointment",
  walk_in_delay_minutes: 0,
  cancellation_notice_minutes: 120,
  lateness_grace_minutes: 10,
  check_in_opens_minutes: 60,
  requires_presence_code: false,
};

describe("a draft of the clinic's settings", () => {
  it("asks for every setting that a clinic has, within the contract's limits", () => {
    expect(allSettings.map(({ name }) => name)).to.have.members(Object.keys(clinicSettings.shape));
    for (const setting of allSettings) {
      if (setting.kind !== "number") continue;
      const isTaken = (value: number): boolean => clinicUpdate.safeParse({ [setting.name]: value }).success;
      const { least, most } = setting;
      expect([least, most].map(isTaken), setting.name).to.deep.equal([true, true]);
      expect([least - 1, most + 1].map(isTaken), setting.name).to.deep.equal([false, false]);
      expect(wrongOf(setting, String(least - 1)), setting.name).to.equal("numberWrong");
      expect(wrongOf(setting, String(most)), setting.name).to.equal(undefined);
    }
  });

  it("sends what was changed and nothing else, with numbers as numbers", () => {
    let draft = withTyped(noDraft, saved, "daily_capacity", "12");
    draft = withTyped(draft, saved, "name", " West ");
    draft = withTyped(draft, saved, "queue_order", "arrival");
    draft = withTyped(draft, saved, "queue_order", "appointment");

    expect(changedNames(draft, saved)).to.deep.equal(["name", "daily_capacity"]);
    expect(bodyOf(draft, saved)).to.deep.equal({ name: "West", daily_capacity: 12 });
  });

  it("knows where somebody else has changed the same to something else, and what else they changed", () => {
    const draft = withTyped(withTyped(noDraft, saved, "daily_capacity", "12"), saved, "timezone", "Europe/Berlin");
    const now = { ...saved, daily_capacity: 15, timezone: "Europe/Berlin", name: "West" };

    expect(conflictsOf(draft, now)).to.deep.equal([{ name: "daily_capacity", from: "10", to: "15" }]);
    expect(othersChanged(draft, saved, now)).to.deep.equal([{ name: "name", from: "East", to: "West" }]);
    expect(conflictsOf(draft, saved)).to.deep.equal([]);
  });
});
