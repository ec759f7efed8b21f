import { Allowance } from "../../platform/allowance.ts";
import { anybody, type Identity } from "../../access/identity.ts";
import type { Config } from "../config.ts";

/** A burst may use up the allowance of this many seconds. */
export const burstSeconds = 5;

interface CallerLimits {
  connections: number;
  upgradesPerSecond: number;
  messagesPerSecond: number;
  dates: number;
  newDatesPerSecond: number;
}

/** Open mode, where only this machine can connect and everybody is one caller. */
const unlimited: CallerLimits = {
  connections: Infinity,
  upgradesPerSecond: Infinity,
  messagesPerSecond: Infinity,
  dates: Infinity,
  newDatesPerSecond: Infinity,
};

/**
 * What one caller has open, and may still ask for, over all of its connections: limits of a single connection do not stop
 * somebody who opens many.
 */
export class Caller {
  readonly messages: Allowance;
  /** Dates that nobody else watches: each costs a read of the database. */
  readonly newDates: Allowance;
  #upgrades: Allowance;
  #limits: CallerLimits;
  #connections = 0;
  /** How many of its connections watch each date. */
  #watched = new Map<string, number>();

  constructor(limits: CallerLimits) {
    this.#limits = limits;
    this.messages = new Allowance(limits.messagesPerSecond, burstSeconds);
    this.newDates = new Allowance(limits.newDatesPerSecond, burstSeconds);
    this.#upgrades = new Allowance(limits.upgradesPerSecond, burstSeconds);
  }

  /** True when nothing about it needs to be remembered. */
  get isIdle(): boolean {
    return this.#connections === 0 && this.messages.isWhole && this.newDates.isWhole && this.#upgrades.isWhole;
  }

  /** Asks for one more connection. False when too many are open, or too many were opened in the last seconds. */
  mayConnect(): boolean {
    return this.#connections < this.#limits.connections && this.#upgrades.take();
  }

  connect(): void {
    this.#connections += 1;
  }

  disconnect(): void {
    this.#connections -= 1;
  }

  /** Counts a connection on a date, in place of the date that it watched. False, and nothing else, when that is too many. */
  watch(date: string, insteadOf: string | undefined): boolean {
    const leavesOne = insteadOf !== undefined && this.#watched.get(insteadOf) === 1;
    const others = this.#watched.size - (leavesOne ? 1 : 0);
    if (!this.#watched.has(date) && others >= this.#limits.dates) return false;
    if (insteadOf !== undefined) this.unwatch(insteadOf);
    this.#watched.set(date, (this.#watched.get(date) ?? 0) + 1);
    return true;
  }

  unwatch(date: string): void {
    const left = (this.#watched.get(date) ?? 1) - 1;
    if (left === 0) this.#watched.delete(date);
    else this.#watched.set(date, left);
  }
}

/**
 * Knows the callers. An account, a patient, a screen, or a person of a provider is one caller, whatever the number of its
 * tokens; so are all clients of one address that have not authenticated.
 */
export class Callers {
  #config: Config;
  #callers = new Map<string, Caller>();

  constructor(config: Config) {
    this.#config = config;
  }

  /** @param network where somebody without an identity comes from: `networkOf` their address. */
  of(identity: Identity | undefined, network: string): Caller {
    const key = identity ? `${identity.clinicId} ${identity.role} ${identity.subject}` : `nobody ${network}`;
    let caller = this.#callers.get(key);
    if (!caller) this.#callers.set(key, (caller = new Caller(this.#limitsOf(identity))));
    return caller;
  }

  /** To be called a few times a second. Forgets each caller that has gone, once that does not let it do more. */
  forgetIdle(): void {
    for (const [key, caller] of this.#callers) {
      if (caller.isIdle) this.#callers.delete(key);
    }
  }

  #limitsOf(identity: Identity | undefined): CallerLimits {
    if (identity === anybody) return unlimited;
    const {
      MAX_CONNECTIONS_PER_CALLER,
      MAX_CONNECTIONS_PER_PATIENT,
      MAX_UNAUTHENTICATED_PER_ADDRESS,
      MAX_MESSAGES_PER_SECOND_PER_CALLER,
      MAX_DATES_PER_CALLER,
      MAX_NEW_DATES_PER_SECOND_PER_CALLER,
    } = this.#config;
    const connections = identity?.role === "patient" ? MAX_CONNECTIONS_PER_PATIENT : MAX_CONNECTIONS_PER_CALLER;
    // All of somebody's connections may come back at once, for example after a restart.
    const upgradesAtOnce = identity ? connections : MAX_UNAUTHENTICATED_PER_ADDRESS;
    return {
      // The lobby limits how many connections may be open that have not authenticated.
      connections: identity ? connections : Infinity,
      upgradesPerSecond: upgradesAtOnce / burstSeconds,
      messagesPerSecond: MAX_MESSAGES_PER_SECOND_PER_CALLER,
      dates: MAX_DATES_PER_CALLER,
      newDatesPerSecond: MAX_NEW_DATES_PER_SECOND_PER_CALLER,
    };
  }
}
