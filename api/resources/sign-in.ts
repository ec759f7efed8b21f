import { randomBytes } from "node:crypto";
import type { Database } from "../../db/database.ts";
import { acceptInvitation, beginSignIn, endSignIn, type Lifetimes, type Session } from "../../db/queries/sessions.ts";
import { networkOf } from "../../platform/client-address.ts";
import { digest } from "../../access/digest.ts";
import { hashAlike, hashPassword } from "../../access/passwords.ts";
import { ApiError, Refusal } from "../api-error.ts";
import type { Caller } from "../authentication.ts";

/** Whoever holds the counts of a clinic's tries stops signing in to that clinic, and nothing else. */
const laneOf = (clinicId: string): string => `${clinicId} sign_in`;
/** A device that several people use is known to each of their accounts. */
const maxAccountsOfDevice = 8;
/** Hashes that run or wait; each takes 19 MiB and some 20 ms of a core. */
const maxHashes = 64;

export interface Credentials {
  name: string;
  password: string;
}

export interface Device {
  /** What it shows to be known, from earlier sign-ins: a secret for each account, with dots between. */
  shown: string | undefined;
  isToBeRemembered: boolean;
}

export interface SignedIn {
  session: Session;
  /** What the device is to show at its next sign-in; undefined when it is not to be remembered. */
  device: string | undefined;
}

/**
 * Checks names and passwords, slowly where many are tried. A device that signed in to the account before is known by a cookie
 * and counted by itself, so that somebody's guesses do not make the owner wait: see OWASP, "Slow Down Online Guessing
 * Attacks with Device Cookies".
 */
export class SignIn {
  #database: Database;
  #lifetimes: Lifetimes;
  #hashes = 0;

  constructor(database: Database, lifetimes: Lifetimes) {
    this.#database = database;
    this.#lifetimes = lifetimes;
  }

  /** @throws ApiError for a wrong name or password, after too many tries, or while too many sign in at once. */
  async run(
    { name, password }: Credentials,
    { shown, isToBeRemembered }: Device,
    { clinicId, actor }: Caller,
  ): Promise<SignedIn> {
    const from = networkOf(actor.address ?? "");
    const shownTo = shown === undefined ? [] : shown.split(".").slice(0, maxAccountsOfDevice);
    const devices = shownTo.map(digest);
    const lane = laneOf(clinicId);
    const admitted = await this.#database.write((sql) => beginSignIn(sql, clinicId, { name, from, devices }), { lane });
    if (admitted.wait_s > 0) {
      throw new Refusal("RateLimited", "Too many tries to sign in; please wait", null, admitted.wait_s);
    }
    const passwordHash = await this.#hash(() => hashAlike(admitted.password_salt, password));
    const remembered = isToBeRemembered ? randomBytes(32).toString("base64url") : undefined;
    const end = {
      tryId: admitted.try_id,
      passwordHash,
      newDevice: remembered === undefined ? null : digest(remembered),
      lifetimes: this.#lifetimes,
      actor,
    };
    const session = await this.#database.write((sql) => endSignIn(sql, clinicId, end), { lane });
    if (!session) throw new ApiError("Unauthorized", "Wrong name or password");
    if (remembered === undefined) return { session, device: undefined };
    const others = shownTo.filter((other) => digest(other) !== admitted.known_device);
    return { session, device: [remembered, ...others].slice(0, maxAccountsOfDevice).join(".") };
  }

  /**
   * Sets the password of an account that was invited, and signs it in. Nobody guesses a token, so tries are not counted.
   *
   * @throws ApiError for a token that is no good, or while too many sign in at once.
   */
  async accept(token: string, password: string, { clinicId, actor }: Caller): Promise<Session> {
    const passwordHash = await this.#hash(() => hashPassword(password));
    const answer = { digest: digest(token), passwordHash, lifetimes: this.#lifetimes, actor };
    const session = await this.#database.write((sql) => acceptInvitation(sql, clinicId, answer));
    if (!session) throw new ApiError("NotFound", "Invitation not found: it was used, or has ended");
    return session;
  }

  async #hash(hash: () => Promise<string>): Promise<string> {
    if (this.#hashes >= maxHashes) throw new ApiError("Unavailable", "Too many sign in at once; please try again");
    this.#hashes += 1;
    return hash().finally(() => (this.#hashes -= 1));
  }
}
