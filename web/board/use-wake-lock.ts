import { useEffect } from "preact/hooks";

/**
 * Keeps a television from going dark (W3C Screen Wake Lock). The browser takes the lock away when the page goes out of sight,
 * so it is asked for again when the page is seen again. Where a browser has no such lock, or refuses it, the television's own
 * settings decide.
 */
export function useWakeLock(): void {
  useEffect(() => {
    const lock = (): void => {
      if (!document.hidden) requestLock()?.catch(() => undefined);
    };
    lock();
    document.addEventListener("visibilitychange", lock);
    return () => document.removeEventListener("visibilitychange", lock);
  }, []);
}

/** Browsers of before 2020 have none, nor does any on an address without TLS. */
function requestLock(): Promise<unknown> | undefined {
  const { wakeLock } = navigator as { wakeLock?: { request: (type: "screen") => Promise<unknown> } };
  return wakeLock?.request("screen");
}
