import { z } from "zod";
import { invitation } from "./account.ts";
import { calendarDate } from "./calendar-date.ts";
import { name, timestamp } from "./fields.ts";

export const timezone = z
  .string()
  .refine(isTimezone, "is not a time zone, like Europe/Berlin")
  .meta({ description: "IANA name; decides which date is today", examples: ["Europe/Berlin"] });

const language = z.string().meta({ examples: ["en"] });

const languages = z
  .array(language.refine(isLanguage, "is not a language tag, like en or pt-BR").transform(canonical))
  .min(1)
  .max(20)
  .refine((tags) => new Set(tags).size === tags.length, "must name each language once")
  .meta({ description: "BCP 47 tags, the clinic's own language first", examples: [["en", "de"]] });

/** What a manager decides about the clinic. */
export const clinicSettings = z
  .object({
    name: name(200).meta({ examples: ["Clinic"] }),
    timezone,
    daily_capacity: z
      .int()
      .min(1)
      .max(1_000)
      .meta({
        description: "Appointments a doctor takes a day, where the doctor's day has no capacity of its own",
        examples: [10],
      }),
    public_names: z
      .enum(["ticket", "initials", "first_name"])
      .meta({ description: "What public screens show in place of a name: A12, JD or John D." }),
    public_specialty: z.boolean().meta({ description: "Whether public screens show the doctors' specialties" }),
    languages,
    max_bookings_per_doctor_day: z
      .int()
      .min(1)
      .max(1_000)
      .meta({
        description: "Active bookings of a patient with one doctor on one date, when the patient or a program books",
        examples: [1],
      }),
    max_bookings_ahead: z
      .int()
      .min(1)
      .max(1_000)
      .meta({
        description: "Active bookings of a patient from today on, when the patient or a program books",
        examples: [5],
      }),
    booking_horizon_days: z
      .int()
      .min(1)
      .max(3_650)
      .meta({ description: "How many days ahead anybody can book", examples: [365] }),
    day_starts_at: z
      .string()
      .regex(/^0([0-5]:[0-5]\d|6:00)$/, "must be a time from 00:00 to 06:00")
      .meta({ description: "When the clinic's today changes, on its wall", examples: ["00:00"] }),
    queue_order: z.enum(["appointment", "arrival"]).meta({
      description: "Whether the appointment's time counts, for those who are there by then, or the arrival alone",
    }),
    walk_in_delay_minutes: z
      .int()
      .min(0)
      .max(15)
      .meta({ description: "How long after the arrival the turn of a walk-in is", examples: [0] }),
    cancellation_notice_minutes: z
      .int()
      .min(0)
      .max(10_080)
      .meta({ description: "How long before an appointment begins its patient can cancel it", examples: [120] }),
    lateness_grace_minutes: z
      .int()
      .min(0)
      .max(60)
      .meta({ description: "How long after the time of an appointment its patient is still in time", examples: [10] }),
    check_in_opens_minutes: z
      .int()
      .min(0)
      .max(1_440)
      .meta({
        description: "How long before an appointment from a schedule its patient, or a kiosk, can check in",
        examples: [60],
      }),
    requires_presence_code: z.boolean().meta({
      description: "Whether patients check in by themselves only with the four digits of the waiting room's screen",
    }),
  })
  .meta({ id: "ClinicSettings" });
export type ClinicSettings = z.infer<typeof clinicSettings>;

/** The settings that change; what is left out stays. */
export const clinicUpdate = z.strictObject(clinicSettings.partial().shape);
export type ClinicUpdate = z.infer<typeof clinicUpdate>;

export const clinic = z
  .object({
    code: z.string().meta({ description: "What the clinic's address has after `/c/`", examples: ["default"] }),
    name: z.string().meta({ examples: ["Clinic"] }),
    today: calendarDate.meta({ description: "The date at the clinic" }),
    timezone: z.string().meta({ description: "IANA name", examples: ["Europe/Berlin"] }),
    languages: z.array(language).meta({ description: "BCP 47 tags", examples: [["en", "de"]] }),
    realtime_url: z
      .string()
      .nullable()
      .meta({
        description: "The address of the WebSocket; null where `REALTIME_URL` is not set",
        examples: ["wss://clinic.example/api/v1/ws/queue"],
      }),
    realtime_port: z.int().meta({
      description: "Without `realtime_url`: the WebSocket's port on the host of this API",
      examples: [8001],
    }),
    sign_in: z.boolean().meta({ description: "Whether calls need a token; false in open mode" }),
  })
  .meta({ id: "Clinic" });
export type Clinic = z.infer<typeof clinic>;

const code = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, "must have 1 to 40 small letters, digits and -, and begin with no -")
  .meta({ description: "What the clinic's address has after `/c/`", examples: ["east"] });

export const newClinic = z.strictObject({ code, name: clinicSettings.shape.name, timezone });
export type NewClinic = z.infer<typeof newClinic>;

/** What an operator changes of a clinic; what is left out stays. */
export const clinicChange = z.strictObject({
  name: clinicSettings.shape.name.optional(),
  timezone: timezone.optional(),
  suspended: z
    .boolean()
    .optional()
    .meta({ description: "True closes the clinic: its calls are answered 403 and its sockets are closed" }),
});
export type ClinicChange = z.infer<typeof clinicChange>;

export const clinicCode = z.object({ code: z.string().meta({ examples: ["east"] }) });

/** A clinic as operators see it. */
export const listedClinic = z
  .object({ ...newClinic.shape, suspended: z.boolean(), created_at: timestamp })
  .meta({ id: "ListedClinic" });
export type ListedClinic = z.infer<typeof listedClinic>;

export const addedClinic = z
  .object({
    ...listedClinic.shape,
    invitation: invitation
      .nullable()
      .meta({ description: "Null where nobody signs in with a password: in open mode, or with a provider alone" }),
  })
  .meta({ id: "AddedClinic" });

/** A name that JavaScript knows. An offset is not a name: Postgres reads its sign the other way round. */
function isTimezone(text: string): boolean {
  try {
    Intl.DateTimeFormat("en", { timeZone: text });
    return /^[a-z]/i.test(text);
  } catch {
    return false;
  }
}

function isLanguage(tag: string): boolean {
  try {
    return canonical(tag).length <= 35;
  } catch {
    return false;
  }
}

/** One spelling for each language: `de-at` becomes `de-AT`. */
function canonical(tag: string): string {
  return Intl.getCanonicalLocales(tag)[0] ?? tag;
}
