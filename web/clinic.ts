/** What the page must know of the clinic before it can show anything. */
export interface Clinic {
  /** The day at the clinic, `YYYY-MM-DD`. */
  today: string;
  /** IANA name. */
  timezone: string;
  /** The WebSocket endpoint; null when it is on this page's host, at `realtime_port`. */
  realtime_url: string | null;
  realtime_port: number;
}

const patienceMs = 10_000;

/**
 * Asks the page's own origin about the clinic.
 *
 * @throws when there is no answer within 10 s, or one that is not about a clinic
 */
export async function askClinic(): Promise<Clinic> {
  const abort = new AbortController();
  const patience = setTimeout(() => abort.abort(), patienceMs);
  try {
    const response = await fetch("/api/v1/clinic", { cache: "no-store", signal: abort.signal });
    if (!response.ok) throw new Error(`The server answered ${response.status}`);
    const clinic = (await response.json()) as Partial<Clinic> | null;
    if (typeof clinic?.today !== "string" || typeof clinic.timezone !== "string") {
      throw new Error("The server's answer is not about a clinic");
    }
    return clinic as Clinic;
  } finally {
    clearTimeout(patience);
  }
}

/** The WebSocket endpoint. */
export function realtimeUrl({ realtime_url, realtime_port }: Clinic): string {
  if (realtime_url) return realtime_url;
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  return `${scheme}://${location.hostname}:${realtime_port}/api/v1/ws/queue`;
}
