/**
 * Knows for how long the oldest transaction that writes has been open, anybody's: until it ends each poll must look again at all
 * that was changed since it began, and Postgres cannot clean up after it.
 */
export class OpenTransactions {
  #oldest: { id: string; since: number } | undefined;

  /** @param snapshot as pg_current_snapshot() writes it: the oldest transaction that is open, the next one, and the others. */
  see(snapshot: string, now = performance.now()): void {
    const [oldest = "", next] = snapshot.split(":");
    if (oldest === next) this.#oldest = undefined;
    else if (oldest !== this.#oldest?.id) this.#oldest = { id: oldest, since: now };
  }

  /** In seconds, since it was seen first; 0 while none is open. */
  ageS(now = performance.now()): number {
    return this.#oldest === undefined ? 0 : Math.round((now - this.#oldest.since) / 1_000);
  }
}
