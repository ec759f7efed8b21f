import type { Visit } from "../../support/clinic-day.ts";
import { sizes } from "../../support/staff-page.ts";
import { signedIn, type Studio } from "../studio.ts";

/** Dr. Smith at work: with somebody, when an emergency comes, between two, and by phone. */
export async function doctorScenes(studio: Studio): Promise<void> {
  const { camera, morning } = studio;
  const [inside, next, emergency] = (morning.visits[0] ?? []).slice(3) as [Visit, Visit, Visit];
  const doctor = await signedIn(studio, "smith", "/doctor");
  const { page } = doctor;
  await doctor.live();
  await page
    .getByText(/with you for/)
    .first()
    .waitFor();
  await camera.take(page, "doctor-inside");

  await morning.day.act(emergency, "prioritise", { priority: 2, reason: "Chest pain" });
  await page.getByText("Emergency:").first().waitFor();
  await camera.take(page, "doctor-emergency");
  await morning.day.act(emergency, "prioritise", { priority: 0, reason: "Seen by the nurse" });

  await morning.day.act(inside, "serve");
  const call = page.getByRole("button", { name: `Call ${next.ticket}` });
  await call.first().waitFor();
  await camera.take(page, "doctor-call");
  await doctor.page.context().close();

  const phone = await signedIn(studio, "smith", "/doctor", { viewport: sizes.phone, hasTouch: true, isMobile: true });
  await phone.live();
  await morning.day.act(next, "call");
  await phone.page
    .getByRole("button", { name: `Start ${next.ticket}` })
    .first()
    .waitFor();
  await camera.take(phone.page, "doctor-phone");
  await phone.page.context().close();
}
