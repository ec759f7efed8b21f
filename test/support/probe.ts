import { eventually } from "./eventually.ts";
import type { Service } from "./service.ts";

export interface Probe {
  heapMb: number;
  timers: number;
  handles: number;
}

/** The setting that lets a process be probed. */
export const probed = { NODE_OPTIONS: `--expose-gc --import=${new URL("probe.mjs", import.meta.url).href}` };

/** What keeps a process busy, after a garbage collection. */
export async function probe(service: Service): Promise<Probe> {
  const heard = service.output.length;
  service.signal("SIGUSR2");
  return eventually(() => {
    const line = /probe (\{.*\})\n/.exec(service.output.slice(heard));
    if (!line?.[1]) throw new Error("no answer");
    return JSON.parse(line[1]) as Probe;
  });
}
