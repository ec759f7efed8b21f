import type { Actor } from "../db/actor.ts";
import { anybody, type Identity } from "./identity.ts";

/** Somebody who is not known. */
export const nobody: Actor = { sub: null, role: "nobody", name: null, session: null, address: null, request_id: null };

/**
 * Who acts, as the audit trail has it.
 *
 * @param identity undefined for somebody who sent no token that is accepted.
 */
export function actorOf(
  identity: Identity | undefined,
  { address, requestId = null }: { address: string; requestId?: string | null },
): Actor {
  const from = { ...nobody, address, request_id: requestId };
  if (identity === undefined) return from;
  if (identity === anybody) return { ...from, role: "anybody" };
  const { subject: sub, role, name, sessionId: session } = identity;
  return { ...from, sub, role, name, session };
}
