import { z } from "zod";
import { id } from "../contract/fields.ts";

const largest = 200;

/** Which part of a list a caller asks for. A page begins after the one that `cursor` names. */
export const page = z.object({
  cursor: id.optional().meta({ description: "`next_cursor` of the page before" }),
  limit: z.coerce
    .number(`must be a whole number from 1 to ${largest}`)
    .int()
    .min(1)
    .max(largest)
    .default(50)
    .meta({ type: "integer", minimum: 1, maximum: largest, examples: [50] }),
});

/** What the next page begins after, given one more than the page has; null at the end. */
export function nextCursor(found: readonly { id: string }[], limit: number): string | null {
  return found.length > limit ? (found[limit - 1]?.id ?? null) : null;
}
