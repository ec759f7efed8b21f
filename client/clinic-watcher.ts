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
 */
export class ClinicWatcher<C extends ClinicDate = ClinicDate> {
  #url: string;
  #onClinic: (clinic: C) => void;
  #onFailure: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #attempts = 0;
  #asking = false;
  #closed = false;

  /**
   * @param api the address of the API, `http://host:port`; empty for the page's own.
   * @param onClinic called with each answer.
   * @param onFailure called each time there was none.
   */
  constructor(api: string, onClinic: (clinic: C) => void, onFailure: () => void = () => {}) {
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
    const clinic = await this.#fetch();
    this.#asking = false;
    if (this.#closed) return;
    if (clinic) {
      this.#attempts = 0;
      this.#timer = setTimeout(() => void this.#ask(), askAgainMs);
      this.#onClinic(clinic);
    } else {
      const ceilingMs = Math.min(slowestRetryMs, firstRetryMs * 2 ** this.#attempts++);
      this.#timer = setTimeout(() => void this.#ask(), Math.random() * ceilingMs);
      this.#onFailure();
    }
  }

  /** Undefined when there is no answer, or one that is not of ours. */
  async #fetch(): Promise<C | undefined> {
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), timeoutMs);
    try {
      const response = await fetch(this.#url, { signal: abort.signal });
      const clinic = response.ok ? ((await response.json()) as Partial<C> | null) : null;
      return typeof clinic?.today === "string" ? (clinic as C) : undefined;
    } catch {
      return undefined;
    } finally {
      clearTimeout(timer);
    }
  }

  #comeBack = (): void => {
    if (!page.document?.hidden) void this.#ask();
  };
}
