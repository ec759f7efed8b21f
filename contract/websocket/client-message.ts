import { z } from "zod";
import { calendarDate } from "../calendar-date.ts";
import { count } from "../fields.ts";
import { askableViews } from "./view.ts";

const subscription = z.object({
  action: z.literal("subscribe"),
  date: calendarDate,
  doctor_id: z
    .guid()
    .nullish()
    .transform((id) => id?.toLowerCase())
    .meta({ description: "Watch this doctor's section alone", examples: ["0b7e8c1a-52d4-4f6e-9a3b-7c2d1e0f4a58"] }),
  mode: z
    .enum(["full", "delta"])
    .default("full")
    .meta({ description: "Whether later changes are sent as the whole queue or as deltas" }),
  view: z
    .enum(askableViews)
    .nullish()
    .transform((view) => view ?? undefined)
    .meta({ description: "See less than the token allows" }),
  since: count
    .nullish()
    .meta({ description: "The revision that the client still holds; needs `epoch` and the mode `delta`" }),
  // Nobody looks at an epoch without a revision, so a wrong one is the same as none.
  epoch: z
    .unknown()
    .optional()
    .transform((epoch) => z.guid().safeParse(epoch).data)
    .meta({
      type: "string",
      format: "uuid",
      description: "The epoch of `since`",
      examples: ["7f0c8a52-9d1b-4c3e-8f6a-2b5d7e9c1a04"],
    }),
});

const subscribe = subscription.refine(
  ({ since, epoch, mode }) => (since ?? undefined) === undefined || (epoch !== undefined && mode === "delta"),
  { path: ["since"] },
);

/** All that a client sends, by its action. Fields that it does not name are ignored. */
export const clientMessages = {
  subscribe,
  unsubscribe: z.object({ action: z.literal("unsubscribe") }),
  ping: z.object({ action: z.literal("ping") }),
  authenticate: z.object({
    action: z.literal("authenticate"),
    token: z
      .string()
      .min(1)
      .meta({ description: "A token, the same as for REST", examples: ["eyJhbGciOi…"] }),
  }),
} as const;

export type ClientMessage = z.infer<(typeof clientMessages)[keyof typeof clientMessages]>;
