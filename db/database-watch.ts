import type { Logger } from "../platform/log.ts";
import { repeat } from "../platform/repeat.ts";
import type { Database, Sql } from "./database.ts";
import { isNotMigrated } from "./database-errors.ts";
import { schemaRelease } from "./schema/schema-release.ts";

const intervalMs = 1_000;
const timeoutMs = 2_000;
/** The lifetimes of tokens and the waits between tries to sign in bear a few seconds. */
const maxClockSkewMs = 5_000;

const unrealClock =
  "The database is that of a test or a demo, whose clinics may have clocks of their own: the table clinics has no constraint clinics_clock_is_real. A process with NODE_ENV=production does not serve it";

/** What tells whether a database fits this process. */
interface DatabaseState {
  version: number;
  serves_from: number;
  now: Date;
  is_clock_real: boolean;
}

interface WatchOptions {
  isProduction?: boolean;
}

/**
 * Looks at the database every second: whether it answers, whether its tables fit this code, whether its clinics go by the
 * real clock where they must, and whether its clock agrees with ours. A mismatch is known within a second, and so is the
 * migration that ends it.
 */
export class DatabaseWatch {
  #database: Database;
  #log: Logger;
  #isProduction: boolean;
  #looking: Promise<boolean> | undefined;
  #mismatch: string | undefined;
  #clockSkewMs = 0;

  /**
   * @param database with a connection for this, because a busy pool does not mean that the database is away.
   * @param isProduction refuses a database whose clinics may have clocks of their own.
   */
  constructor(database: Database, log: Logger, { isProduction = false }: WatchOptions = {}) {
    this.#database = database;
    this.#log = log;
    this.#isProduction = isProduction;
  }

  /** Why this process cannot work with the database as it is now; undefined while it can. */
  get mismatch(): string | undefined {
    return this.#mismatch;
  }

  /** By how much the clock of the database is ahead of ours. */
  get clockSkewMs(): number {
    return this.#clockSkewMs;
  }

  /** Looks now. Those who ask at the same time share one query. False when the database did not answer in time. */
  look(): Promise<boolean> {
    return (this.#looking ??= this.#look().finally(() => (this.#looking = undefined)));
  }

  async follow(stop: AbortSignal): Promise<void> {
    const look = async (): Promise<void> => {
      await this.look();
    };
    await repeat(look, { signal: stop, intervalMs });
  }

  async #look(): Promise<boolean> {
    const sentAt = Date.now();
    try {
      const state = await this.#database.read(readDatabaseState, timeoutMs);
      this.#judgeFit(state);
      if (state) this.#judgeClock(state.now.getTime(), sentAt, Date.now());
      return true;
    } catch (error) {
      if (!isNotMigrated(error)) return false;
      this.#judgeFit(undefined);
      return true;
    }
  }

  #judgeFit(found: DatabaseState | undefined): void {
    const mismatch = mismatchWith(found) ?? (this.#isProduction && !found?.is_clock_real ? unrealClock : undefined);
    if (mismatch === this.#mismatch) return;
    this.#mismatch = mismatch;
    if (mismatch === undefined) this.#log.info("the database fits this process again");
    else this.#log.error(mismatch);
  }

  /** The database read its clock between the two moments, so a difference within them is no skew. */
  #judgeClock(theirs: number, sentAt: number, answeredAt: number): void {
    const skewMs = theirs < sentAt ? theirs - sentAt : Math.max(0, theirs - answeredAt);
    const wasWrong = Math.abs(this.#clockSkewMs) > maxClockSkewMs;
    const isWrong = Math.abs(skewMs) > maxClockSkewMs;
    this.#clockSkewMs = skewMs;
    if (isWrong && !wasWrong) this.#log.warn({ clock_skew_ms: skewMs }, "the clock of the database is not ours");
    else if (wasWrong && !isWrong) this.#log.info({ clock_skew_ms: skewMs }, "the clock of the database is ours again");
  }
}

async function readDatabaseState(sql: Sql): Promise<DatabaseState | undefined> {
  const [state] = await sql<[DatabaseState?]>`
    select version, serves_from, clock_timestamp() as now,
      exists (
        select from pg_constraint where conrelid = 'clinics'::regclass and conname = 'clinics_clock_is_real'
      ) as is_clock_real
    from schema_release
  `;
  return state;
}

function mismatchWith(found: DatabaseState | undefined): string | undefined {
  const { version } = schemaRelease;
  if (!found) return `The database is not migrated, this process needs version ${version}: npm run migrate`;
  if (found.version < version) {
    return `The database has version ${found.version}, this process needs version ${version}: npm run migrate`;
  }
  if (found.serves_from > version) {
    return `The database has version ${found.version} and serves processes from version ${found.serves_from} on, this one has version ${version}: start a newer one`;
  }
  return undefined;
}
