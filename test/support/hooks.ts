import { expect } from "chai";
import { startCluster, stopCluster } from "./database.ts";
import { eventually } from "./eventually.ts";
import { began, busyHandles, takeLeaks } from "./leaks.ts";

export const mochaGlobalSetup = startCluster;
export const mochaGlobalTeardown = stopCluster;

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
    await eventually(() => expect(busyHandles(), "left open").to.deep.equal(busyBefore), 5_000);
  },
};
