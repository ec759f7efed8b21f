import { randomBytes } from "node:crypto";
import { digest } from "./digest.ts";

/** The secret of a link with which somebody sets the password of an account, once, and what the database keeps of it. */
export function makeInvitation(): { token: string; digest: string } {
  const token = randomBytes(32).toString("base64url");
  return { token, digest: digest(token) };
}

/**
 * @param page where the desk's page is. Token and name are in the fragment, because that is sent to no server.
 * @param name of the account, for its page to tell
 */
export const invitationUrl = (page: string, token: string, name: string): string =>
  `${page}#invite=${token}&name=${encodeURIComponent(name)}`;
