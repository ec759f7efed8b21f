import type { Clinic } from "../../../contract/clinic.ts";
import { basePath } from "./base-path.ts";

/** The WebSocket endpoint. */
export function realtimeUrl({ realtime_url, realtime_port }: Clinic): string {
  if (realtime_url) return realtime_url;
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  return `${scheme}://${location.hostname}:${realtime_port}${basePath}/api/v1/ws/queue`;
}
