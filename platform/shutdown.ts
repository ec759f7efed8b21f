import type { Logger } from "./log.ts";

/**
 * Runs `stop` once and then exits: at SIGTERM, at SIGINT, or when the process that started this one is gone.
 * If `stop` takes longer than the deadline, the process exits with code 1.
 */
export function stopOnSignal(log: Logger, stop: () => Promise<void>, deadlineMs: number): void {
  let stopping = false;
  const begin = (reason: string): void => {
    if (stopping) return;
    stopping = true;
    log.info({ reason }, "stopping");
    setTimeout(() => {
      log.warn("not stopped in time");
      process.exit(1);
    }, deadlineMs).unref();
    void stop().then(() => {
      log.info("stopped");
      process.exit(0);
    });
  };
  process.on("SIGTERM", begin);
  process.on("SIGINT", begin);
  // A process with an IPC channel has a parent, and a parent that was killed cannot send a signal.
  if (process.connected) process.on("disconnect", () => begin("parent is gone"));
  else if (process.send !== undefined) begin("parent is gone");
}

/** Tells the process that started this one, if it listens, that the service is up. */
export function tellReady(address: string): void {
  process.send?.({ ready: address });
}
