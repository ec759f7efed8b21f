import { page } from "./page.ts";

/** What the watcher itself needs of the API's answer; the caller names the type of all of it. */
interface ClinicDate {
  /** The date at the clinic, `YYYY-MM-DD`. */
  today: string;
}

const askAgainMs = 60_000;
const firstRetryMs = 1_000;
const slowestRetryMs = 30_000;
const timeoutMs = 10_000;

/**
 * Knows the clinic, and never gives up: after an answer it asks again each minute, so that nobody is left behind at
 * the clinic's midnight; without one it retries with full jitter, up to 30 s, and at once when the network or the page
 * comes back. The clinic's date is the server's to say: a television's clock may be anything.
 *
 * @internal
 */
export class ClinicWatcher<C extends ClinicDate = ClinicDate> {
  #url: string;
  #onClinic: (clinic: C, aheadMs: number | undefined) => void;
  #onFailure: (error: string | undefined) => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #attempts = 0;
  #asking = false;
  #closed = false;

  /**
   * @param api what comes before `/api/v1` in the addresses of the API, as `http://host:port`; in a page empty, or `/c/CODE`.
   * @param onClinic called with each answer, and with how far the server's clock is ahead of this one, to the second, where
   * the answer says.
   * @param onFailure called each time there was none, with the code of the error that the API answered instead, if any.
   */
  constructor(
    api: string,
    onClinic: (clinic: C, aheadMs: number | undefined) => void,
    onFailure: (error: string | undefined) => void = () => {},
  ) {
    this.#url = `${api.replace(/\/$/, "")}/api/v1/clinic`;
    this.#onClinic = onClinic;
    this.#onFailure = onFailure;
    page.addEventListener?.("online", this.#comeBack);
    page.document?.addEventListener?.("visibilitychange", this.#comeBack);
    void this.#ask();
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    page.removeEventListener?.("online", this.#comeBack);
    page.document?.removeEventListener?.("visibilitychange", this.#comeBack);
  }

  async #ask(): Promise<void> {
    if (this.#asking) return;
    this.#asking = true;
    clearTimeout(this.#timer);
    const answer = await this.#fetch();
    this.#asking = false;
    if (this.#closed) return;
    if (answer.clinic) {
      this.#attempts = 0;
      this.#timer = setTimeout(() => void this.#ask(), askAgainMs);
      this.#onClinic(answer.clinic, answer.aheadMs);
    } else {
      const ceilingMs = Math.min(slowestRetryMs, firstRetryMs * 2 ** this.#attempts++);
      this.#timer = setTimeout(() => void this.#ask(), Math.random() * ceilingMs);
      this.#onFailure(answer.error);
    }
  }

  /** Neither a clinic nor an error when there is no answer, or one that is not the API's. */
  async #fetch(): Promise<{ clinic?: C; aheadMs?: number | undefined; error?: string }> {
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), timeoutMs);
    try {
      const response = await fetch(this.#url, { signal: abort.signal });
      const body = (await response.json()) as (Partial<C> & { error?: unknown }) | null;
      if (response.ok) {
        return typeof body?.today === "string" ? { clinic: body as C, aheadMs: aheadOf(response.headers) } : {};
      }
      return typeof body?.error === "string" ? { error: body.error } : {};
    } catch {
      return {};
    } finally {
      clearTimeout(timer);
    }
  }

  #comeBack = (): void => {
    if (!page.document?.hidden) void this.#ask();
  };
}

/** How far the clock of whoever answered is ahead; undefined where the answer does not say, or the page may not read it. */
function aheadOf(headers: { get: (name: string) => string | null }): number | undefined {
  const answeredAt = Date.parse(headers.get("Date") ?? "");
  return Number.isNaN(answeredAt) ? undefined : answeredAt - Date.now();
}
