import { randomBytes } from "node:crypto";
import { digest } from "./digest.ts";

/** The secret of a link with which somebody sets the password of an account, once, and what the database keeps of it. */
export function makeInvitation(): { token: string; digest: string } {
  const token = randomBytes(32).toString("base64url");
  return { token, digest: digest(token) };
}

/** @param page where the desk's page is. The token is in the fragment, because that is sent to no server. */
export const invitationUrl = (page: string, token: string): string => `${page}#invite=${token}`;
