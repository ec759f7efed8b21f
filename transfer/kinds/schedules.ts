import { z } from "zod";
import { line, optional } from "../../contract/fields.ts";
import { newSession } from "../../contract/schedule.ts";
import type { LineReader } from "../transfer-kind.ts";
import { trimmed, wallTime, whole } from "./cells.ts";

const times = ["weekday", "starts_at", "ends_at", "slot_minutes"];
export const sessionColumns = {
  known: ["doctor_code", ...times, "room", "valid_from", "valid_until"],
  required: ["doctor_code", ...times],
};

/** A session with the doctor's code and the room's name. */
const sessionLine = z.object({ doctor_code: line(50), room: optional(line(20)) });

export const readSession: LineReader = (fields) => {
  const whose = sessionLine.safeParse({ doctor_code: fields["doctor_code"] ?? "", room: fields["room"] });
  const session = newSession.safeParse({
    weekday: whole(fields["weekday"]),
    starts_at: wallTime(fields["starts_at"]),
    ends_at: wallTime(fields["ends_at"]),
    slot_minutes: whole(fields["slot_minutes"]),
    valid_from: trimmed(fields["valid_from"]),
    valid_until: trimmed(fields["valid_until"]),
  });
  if (whose.success && session.success) return { success: true, data: { ...session.data, ...whose.data } };
  return { success: false, error: { issues: [...(whose.error?.issues ?? []), ...(session.error?.issues ?? [])] } };
};
