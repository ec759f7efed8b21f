import { signedIn, type Studio } from "../studio.ts";

/** A clinic that has nothing yet: what its first manager sees, and how a list of doctors comes in. */
export async function firstVisit(studio: Studio): Promise<void> {
  const { camera } = studio;
  const desk = await signedIn(studio, "maria", "/");
  await desk.live();
  await desk.page.getByText("No doctors yet").waitFor();
  await camera.take(desk.page, "desk-empty");
  await desk.page.context().close();

  const manager = await signedIn(studio, "maria", "/manage");
  const { page } = manager;
  await page.getByText("Three steps to the first patient").waitFor();
  await camera.take(page, "manage-first");
  await page.getByRole("button", { name: "Paste a list" }).first().click();
  await page
    .getByLabel("One doctor a line")
    .fill("Dr. Smith, General practice\nDr. Østergård, Cardiology\nDr. Ng; Dermatology\nDr. Ng; Dermatology\n, Nobody");
  await page.getByText("Add 3 doctors").waitFor();
  await camera.take(page, "manage-paste");
  await manager.page.context().close();
}

/** The doctors, the settings, and who did what. */
export async function manageScenes(studio: Studio): Promise<void> {
  const { camera } = studio;
  const manager = await signedIn(studio, "maria", "/manage#doctors");
  const { page } = manager;
  await page.getByText("Dr. Østergård").first().waitFor();
  await camera.take(page, "manage-doctors");
  await page.getByRole("link", { name: "Settings" }).click();
  await page.getByRole("heading", { name: "Settings" }).waitFor();
  await page.locator("form input").first().waitFor();
  await camera.take(page, "manage-settings");
  await page.getByRole("link", { name: "Audit trail" }).click();
  await page.getByRole("heading", { name: "Audit trail" }).waitFor();
  await page.locator("main li").nth(8).waitFor();
  await camera.take(page, "manage-audit");
  await manager.page.context().close();
}
