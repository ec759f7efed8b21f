import { z } from "zod";
import { id, line, name, optional, timestamp } from "./fields.ts";

const ticketPrefix = z
  .string()
  .regex(/^[A-Z]{1,3}$/, "must be 1 to 3 letters A to Z")
  .meta({ examples: ["A"] });

const doctorName = name(200).meta({ examples: ["Dr. Smith"] });
const specialty = line(100).meta({ examples: ["Cardiology"] });
const areaId = id.nullable().meta({ description: "Where the patients wait; null: where those of the room do" });
const roomId = id.nullable().meta({ description: "The room where the doctor usually is" });
const kind = z.enum(["person", "service"]).meta({ description: "A service is for example `Blood tests`" });
const dailyCapacity = z
  .int()
  .min(0)
  .max(1_000)
  .nullable()
  .meta({ description: "Appointments a day; null: the clinic's, or as many as there are slots", examples: [10] });
const retired = z.boolean().meta({ description: "Whether new bookings are refused; those that exist stay" });

export const newDoctor = z.object({
  name: doctorName,
  code: line(50).meta({ examples: ["DOC001"] }),
  specialty: optional(specialty),
  ticket_prefix: optional(ticketPrefix).meta({ description: "Chosen by the server when left out" }),
  area_id: areaId.default(null),
  room_id: roomId.default(null),
  kind: kind.default("person"),
  daily_capacity: dailyCapacity.default(null),
  retired: retired.default(false),
});
export type NewDoctor = z.infer<typeof newDoctor>;

/** What is left out stays as it is. A field that is not known is refused, because the caller expects it to change. */
export const doctorUpdate = z.strictObject({
  name: doctorName.optional(),
  specialty: z.preprocess((value) => (value === "" ? null : value), specialty.nullable()).optional(),
  area_id: areaId.optional(),
  room_id: roomId.optional(),
  kind: kind.optional(),
  daily_capacity: dailyCapacity.optional(),
  retired: retired.optional(),
});
export type DoctorUpdate = z.infer<typeof doctorUpdate>;

export const doctor = z
  .object({
    id,
    name: z.string().meta({ examples: ["Dr. Smith"] }),
    code: z.string().meta({ examples: ["DOC001"] }),
    specialty: z
      .string()
      .nullable()
      .meta({ examples: ["Cardiology"] }),
    ticket_prefix: z.string().meta({ description: "The first letters of this doctor's tickets", examples: ["A"] }),
    area_id: areaId,
    room_id: roomId,
    kind,
    daily_capacity: dailyCapacity,
    retired_at: timestamp.nullable().meta({ description: "Since when new bookings are refused; null: they are not" }),
    created_at: timestamp,
  })
  .meta({ id: "Doctor" });
export type Doctor = z.infer<typeof doctor>;

export const listedDoctor = doctor
  .extend({
    is_available: z
      .boolean()
      .optional()
      .meta({ description: "Whether the doctor is present on `date`; left out without `date`" }),
  })
  .meta({ id: "ListedDoctor" });
