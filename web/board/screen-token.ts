import type { Token } from "../../contract/session.ts";
import { basePath } from "../shared/base-path.ts";
import { call } from "../shared/rest.ts";

/** Each clinic has its own, because they may share an address. */
const ofClinic = basePath.replace("/c/", ".");
const key = `clinic-queue.screen-token${ofClinic}`;
const areaKey = `clinic-queue.screen-area${ofClinic}`;
const dayMs = 86_400_000;
const retryMs = 30_000;

/** In a browser that stores nothing, the token and the area live as long as the page. */
const held = new Map<string, string>();

export const readToken = (): string | undefined => read(key);
export const keepToken = (token: string | undefined): void => keep(key, token);

/** The waiting area that the screen was paired for; undefined for all. */
export const readArea = (): string | undefined => read(areaKey);
export const keepArea = (areaId: string | undefined): void => keep(areaKey, areaId);

function read(name: string): string | undefined {
  try {
    return localStorage.getItem(name) ?? undefined;
  } catch {
    return held.get(name);
  }
}

function keep(name: string, value: string | undefined): void {
  if (value === undefined) held.delete(name);
  else held.set(name, value);
  try {
    if (value === undefined) localStorage.removeItem(name);
    else localStorage.setItem(name, value);
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
