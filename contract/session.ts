import { z } from "zod";
import { id, line, timestamp } from "./fields.ts";
import { roles, scopes } from "./roles.ts";

const day = 86_400;

export const credentials = z.object({
  name: line(100).meta({ examples: ["desk"] }),
  password: z
    .string()
    .min(1)
    .max(1_000)
    .meta({ examples: ["correct horse battery staple"] }),
  remember_device: z
    .boolean()
    .default(false)
    .meta({ description: "Set a cookie that spares this device the waits that others' guesses cause" }),
});

export const minPasswordLength = 12;

export const newPassword = z
  .string()
  .min(minPasswordLength, `The password must have at least ${minPasswordLength} characters`)
  .max(1_000, "The password must have at most 1,000 characters")
  .meta({ examples: ["correct horse battery staple"] });

/** What an invitation's link is used for. */
export const invitationAnswer = z.object({
  token: z
    .string()
    .min(1)
    .max(100)
    .meta({
      description: "What the link has as `invite` in its fragment",
      examples: ["WkqB8mSPhPdFhYb3Hq2RrN7tqX0a9uVh5cLJ1oGzE4s"],
    }),
  password: newPassword,
});

export const token = z
  .object({
    token: z.string().meta({
      description: "For `Authorization: Bearer`, and for `authenticate` on the WebSocket",
      examples: ["eyJhbGciOiJIUzI1NiJ9.eyJyb2xlIjoic3RhZmYifQ.c2lnbmF0dXJl"],
    }),
    expires_at: timestamp,
  })
  .meta({ id: "Token" });

/** Whom a call comes from. */
export const session = z
  .object({
    role: z.enum(roles),
    name: z
      .string()
      .nullable()
      .meta({ examples: ["desk"] }),
    doctor_id: id.nullable(),
    patient_id: id.nullable(),
    screen_id: id.nullable(),
    scopes: z
      .array(z.enum(scopes))
      .meta({ description: "What a service may do, or a patient whose token a service issued, at most" }),
    expires_at: timestamp.nullable().meta({ description: "When this token ends; null in open mode" }),
    open: z.boolean().meta({ description: "True in open mode, where nobody has to sign in" }),
  })
  .meta({ id: "Session" });
export type Session = z.infer<typeof session>;

/** A token that is asked for on behalf of a patient. */
export const newPatientToken = z.object({
  expires_in: z
    .int()
    .min(60)
    .max(90 * day)
    .default(7 * day)
    .meta({ description: "Lifetime in seconds", examples: [86_400] }),
});
