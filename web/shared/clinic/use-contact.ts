import { useEffect, useState } from "preact/hooks";
import type { ConnectionState } from "../../../client/queue-client.ts";

/** `fresh`: up to date · `old`: no contact for 30 s · `lost`: no contact for 5 minutes, so the queue must not be shown. */
export type Contact = "fresh" | "old" | "lost";

const oldMs = 30_000;
const lostMs = 300_000;

/** How long ago the screen was last live. Every state but `live` is a break in contact. */
export function useContact({ name }: ConnectionState): Contact {
  const [contact, setContact] = useState<Contact>("fresh");
  const isLive = name === "live";
  useEffect(() => {
    if (isLive) {
      setContact("fresh");
      return;
    }
    const timers = [setTimeout(() => setContact("old"), oldMs), setTimeout(() => setContact("lost"), lostMs)];
    return () => timers.forEach((timer) => clearTimeout(timer));
  }, [isLive]);
  return contact;
}
