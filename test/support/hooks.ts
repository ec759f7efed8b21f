import { expect } from "chai";
import { startCluster, stopCluster } from "./database.ts";
import { eventually } from "./eventually.ts";
import { began, busyHandles, takeLeaks } from "./leaks.ts";
import { startSharing, stopSharing } from "./share.ts";

export async function mochaGlobalSetup(): Promise<void> {
  await startCluster();
  await startSharing();
}

export async function mochaGlobalTeardown(): Promise<void> {
  try {
    await stopSharing();
  } finally {
    await stopCluster();
  }
}

let busyBefore: string[] = [];

export const mochaHooks = {
  beforeAll(): void {
    busyBefore = busyHandles();
  },
  beforeEach(this: Mocha.Context): void {
    began(this.currentTest?.fullTitle() ?? "");
  },
  async afterAll(): Promise<void> {
    const leaks = takeLeaks();
    if (leaks.length > 0) throw new Error(`left open: ${leaks.join(", ")}`);
    // What no test support has opened is noticed too. A connection may take a moment to close.
    await eventually(() => expect(addedTo(busyBefore, busyHandles()), "left open").to.deep.equal([]), 5_000);
  },
};

/** What is there more of than before. */
function addedTo(before: string[], now: string[]): string[] {
  const rest = [...now];
  for (const kind of before.filter((kind) => rest.includes(kind))) rest.splice(rest.indexOf(kind), 1);
  return rest;
}
