import type { Page } from "playwright-core";
import type { Visit } from "../../support/clinic-day.ts";
import { sizes } from "../../support/staff-page.ts";
import { signedIn, type Studio } from "../studio.ts";

const openRow = (page: Page, { id }: Visit) => page.locator(`.row[data-appointment-id="${id}"] .row-open`);
const panel = (page: Page, { id }: Visit) => page.locator(`[data-panel="${id}"]`);

/** The Desk on a busy morning. */
export async function deskScenes(studio: Studio): Promise<void> {
  const { camera, morning, proxied } = studio;
  const desk = await signedIn(studio, "anna", "/");
  const { page } = desk;
  await desk.live();
  await page.locator(".row").nth(20).waitFor();
  await camera.take(page, "desk");
  await page.emulateMedia({ colorScheme: "dark" });
  await camera.take(page, "desk-dark");
  await page.emulateMedia({ colorScheme: "light" });

  const waiting = morning.visits[0]?.[4] as Visit;
  await openRow(page, waiting).click();
  await panel(page, waiting).locator(".why-here").waitFor();
  await camera.take(page, "desk-panel");
  await page.keyboard.press("Escape");

  await page.keyboard.press("F2");
  await page.keyboard.type("lopez");
  await page.locator('[data-option="new"]').waitFor();
  await camera.take(page, "desk-search");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");

  await conflict(studio, page);
  await papers(studio, page);

  await page.locator(".account .who").click();
  await page.getByLabel("Language").selectOption("de");
  await page.getByRole("button", { name: "Abmelden" }).waitFor();
  await page.keyboard.press("Escape");
  await camera.take(page, "desk-german");
  await page.locator(".account .who").click();
  await page.getByLabel("Sprache").selectOption("en");
  await page.keyboard.press("Escape");

  proxied.cut();
  await page.locator('[data-connection="offline"]').waitFor();
  await camera.take(page, "desk-offline");
  proxied.mend();
  await desk.page.context().close();

  const phone = await signedIn(studio, "anna", "/", { viewport: sizes.phone, hasTouch: true, isMobile: true });
  await phone.live();
  await phone.page.locator(".row").first().waitFor();
  await camera.take(phone.page, "desk-phone");
  await phone.page.context().close();
}

/** Somebody else was quicker: what happened meanwhile, and the way on. */
async function conflict({ camera, morning }: Studio, page: Page): Promise<void> {
  const visit = morning.visits[3]?.[3] as Visit;
  await openRow(page, visit).click();
  await page.route(
    /transitions$/,
    async (route) => {
      await morning.day.act(visit, "leave");
      await route.continue();
    },
    { times: 1 },
  );
  await panel(page, visit).getByRole("button", { name: "Hold", exact: true }).click();
  await panel(page, visit).locator('[data-action="refused"]').waitFor();
  await camera.take(page, "desk-conflict");
  await page.keyboard.press("Escape");
  await morning.day.act(visit, "requeue");
}

/** What is printed, as it comes out on paper. */
async function papers({ camera, morning }: Studio, page: Page): Promise<void> {
  const visit = morning.visits[1]?.[4] as Visit;
  await openRow(page, visit).click();
  await panel(page, visit).getByRole("button", { name: "Ticket", exact: true }).click();
  await page.locator(".ticket-paper").waitFor();
  // 80 mm at 96 dots an inch.
  await print(page, { width: 302, height: 340 }, () => camera.take(page, "print-ticket"));
  await page.keyboard.press("Escape");
  await page.locator("dialog[open]").waitFor({ state: "detached" });

  await page.getByRole("button", { name: "Day’s list" }).click();
  await page.locator(".paper table").first().waitFor();
  // The upper half of A4.
  await print(page, { width: 794, height: 560 }, () => camera.take(page, "print-day"));
  await page.keyboard.press("Escape");
  await page.locator("dialog[open]").waitFor({ state: "detached" });
}

async function print(page: Page, size: { width: number; height: number }, take: () => Promise<void>): Promise<void> {
  await page.emulateMedia({ media: "print" });
  await page.setViewportSize(size);
  await take();
  await page.emulateMedia({ media: "screen" });
  await page.setViewportSize(sizes.desk);
}
