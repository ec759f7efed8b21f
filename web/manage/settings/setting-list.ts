import type { Answer } from "../../../client/rest-client.ts";

export type ClinicSettings = Answer<"changeClinic">;
export type SettingName = keyof ClinicSettings;

/** How a setting is asked for. */
export type Setting = { name: SettingName } & (
  | { kind: "text"; longest: number }
  | { kind: "number"; least: number; most: number }
  | { kind: "zone" | "time" | "languages" }
  /** `on` and `off`: what each position is called. */
  | { kind: "switch"; on: "shown" | "demanded"; off: "notShown" | "notDemanded" }
  | { kind: "choice"; values: readonly ("ticket" | "initials" | "first_name" | "appointment" | "arrival")[] }
);

/** All settings, in the groups in which they are shown. */
export const settingGroups: readonly {
  name: "clinic" | "bookings" | "queue" | "public";
  settings: readonly Setting[];
}[] = [
  {
    name: "clinic",
    settings: [
      { name: "name", kind: "text", longest: 200 },
      { name: "timezone", kind: "zone" },
      { name: "day_starts_at", kind: "time" },
      { name: "languages", kind: "languages" },
    ],
  },
  {
    name: "bookings",
    settings: [
      { name: "daily_capacity", kind: "number", least: 1, most: 1_000 },
      { name: "booking_horizon_days", kind: "number", least: 1, most: 3_650 },
      { name: "max_bookings_per_doctor_day", kind: "number", least: 1, most: 1_000 },
      { name: "max_bookings_ahead", kind: "number", least: 1, most: 1_000 },
      { name: "cancellation_notice_minutes", kind: "number", least: 0, most: 10_080 },
    ],
  },
  {
    name: "queue",
    settings: [
      { name: "queue_order", kind: "choice", values: ["appointment", "arrival"] },
      { name: "walk_in_delay_minutes", kind: "number", least: 0, most: 15 },
      { name: "lateness_grace_minutes", kind: "number", least: 0, most: 60 },
      { name: "check_in_opens_minutes", kind: "number", least: 0, most: 1_440 },
      { name: "requires_presence_code", kind: "switch", on: "demanded", off: "notDemanded" },
    ],
  },
  {
    name: "public",
    settings: [
      { name: "public_names", kind: "choice", values: ["ticket", "initials", "first_name"] },
      { name: "public_specialty", kind: "switch", on: "shown", off: "notShown" },
    ],
  },
];

export const allSettings: readonly Setting[] = settingGroups.flatMap(({ settings }) => settings);
