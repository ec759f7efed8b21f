import { hash } from "@node-rs/argon2";

/** Argon2id with the first parameters that OWASP's Password Storage Cheat Sheet recommends: 19 MiB, 2 passes. */
const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export const hashPassword = (password: string): Promise<string> => hash(password, parameters);

/** Stands in for an account's hash, so that an unknown name takes as long as a wrong password. */
const standIn = "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5IGlzIGhlcmU";

/**
 * Hashes a typed password with the parameters and salt of an account's hash, so that Postgres can compare the two.
 *
 * @param salt the beginning of the account's hash: its parameters and salt (PHC string format). Null where there is no
 * account: then the same work is done, and the result equals no account's hash.
 */
export async function hashAlike(salt: string | null, password: string): Promise<string> {
  const parts = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)$/.exec(salt ?? standIn);
  if (!parts) throw new Error("the password's hash has an unknown format");
  const [, memory, time, lanes, encoded = ""] = parts;
  const [memoryCost, timeCost, parallelism] = [Number(memory), Number(time), Number(lanes)];
  return hash(password, { memoryCost, timeCost, parallelism, salt: Buffer.from(encoded, "base64") });
}
