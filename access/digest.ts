import { createHash } from "node:crypto";

/** Only this of a secret is stored, so that nobody who reads the table can pass for a known device, or use an invitation. */
export const digest = (secret: string): string => createHash("sha256").update(secret).digest("base64url");
