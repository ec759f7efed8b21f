import { Bearer } from "./bearer.ts";
import { errorOf, unreachable } from "./errors.ts";
import type { Fetch, FetchAnswer, Signal } from "./fetch.ts";
import { operations, type Operations } from "./operations.ts";
import { withRetries, type Outcome, type RetryLimits } from "./retries.ts";
import type { TokenSource } from "./token-keeper.ts";

export type OperationId = keyof Operations;
/** What a call takes: `params` of its path, `query` and `body`, as far as it has them. */
export type Input<Id extends OperationId> = Parameters<Operations[Id]>[0];
export type Answer<Id extends OperationId> = ReturnType<Operations[Id]>;
export type Body<Id extends OperationId> = Input<Id> extends { body: infer B } ? B : never;
export type Query<Id extends OperationId> = Input<Id> extends { query?: infer Q } ? Q : never;

export interface CallOptions {
  /** Ends the call and its retries. The server may have done what was asked. */
  signal?: Signal | undefined;
  /** In place of one that the client makes; for callers who go on after their own process was restarted. */
  idempotencyKey?: string | undefined;
}

/** What `call` takes after the name: nothing, where the call needs nothing. */
export type CallArguments<Id extends OperationId> =
  {} extends Input<Id> ? [input?: Input<Id> & CallOptions] : [input: Input<Id> & CallOptions];

export interface RestClientOptions extends Partial<RetryLimits> {
  /** The address of the API, `http://host:port`, with `/c/` and the clinic's code where that is not the default clinic. */
  url: string;
  /** The token, or a function that gives it: asked before the first call, and again once the server refuses its token. */
  token?: TokenSource | undefined;
  /** In place of the global one. */
  fetch?: Fetch | undefined;
  /** How long an attempt may last. */
  attemptMs?: number;
}

/** An input without its types. */
interface AnyInput extends CallOptions {
  params?: Record<string, string>;
  query?: Record<string, string | number | boolean | undefined>;
  body?: { idempotency_key?: string | null };
}

interface Request {
  method: string;
  url: string;
  headers: Record<string, string>;
  body?: string;
}

/**
 * Calls an operation of the API by its name in the OpenAPI document, and tries again where that does no harm.
 *
 * @internal
 */
export class RestClient {
  #url: string;
  #bearer: Bearer;
  #fetch: Fetch;
  #attemptMs: number;
  #limits: RetryLimits;

  constructor(options: RestClientOptions) {
    this.#url = options.url.replace(/\/+$/, "");
    this.#bearer = new Bearer(options.token);
    // A browser's `fetch` is called on its window only.
    this.#fetch = options.fetch ?? ((url, init) => fetch(url, init));
    this.#attemptMs = options.attemptMs ?? 10_000;
    this.#limits = {
      firstRetryMs: options.firstRetryMs ?? 200,
      slowestRetryMs: options.slowestRetryMs ?? 5_000,
      attempts: options.attempts ?? 5,
      patienceMs: options.patienceMs ?? 30_000,
    };
  }

  /**
   * Makes a call. All its attempts bear one idempotency key, where the operation takes one. What may not be done twice, and
   * has no key, is tried once.
   *
   * @throws ApiError, or one of its subclasses; or the reason of the signal.
   */
  async call<Id extends OperationId>(id: Id, ...[given]: CallArguments<Id>): Promise<Answer<Id>> {
    const { method, path, takesKey, isRepeatable } = operations[id];
    const { params = {}, query = {}, body, signal, idempotencyKey } = (given ?? {}) as AnyInput;
    const key = takesKey ? (idempotencyKey ?? body?.idempotency_key ?? newKey()) : undefined;
    const request: Request = {
      method,
      url: this.#url + fillIn(path, params) + textOf(query),
      headers: {
        ...(body !== undefined && { "Content-Type": "application/json" }),
        ...(key !== undefined && { "Idempotency-Key": key }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    };
    const mayRepeat = isRepeatable || key !== undefined || ["GET", "PUT", "DELETE"].includes(method);
    const limits = mayRepeat ? this.#limits : { ...this.#limits, attempts: 1 };
    const answer = await withRetries(
      (before, leftMs) => this.#attempt(request, before, leftMs, signal),
      limits,
      signal,
    );
    return answer as Answer<Id>;
  }

  async #attempt(request: Request, before: number, leftMs: number, signal?: Signal): Promise<Outcome<unknown>> {
    const token = await this.#bearer.token();
    const limitMs = Math.min(leftMs, this.#attemptMs);
    const outcome = await this.#send(request, token, limitMs, signal);
    if (!("error" in outcome)) return outcome;
    const { status } = outcome.error;
    if (status === 401) {
      const other = await this.#bearer.replace(token);
      if (other !== undefined) return this.#send(request, other, limitMs, signal);
    }
    // An attempt before this one deleted it, and its answer was lost.
    if (status === 404 && before > 0 && request.method === "DELETE") return { value: undefined };
    return outcome;
  }

  /** Sends a request once. Throws nothing but the reason of the signal. */
  async #send(
    request: Request,
    token: string | undefined,
    limitMs: number,
    signal?: Signal,
  ): Promise<Outcome<unknown>> {
    const { url, headers, ...rest } = request;
    const ending = new AbortController();
    const stop = (): void => ending.abort(signal?.reason);
    const timer = setTimeout(() => ending.abort(), limitMs);
    if (signal?.aborted) stop();
    else signal?.addEventListener("abort", stop);
    try {
      const init = {
        ...rest,
        headers: { ...headers, ...(token !== undefined && { Authorization: `Bearer ${token}` }) },
        signal: ending.signal,
      };
      const answer = await this.#fetch(url, init as never);
      return outcomeOf(answer, await answer.text());
    } catch (error) {
      if (signal?.aborted) throw signal.reason;
      const why = ending.signal.aborted ? `nothing came in ${limitMs} ms` : describe(error);
      return { error: unreachable(`No answer to ${request.method} ${url}: ${why}`, error) };
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener("abort", stop);
    }
  }
}

function outcomeOf({ status, headers }: FetchAnswer, text: string): Outcome<unknown> {
  if (status < 200 || status > 299) {
    const seconds = Number(headers.get("Retry-After"));
    const retryAfterMs = seconds > 0 ? seconds * 1_000 : undefined;
    const error = errorOf(status, headers.get("X-Request-Id"), text, retryAfterMs);
    return retryAfterMs === undefined ? { error } : { error, retryAfterMs };
  }
  if (text === "") return { value: undefined };
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    // As of a network that wants people to sign in first.
    return { error: unreachable("The answer is not JSON", error) };
  }
}

/** Node tells why a request failed in the cause alone. */
function describe(error: unknown): string {
  const { message, cause } = error as { message?: string; cause?: { message?: string; code?: string } };
  return cause?.message || cause?.code || (message ?? String(error));
}

function fillIn(path: string, params: Record<string, string>): string {
  return path.replace(/\{(\w+)\}/g, (_braces, name: string) => {
    const value = params[name] ?? "";
    // An address without it, or with dots that go up, would be that of another call.
    if (/^\.*$/.test(value)) throw new TypeError(`params.${name} is missing`);
    return encodeURIComponent(value);
  });
}

function textOf(query: Record<string, string | number | boolean | undefined>): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  const pairs = given.map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`);
  return pairs.length > 0 ? `?${pairs.join("&")}` : "";
}

/** `crypto.randomUUID` is missing in pages that came without TLS. */
function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
