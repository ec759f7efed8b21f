import { hash, verify } from "@node-rs/argon2";

/** Argon2id with the first parameters that OWASP's Password Storage Cheat Sheet recommends: 19 MiB, 2 passes. */
const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export const hashPassword = (password: string): Promise<string> => hash(password, parameters);

/** Checked when there is no account, so that an unknown name takes as long as a wrong password. */
const standIn = hashPassword("the password of nobody");

/** @param passwordHash null if there is no such account; the result is then false, after the same work. */
export async function isPassword(passwordHash: string | null, password: string): Promise<boolean> {
  const matches = await verify(passwordHash ?? (await standIn), password);
  return matches && passwordHash !== null;
}
