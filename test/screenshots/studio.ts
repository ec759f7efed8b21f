import type { Browser, BrowserContext, BrowserContextOptions } from "playwright-core";
import type { ProxiedSystem } from "../support/proxied-system.ts";
import { StaffPage } from "../support/staff-page.ts";
import type { Camera } from "./camera.ts";
import { now, type Morning } from "./morning.ts";

/** What pictures are taken with. */
export interface Studio {
  proxied: ProxiedSystem;
  morning: Morning;
  browser: Browser;
  camera: Camera;
}

/** A page of the staff at which somebody has signed in. */
export async function signedIn(
  { browser, proxied }: Studio,
  name: string,
  path: string,
  options: BrowserContextOptions = {},
): Promise<StaffPage> {
  const staff = await StaffPage.open(browser, options);
  await setBrowserClock(staff.page.context());
  await staff.goto(proxied.address + path);
  await staff.signIn(name);
  await staff.page.locator(".page").waitFor();
  return staff;
}

/** Within this of the machine's clock, a time is told by it, and not by the clinic's. */
const nearMs = 3_600_000;

/**
 * Lets the pages of a browser begin at the moment of the pictures. What the server tells by the machine's own clock, as in
 * the audit trail, in each frame and in the date of an answer, is told as of that moment, too.
 */
export async function setBrowserClock(context: BrowserContext): Promise<void> {
  await context.clock.install({ time: now });
  await context.route("**/api/v1/{audit,clinic,screens}*", async (route) => {
    const response = await route.fetch().catch(() => undefined);
    // Without a connection, the page must see that there is none.
    if (!response) return route.abort();
    const headers = { ...response.headers(), date: now.toUTCString() };
    await route.fulfill({ response, headers, body: moveTimes(await response.text()) });
  });
  await context.routeWebSocket("**/ws/queue", (page) => {
    const server = page.connectToServer();
    server.onMessage((message) => page.send(typeof message === "string" ? moveTimes(message) : message));
  });
}

function moveTimes(text: string): string {
  return text.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, (moment) => {
    const isNear = Math.abs(Date.now() - Date.parse(moment)) < nearMs;
    return isNear ? now.toISOString() : moment;
  });
}
