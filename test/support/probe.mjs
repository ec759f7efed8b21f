// Loaded into a process under soak: tells at SIGUSR2 what keeps it busy, after a garbage collection.
process.on("SIGUSR2", () => {
  globalThis.gc?.();
  const resources = process.getActiveResourcesInfo();
  const count = (kind) => resources.filter((name) => name === kind).length;
  const { heapUsed, external, arrayBuffers } = process.memoryUsage();
  const probe = {
    heapMb: (heapUsed + external + arrayBuffers) / 1e6,
    timers: count("Timeout"),
    handles: resources.length,
  };
  process.stdout.write(`probe ${JSON.stringify(probe)}\n`);
});
