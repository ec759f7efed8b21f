import { z } from "zod";
import { id, name, timestamp } from "./fields.ts";

const deviceCode = "q3Zb1dWv0YJH7m2sXcTn5kRfL8uPgEaI4oVhM6yNwQk";

const areaId = id.nullable().meta({ description: "The waiting area that the screen is for; null: all areas" });

/** What a new screen gets to show and to poll with (RFC 8628, section 3.2). */
export const deviceAuthorization = z
  .object({
    device_code: z.string().meta({ description: "The screen polls for its token with it", examples: [deviceCode] }),
    user_code: z.string().meta({ description: "The screen shows it, the desk enters it", examples: ["BCDF-GHJK"] }),
    verification_uri: z
      .string()
      .meta({ description: "The page where the desk enters the code", examples: ["https://clinic.example/screens"] }),
    verification_uri_complete: z.string().meta({
      description: "The same page with the code filled in",
      examples: ["https://clinic.example/screens#user_code=BCDF-GHJK"],
    }),
    expires_in: z.int().meta({ description: "Seconds until the code ends", examples: [600] }),
    interval: z.int().meta({ description: "Seconds to wait between two polls", examples: [5] }),
  })
  .meta({ id: "DeviceAuthorization" });
export type DeviceAuthorization = z.infer<typeof deviceAuthorization>;

/** How a screen polls for its token (RFC 8628, section 3.4). */
export const screenTokenRequest = z.object({
  grant_type: z.literal("urn:ietf:params:oauth:grant-type:device_code"),
  device_code: z
    .string()
    .min(1)
    .max(100)
    .meta({ examples: [deviceCode] }),
});

export const screenToken = z
  .object({
    access_token: z.string().meta({ examples: ["eyJhbGciOiJIUzI1NiJ9.eyJyb2xlIjoic2NyZWVuIn0.c2lnbmF0dXJl"] }),
    token_type: z.literal("Bearer"),
    expires_in: z.int().meta({ description: "Seconds until the token ends", examples: [34_560_000] }),
    screen_id: id,
    name: z.string().meta({ examples: ["Hall"] }),
    area_id: areaId,
  })
  .meta({ id: "ScreenToken" });
export type ScreenToken = z.infer<typeof screenToken>;

/** The code as somebody may type it: in lower case, or without the hyphen. */
const userCode = z
  .string()
  .transform((typed) => typed.toUpperCase().replace(/[^A-Z]/g, ""))
  .refine((code) => code.length === 8, "must be the 8 letters that the screen shows")
  .meta({ examples: ["BCDF-GHJK"] });

export const newScreen = z.object({
  user_code: userCode,
  name: name(100).meta({ examples: ["Hall"] }),
  area_id: areaId.default(null),
});

export const screen = z
  .object({
    id,
    name: z.string().meta({ examples: ["Hall"] }),
    area_id: areaId,
    created_at: timestamp,
    created_by: z
      .string()
      .nullable()
      .meta({ description: "Who paired it", examples: ["desk"] }),
    is_creator_disabled: z.boolean().meta({ description: "True when whoever paired it may not sign in any more" }),
    seen_at: timestamp.nullable().meta({ description: "When it last got a token; null before the first" }),
  })
  .meta({ id: "Screen" });
export type Screen = z.infer<typeof screen>;
