import { ApiError } from "../../client/errors.ts";
import type { DeviceAuthorization, ScreenToken } from "../../contract/screen.ts";
import { rest } from "../shared/access/rest-client.ts";

/** What a screen shows while it waits to be paired. */
export interface Code {
  userCode: string;
  /** Where the desk enters it. */
  page: string;
  /** The same page, which then has the code already. */
  link: string;
}

const grantType = "urn:ietf:params:oauth:grant-type:device_code" as const;
const slowDownS = 5;
const slowestPollS = 60;
const firstRetryMs = 1_000;
const slowestRetryMs = 30_000;

/** The API's answer, or why there is none. */
type Tried<T> = { body: T } | { error: ApiError };

/** Gets a screen its token, by the device flow of RFC 8628; goes on with new codes until the desk has entered one. */
export class Pairing {
  #onCode: (code: Code | undefined) => void;
  #onToken: (token: ScreenToken) => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #closed = false;

  /** @param onCode called with each new code, and with none while there is no server to ask. */
  constructor(onCode: (code: Code | undefined) => void, onToken: (token: ScreenToken) => void) {
    this.#onCode = onCode;
    this.#onToken = onToken;
    void this.#pair();
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  async #pair(): Promise<void> {
    let failures = 0;
    while (!this.#closed) {
      const answer = await tryTo(() => rest.call("requestScreenCode"));
      if (this.#closed) return;
      if ("body" in answer) {
        failures = 0;
        const { user_code: userCode, verification_uri: page, verification_uri_complete: link } = answer.body;
        this.#onCode({ userCode, page, link });
        const token = await this.#poll(answer.body);
        if (token !== undefined && !this.#closed) return this.#onToken(token);
      } else {
        this.#onCode(undefined);
        const ceilingMs = Math.min(slowestRetryMs, firstRetryMs * 2 ** failures++);
        await this.#wait((answer.error.retryAfterMs ?? 0) + Math.random() * ceilingMs);
      }
    }
  }

  /** Polls until the code is entered. Undefined when the code has expired. RFC 8628, sections 3.4 and 3.5. */
  async #poll({ device_code, expires_in, interval }: DeviceAuthorization): Promise<ScreenToken | undefined> {
    const endsAt = Date.now() + expires_in * 1_000;
    let intervalS = interval;
    while (!this.#closed && Date.now() < endsAt) {
      await this.#wait(intervalS * 1_000);
      if (this.#closed) return undefined;
      const body = { grant_type: grantType, device_code };
      const answer = await tryTo(() => rest.call("pollScreenToken", { body }));
      if ("body" in answer) return answer.body;
      if (answer.error.code === "expired_token" || answer.error.code === "access_denied") return undefined;
      intervalS = nextInterval(intervalS, interval, answer.error);
    }
    return undefined;
  }

  #wait(ms: number): Promise<void> {
    return new Promise((done) => {
      this.#timer = setTimeout(done, ms);
    });
  }
}

async function tryTo<T>(call: () => Promise<T>): Promise<Tried<T>> {
  try {
    return { body: await call() };
  } catch (error) {
    if (error instanceof ApiError) return { error };
    throw error;
  }
}

function nextInterval(lastS: number, firstS: number, { code, retryAfterMs = 0 }: ApiError): number {
  if (code === "authorization_pending") return Math.max(firstS, Math.min(lastS, slowestPollS));
  if (code === "slow_down") return lastS + slowDownS;
  return Math.max(retryAfterMs / 1_000, Math.min(slowestPollS, lastS * 2));
}
