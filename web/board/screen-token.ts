import type { Token } from "../../contract/session.ts";
import { basePath } from "../shared/base-path.ts";
import { call } from "../shared/rest.ts";

/** Each clinic has its own, because they may share an address. */
const key = `clinic-queue.screen-token${basePath.replace("/c/", ".")}`;
const dayMs = 86_400_000;
const retryMs = 30_000;

/** In a browser that stores nothing, the token lives as long as the page. */
let held: string | undefined;

export function readToken(): string | undefined {
  try {
    return localStorage.getItem(key) ?? undefined;
  } catch {
    return held;
  }
}

export function keepToken(token: string | undefined): void {
  held = token;
  try {
    if (token === undefined) localStorage.removeItem(key);
    else localStorage.setItem(key, token);
  } catch {
    // The page still has it.
  }
}

/** Keeps a screen's token from ending: a new one at the start, and once a day. */
export class TokenRenewal {
  #onRevoked: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #closed = false;

  constructor(onRevoked: () => void) {
    this.#onRevoked = onRevoked;
    void this.renew();
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  /** Gets the next token, or learns that the screen was revoked. */
  async renew(): Promise<void> {
    clearTimeout(this.#timer);
    const { status, body } = await call<Token>("POST", "/tokens", { token: readToken() ?? "" });
    if (this.#closed) return;
    clearTimeout(this.#timer);
    if (status === 401) return this.#onRevoked();
    if (body) keepToken(body.token);
    this.#timer = setTimeout(() => void this.renew(), body ? dayMs : retryMs);
  }
}
