import { setTimeout as delay } from "node:timers/promises";

/** Waits until an assertion holds; at the end of its patience it fails as the assertion does. */
export async function eventually<T>(assertion: () => Promise<T> | T, patienceMs = 10_000): Promise<T> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    try {
      return await assertion();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await delay(20);
    }
  }
}
