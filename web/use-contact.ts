import { useEffect, useState } from "preact/hooks";
import type { ConnectionState } from "../client/queue-client.ts";

/** `fresh`: the state of now · `old`: no contact for 30 s · `lost`: for 5 minutes, so nothing of it is to be shown. */
export type Contact = "fresh" | "old" | "lost";

const oldMs = 30_000;
const lostMs = 300_000;

/** How long ago the screen knew the state of now. Every state but `live` is a break in contact. */
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
