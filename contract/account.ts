import { z } from "zod";
import { id, timestamp } from "./fields.ts";
import { scopes } from "./roles.ts";

/** Operators are made by the command line alone. */
const role = z.enum(["manager", "staff", "doctor", "service"]);
const granted = z.array(z.enum(scopes)).meta({ description: "What a service may do", examples: [["book", "read"]] });

const name = z
  .string()
  .trim()
  .toLowerCase()
  .regex(
    /^[a-z0-9][a-z0-9._@-]{0,99}$/,
    "must have 1 to 100 letters, digits and . _ @ -, and begin with a letter or digit",
  )
  .meta({ description: "To sign in with", examples: ["desk"] });

export const newAccount = z
  .strictObject({
    name,
    role,
    doctor_id: id.nullish().meta({ description: "Who a doctor's account is for" }),
    scopes: granted.optional(),
  })
  .refine(({ role, doctor_id }) => (role === "doctor") === (typeof doctor_id === "string"), {
    path: ["doctor_id"],
    message: "is needed for a doctor, and for nobody else",
  })
  .refine(({ role, scopes }) => (role === "service") === (scopes !== undefined), {
    path: ["scopes"],
    message: "are needed for a service, and for nobody else",
  });
export type NewAccount = z.infer<typeof newAccount>;

/** What a manager changes of an account; what is left out stays. */
export const accountUpdate = z.strictObject({
  role: role.extract(["manager", "staff"]).optional(),
  scopes: granted.optional(),
  doctor_id: id.optional().meta({ description: "Who a doctor's account is for" }),
});
export type AccountUpdate = z.infer<typeof accountUpdate>;

/** What ends with the password. */
export const newInvitation = z.strictObject({
  links: z.boolean().default(false).meta({ description: "Revoke the links that the account issued to patients" }),
  screens: z.boolean().default(false).meta({ description: "Revoke the screens that the account paired" }),
});
export type NewInvitation = z.infer<typeof newInvitation>;

export const account = z
  .object({
    id,
    name,
    role,
    doctor_id: id.nullable(),
    scopes: granted,
    has_password: z.boolean().meta({ description: "False until somebody has used the invitation" }),
    invited_until: timestamp.nullable().meta({ description: "Until when the invitation is good; null without one" }),
    sessions: z
      .int()
      .min(0)
      .meta({ description: "How many sessions it has now, which end when it is disabled", examples: [2] }),
    disabled_at: timestamp.nullable(),
    created_at: timestamp,
  })
  .meta({ id: "Account" });
export type Account = z.infer<typeof account>;

export const invitation = z.object({
  name: z.string().meta({ description: "Of the account", examples: ["manager"] }),
  url: z.url().meta({
    description: "A page to set the account's password on. Good once; only this answer has it",
    examples: ["https://clinic.example/c/east/#invite=WkqB8mSPhPdFhYb3Hq2RrN7tqX0a9uVh5cLJ1oGzE4s&name=manager"],
  }),
  expires_at: timestamp,
});

export const invitedAccount = account
  .extend({
    invitation: invitation
      .nullable()
      .meta({ description: "Null where nobody signs in with a password: in open mode, or with a provider alone" }),
  })
  .meta({ id: "InvitedAccount" });
