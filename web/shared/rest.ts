import type { ErrorAnswer, ErrorCode } from "../../contract/error.ts";
import { basePath } from "./base-path.ts";

/** What the API answered. Status 0 means that there was no answer. */
export interface Answer<Body> {
  status: number;
  /** The body of a successful answer. */
  body: Body | undefined;
  /** For people; empty without an error. */
  message: string;
  /** For programs; empty without an error. */
  error: ErrorCode | "";
  retryAfterS: number | undefined;
}

interface Call {
  body?: object;
  /** Sent instead of the cookie. */
  token?: string;
}

const timeoutMs = 10_000;

/** Calls the API, as `call("GET", "/screens")`. Never rejects. */
export async function call<Body>(method: string, path: string, { body, token }: Call = {}): Promise<Answer<Body>> {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), timeoutMs);
  try {
    const response = await fetch(`${basePath}/api/v1${path}`, {
      method,
      signal: abort.signal,
      credentials: token === undefined ? "same-origin" : "omit",
      headers: {
        ...(body && { "Content-Type": "application/json" }),
        ...(token !== undefined && { Authorization: `Bearer ${token}` }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const parsed = (text === "" ? {} : JSON.parse(text)) as Partial<ErrorAnswer>;
    const { message = "", error = "" } = parsed;
    const retryAfter = Number(response.headers.get("Retry-After"));
    return {
      status: response.status,
      body: response.ok ? (parsed as Body) : undefined,
      message,
      error,
      retryAfterS: retryAfter > 0 ? retryAfter : undefined,
    };
  } catch {
    return { status: 0, body: undefined, message: "The server cannot be reached", error: "", retryAfterS: undefined };
  } finally {
    clearTimeout(timer);
  }
}
