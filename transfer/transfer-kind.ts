import type { z } from "zod";
import type { Refusal, TransferKind } from "../contract/transfer.ts";
import { appointmentColumns, readAppointment } from "./kinds/appointments.ts";
import { doctorColumns, readDoctor } from "./kinds/doctors.ts";
import { patientColumns, patientReader } from "./kinds/patients.ts";
import { readSession, sessionColumns } from "./kinds/schedules.ts";
import type { Columns } from "./read-csv.ts";

export type Fields = Record<string, string>;

interface Issues {
  issues: z.core.$ZodIssue[];
}

/** Makes of a line what its import function takes, by the contract's schemas. */
export type LineReader = (fields: Fields) => { success: true; data: object } | { success: false; error: Issues };

interface Kind {
  columns: Columns;
  /** How many lines one statement takes, so that it is short. */
  batch: number;
  /** A reader for one pass through a file: it may remember the lines before. */
  reader: () => LineReader;
}

export const transferKind: Record<TransferKind, Kind> = {
  doctors: { columns: doctorColumns, batch: 200, reader: () => readDoctor },
  patients: { columns: patientColumns, batch: 1_000, reader: patientReader },
  schedules: { columns: sessionColumns, batch: 200, reader: () => readSession },
  appointments: { columns: appointmentColumns, batch: 200, reader: () => readAppointment },
};

/** Why a line is refused, by the names of its columns. */
export const refusalsOf = (line: number, { issues }: Issues): Refusal[] =>
  issues.map((issue) => ({ line, field: issue.path.join("_") || null, reason: reasonOf(issue) }));

/** A cell is text or empty, so a schema that wants text finds none. */
const wanted: Record<string, string> = {
  boolean: "must be true or false",
  int: "must be a whole number",
  number: "must be a whole number",
  string: "must not be empty",
};

const reasonOf = (issue: z.core.$ZodIssue): string =>
  (issue.code === "invalid_type" && wanted[issue.expected]) || issue.message;
