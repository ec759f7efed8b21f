import type { Page } from "playwright-core";
import { sizes } from "../../support/staff-page.ts";
import { invent } from "../people.ts";
import { signedIn, type Studio } from "../studio.ts";

/** The day after the morning of the other pictures, on which doctors have sessions. */
const date = "2026-11-24";
const free = '.slot-button[data-status="free"]';

/** The calendar of the Desk: the next day with its times, on a screen, in the dark, and on a telephone. */
export async function calendarScenes(studio: Studio): Promise<void> {
  const { camera } = studio;
  await giveTimes(studio);
  const desk = await signedIn(studio, "anna", `/?view=day&date=${date}`);
  const { page } = desk;
  await desk.live();
  await page.locator('.slot-button[data-status="held"]').waitFor();
  await page.locator(".slot-button .who-name").nth(20).waitFor();
  await page.locator("[data-first-free]").first().waitFor();
  await camera.take(page, "calendar");
  await page.emulateMedia({ colorScheme: "dark" });
  await camera.take(page, "calendar-dark");
  await page.emulateMedia({ colorScheme: "light" });
  await move(studio, page);
  await quicker(studio, page);
  await page.getByRole("button", { name: "Week of Dr. Smith" }).click();
  await page.locator('.calendar[data-view="week"] .slot-button[data-status="taken"]').first().waitFor();
  await camera.take(page, "calendar-week");
  await paper(studio, page);
  await sickDay(studio, page);
  await page.context().close();

  const phone = await signedIn(studio, "anna", `/?view=day&date=${date}`, {
    viewport: sizes.phone,
    hasTouch: true,
    isMobile: true,
  });
  await phone.live();
  await phone.page.locator(".slot-button .who-name").first().waitFor();
  await camera.take(phone.page, "calendar-phone");
  await phone.page.context().close();
}

/** Sessions for the people of the clinic, and who comes to them. */
async function giveTimes({ morning }: Studio): Promise<void> {
  const { other } = morning.day;
  const doctors = (await other.get("/api/v1/doctors")).body as { id: string; kind: string }[];
  for (const [d, { id }] of doctors.filter(({ kind }) => kind === "person").entries()) {
    const minutes = d % 3 === 2 ? 20 : 15;
    const body = [1, 2, 3, 4, 5].flatMap((weekday) => [
      {
        weekday,
        starts_at: d % 2 === 0 ? "08:00" : "09:00",
        ends_at: "12:00",
        slot_minutes: minutes,
        valid_from: date,
      },
      { weekday, starts_at: "13:00", ends_at: d === 4 ? "15:00" : "16:00", slot_minutes: minutes, valid_from: date },
    ]);
    await other.call("put /api/v1/doctors/{id}/schedule", { id, body });
    const slots = (await other.get(`/api/v1/doctors/${id}/slots?from=${date}&until=${date}`)).body;
    const taken = (slots as { starts_at: string }[]).filter((_slot, n) => (n * 7 + d * 3) % 5 < 2);
    for (const [n, { starts_at }] of taken.entries()) {
      const patient = await other.addPatient({ ...invent(200 + d * 20 + n), age: undefined, gender: undefined });
      const reason = n % 3 === 0 ? { reason: "Check-up" } : {};
      await other.post("/api/v1/appointments", { patient_id: patient.id, doctor_id: id, starts_at, ...reason });
    }
    const [held] = (slots as { starts_at: string }[]).filter((slot) => !taken.includes(slot)).slice(2);
    if (d === 1) await other.post("/api/v1/slot-holds", { doctor_id: id, starts_at: held?.starts_at });
  }
}

/** An appointment has been taken up, and its new time is looked for. */
async function move({ camera }: Studio, page: Page): Promise<void> {
  await page.locator('.slot-button[data-status="taken"]').nth(1).click();
  await page.locator(".panel").getByRole("button", { name: "Move…" }).click();
  await page.locator(".errand").waitFor();
  await camera.take(page, "calendar-move");
  await page.keyboard.press("Escape");
  await page.locator(".errand").waitFor({ state: "detached" });
}

/** Another desk was quicker by a moment. */
async function quicker({ camera, morning }: Studio, page: Page): Promise<void> {
  const { other } = morning.day;
  const patient = await other.addPatient({ name: "Rita Rival" });
  await page.route(
    /slot-holds$/,
    async (route) => {
      const { doctor_id, starts_at } = route.request().postDataJSON() as { doctor_id: string; starts_at: string };
      await other.post("/api/v1/appointments", { patient_id: patient.id, doctor_id, starts_at });
      await route.continue();
    },
    { times: 1 },
  );
  await page.locator(free).nth(6).click();
  await page.locator('[data-hold="refused"]').waitFor();
  await page.keyboard.type("lopez");
  await page.locator('[data-option="patient"]').first().waitFor();
  await camera.take(page, "calendar-taken");
  await page.keyboard.press("Escape");
  await page.locator("dialog[open]").waitFor({ state: "detached" });
}

/** What the patient takes home. */
async function paper({ camera }: Studio, page: Page): Promise<void> {
  await page.locator(`.slot-column[data-date="${date}"] .slot-button[data-status="taken"]`).first().click();
  await page.locator(".panel").getByRole("button", { name: "Confirmation" }).click();
  await page.locator(".confirmation .qr").waitFor();
  await page.emulateMedia({ media: "print" });
  // 80 mm at 96 dots an inch.
  await page.setViewportSize({ width: 302, height: 560 });
  await camera.take(page, "print-confirmation");
  await page.emulateMedia({ media: "screen" });
  await page.setViewportSize(sizes.desk);
  await page.keyboard.press("Escape");
  await page.locator("dialog[open]").waitFor({ state: "detached" });
}

/** A doctor is ill: the question with the number, and then whom to telephone. */
async function sickDay({ camera }: Studio, page: Page): Promise<void> {
  await page.getByRole("button", { name: "Ill…" }).click();
  const cancel = page.getByRole("button", { name: /^Cancel \d+ appointments/ });
  await cancel.waitFor();
  await camera.take(page, "sick-day");
  await cancel.click();
  const lines = page.locator("[data-call]");
  await lines.nth(3).waitFor();
  await lines.nth(0).getByRole("button", { name: "Told", exact: true }).click();
  await lines.nth(0).getByRole("button", { name: "Not told yet" }).waitFor();
  await lines.nth(1).getByRole("button", { name: "No answer" }).click();
  await lines.nth(1).getByText("tried once").waitFor();
  await camera.take(page, "sick-day-telephone");
  await page.keyboard.press("Escape");
}
