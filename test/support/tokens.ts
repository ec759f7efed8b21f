import { randomBytes, randomUUID } from "node:crypto";
import { Tokens, type Claims } from "../../platform/tokens.ts";

/** The secret of a test's clinic; `{ AUTH_SECRET: secret }` makes people sign in. */
export const secret = randomBytes(32).toString("hex");

/** A token of the clinic's own, for a session that nobody has revoked. */
export async function tokenFor(claims: Partial<Claims> & Pick<Claims, "role">, lifetimeMs = 600_000): Promise<string> {
  const whole = { sub: claims.screen_id ?? claims.patient_id ?? randomUUID(), sid: randomUUID(), ...claims };
  return new Tokens({ secret }).issue(whole, new Date(Date.now() + lifetimeMs));
}
