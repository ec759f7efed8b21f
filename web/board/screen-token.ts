import { ApiError } from "../../client/errors.ts";
import { RestClient } from "../../client/rest-client.ts";
import type { ScreenToken } from "../../contract/screen.ts";
import { basePath } from "../shared/clinic/base-path.ts";

/** Each clinic has its own, because they may share an address. */
const ofClinic = basePath.replace("/c/", ".");
const key = `clinic-queue.screen-token${ofClinic}`;
const areaKey = `clinic-queue.screen-area${ofClinic}`;
const nameKey = `clinic-queue.screen-name${ofClinic}`;
const dayMs = 86_400_000;
const retryMs = 30_000;

/** What the desk made of a screen when it was paired. */
export interface PairedScreen {
  /** Undefined where it was paired by a release that did not keep it. */
  name: string | undefined;
  /** The waiting area that it is for; undefined for all. */
  areaId: string | undefined;
}

/** In a browser that stores nothing, all of this lives as long as the page. */
const held = new Map<string, string>();

export const readToken = (): string | undefined => read(key);

export const readScreen = (): PairedScreen => ({ name: read(nameKey), areaId: read(areaKey) });

/** Keeps what a screen got when it was paired, or forgets it. */
export function keepPairing(pairing: ScreenToken | undefined): void {
  keep(key, pairing?.access_token);
  keep(nameKey, pairing?.name);
  keep(areaKey, pairing?.area_id ?? undefined);
}

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
    const renewed = await askForToken().catch((error: unknown) => error);
    if (this.#closed) return;
    clearTimeout(this.#timer);
    if (renewed instanceof ApiError && renewed.status === 401) return this.#onRevoked();
    const isRenewed = typeof renewed === "string";
    if (isRenewed) keep(key, renewed);
    this.#timer = setTimeout(() => void this.renew(), isRenewed ? dayMs : retryMs);
  }
}

/** Calls the API as the screen, and as nobody who may be signed in on the same machine. */
export function screenClient(): RestClient {
  const withoutCookie = (url: string, init: RequestInit): Promise<Response> =>
    fetch(url, { ...init, credentials: "omit" });
  return new RestClient({ url: basePath, token: readToken(), fetch: withoutCookie });
}

/** The next token for the one that the screen has. */
const askForToken = async (): Promise<string> => (await screenClient().call("renewToken")).token;
