import type { Browser } from "playwright-core";
import { createAccount } from "../../support/accounts.ts";
import type { Rest } from "../../support/rest.ts";
import { StaffPage } from "../../support/staff-page.ts";
import { System } from "../../support/system.ts";
import { secret, tokenFor } from "../../support/tokens.ts";

/** A clinic and a page for its manager, who has the account `boss` and is not signed in yet. */
export interface ManagedClinic {
  system: System;
  boss: StaffPage;
  /** Another manager, who acts by REST. */
  other: Rest;
}

export async function openManagedClinic(browser: Browser): Promise<ManagedClinic> {
  const system = await System.openWithPages({ AUTH_SECRET: secret, MAX_READS_PER_MINUTE: 100_000 });
  await createAccount(system.database, "boss", null, "manager");
  const boss = await StaffPage.open(browser);
  boss.page.setDefaultTimeout(8_000);
  return { system, boss, other: system.restAs(await tokenFor({ role: "manager", name: "carla" })) };
}
