import { newDoctor } from "../../contract/doctor.ts";
import { line, optional } from "../../contract/fields.ts";
import type { LineReader } from "../transfer-kind.ts";
import { trimmed, truth, whole } from "./cells.ts";

const names = ["code", "name", "specialty", "ticket_prefix", "area", "room", "kind", "daily_capacity", "retired"];
export const doctorColumns = { known: names, required: ["code", "name"] };

/** Areas and rooms are there by their names. */
const doctorLine = newDoctor
  .omit({ area_id: true, room_id: true })
  .extend({ area: optional(line(100)), room: optional(line(20)) });

export const readDoctor: LineReader = (fields) =>
  doctorLine.safeParse({
    ...fields,
    code: fields["code"] ?? "",
    name: fields["name"] ?? "",
    kind: trimmed(fields["kind"]),
    ticket_prefix: trimmed(fields["ticket_prefix"]),
    daily_capacity: whole(fields["daily_capacity"]),
    retired: truth(fields["retired"]),
  });
