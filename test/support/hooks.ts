import { startCluster, stopCluster } from "./database.ts";
import { takeLeaks } from "./leaks.ts";

export const mochaGlobalSetup = startCluster;
export const mochaGlobalTeardown = stopCluster;

export const mochaHooks = {
  afterAll(): void {
    const leaks = takeLeaks();
    if (leaks.length > 0) throw new Error(`left open: ${leaks.join(", ")}`);
  },
};
