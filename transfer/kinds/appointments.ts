import { z } from "zod";
import { newAppointment, outcomes } from "../../contract/appointment.ts";
import { calendarDate } from "../../contract/calendar-date.ts";
import { line, name } from "../../contract/fields.ts";
import { newPatient } from "../../contract/patient.ts";
import { newDaySession } from "../../contract/schedule.ts";
import type { LineReader } from "../transfer-kind.ts";
import { phoneCell, trimmed, wallTime, whole } from "./cells.ts";

const whom = ["patient_name", "patient_phone", "patient_birth_date"];
const when = ["date", "time", "hour", "minutes"];
export const appointmentColumns = {
  known: ["doctor_code", ...whom, ...when, "mode", "note", "reason", "outcome", "source"],
  required: ["doctor_code", "patient_name", "date"],
};

const { mode, note, reason, time_slot } = newAppointment.shape;
const appointmentLine = z
  .object({
    doctor_code: line(50),
    patient_name: name(200),
    patient_phone: newPatient.shape.phone,
    patient_birth_date: newPatient.shape.birth_date,
    date: calendarDate,
    time: newDaySession.shape.starts_at.optional(),
    hour: time_slot,
    minutes: newDaySession.shape.slot_minutes.optional(),
    mode,
    note,
    reason,
    // Clinics that only check in do not know how an appointment ended.
    outcome: z.enum([...outcomes, "unknown"]).optional(),
    source: z.enum(["booking", "walk_in"]).default("booking"),
  })
  .refine(({ time, hour }) => time === undefined || typeof hour !== "number", {
    path: ["hour"],
    message: "name one of time and hour",
  });

export const readAppointment: LineReader = (fields) =>
  appointmentLine.safeParse({
    ...fields,
    doctor_code: fields["doctor_code"] ?? "",
    patient_name: fields["patient_name"] ?? "",
    patient_phone: phoneCell(fields["patient_phone"]),
    patient_birth_date: trimmed(fields["patient_birth_date"]),
    date: trimmed(fields["date"]) ?? "",
    time: wallTime(fields["time"]),
    hour: whole(fields["hour"]),
    minutes: whole(fields["minutes"]),
    mode: trimmed(fields["mode"]),
    outcome: trimmed(fields["outcome"]),
    source: trimmed(fields["source"]),
  });
