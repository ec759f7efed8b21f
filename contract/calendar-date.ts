import { z } from "zod";

/** A real calendar day, `YYYY-MM-DD`, from the year 1 on: what Postgres takes as a date. */
export const calendarDate = z.iso
  .date("must be a calendar day, YYYY-MM-DD")
  .refine((day) => day >= "0001-01-01", { error: "must be in year 1 or later" })
  .meta({ examples: ["2026-11-22"] });
