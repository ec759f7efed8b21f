import { sizes, StaffPage } from "../../support/staff-page.ts";
import { signedIn, setBrowserClock, type Studio } from "../studio.ts";

/** The television: its code, the calls, and how the staff see it. */
export async function boardScenes(studio: Studio): Promise<void> {
  const { browser, camera, morning, proxied } = studio;
  const television = await StaffPage.open(browser, { viewport: sizes.large });
  const { page } = television;
  await setBrowserClock(page.context());
  await television.goto(`${proxied.address}/screen`);
  await page.locator(".code").waitFor();

  const code = await page.locator(".code").innerText();
  await morning.day.other.post("/api/v1/screens", { user_code: code, name: "Hall" });
  await page.locator('.board[data-connection="live"]').getByText("Dr. Ng").first().waitFor();
  await page.locator(".clock time").waitFor();
  await camera.take(page, "board");

  const staff = await signedIn(studio, "anna", "/screens");
  await staff.page.locator("[data-screen-id]").getByText("Hall").waitFor();
  await camera.take(staff.page, "screens");
  await staff.page.context().close();
  await television.page.context().close();
}
