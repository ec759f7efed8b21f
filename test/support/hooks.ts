import { startCluster, stopCluster } from "./database.ts";
import { began, takeLeaks } from "./leaks.ts";

export const mochaGlobalSetup = startCluster;
export const mochaGlobalTeardown = stopCluster;

export const mochaHooks = {
  beforeEach(this: Mocha.Context): void {
    began(this.currentTest?.fullTitle() ?? "");
  },
  afterAll(): void {
    const leaks = takeLeaks();
    if (leaks.length > 0) throw new Error(`left open: ${leaks.join(", ")}`);
  },
};
