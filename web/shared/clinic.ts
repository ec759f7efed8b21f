import type { Clinic } from "../../contract/clinic.ts";

/** The WebSocket endpoint. */
export function realtimeUrl({ realtime_url, realtime_port }: Clinic): string {
  if (realtime_url) return realtime_url;
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  return `${scheme}://${location.hostname}:${realtime_port}/api/v1/ws/queue`;
}
