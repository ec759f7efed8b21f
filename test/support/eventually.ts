import { setTimeout as delay } from "node:timers/promises";

const slowestMs = 100;

/**
 * Waits until an assertion holds; at the end of its patience it fails as the assertion does. The longer it has waited, the
 * less often it tries, because what takes long should have the machine to itself.
 */
export async function eventually<T>(assertion: () => Promise<T> | T, patienceMs = 10_000): Promise<T> {
  const startedAt = Date.now();
  for (;;) {
    try {
      return await assertion();
    } catch (error) {
      const waitedMs = Date.now() - startedAt;
      if (waitedMs > patienceMs) throw error;
      await delay(Math.min(20 + waitedMs / 10, slowestMs));
    }
  }
}
