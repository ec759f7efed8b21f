/** What the client uses of an answer. */
export interface FetchAnswer {
  readonly status: number;
  readonly headers: { get: (name: string) => string | null };
  text: () => Promise<string>;
}

/** A function such as the global `fetch`. What it takes has a type of its own in each environment, so it may be any. */
export type Fetch = (url: string, init: never) => Promise<FetchAnswer>;

/** What the client uses of an `AbortSignal`. */
export interface Signal {
  readonly aborted: boolean;
  readonly reason?: unknown;
  addEventListener: (type: "abort", listener: () => void) => void;
  removeEventListener: (type: "abort", listener: () => void) => void;
}
