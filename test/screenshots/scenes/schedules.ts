import { signedIn, type Studio } from "../studio.ts";

/** After the scenes of the calendar: a doctor's week as a manager makes it, and whom to telephone about a free time. */
export async function scheduleScenes(studio: Studio): Promise<void> {
  const { camera } = studio;
  const manager = await signedIn(studio, "maria", "/manage#schedules");
  const { page } = manager;
  await page.getByLabel("Doctor or service").selectOption({ label: "Dr. Ng · Dermatology" });
  await page.locator(".week .session").nth(9).waitFor();
  await camera.take(page, "manage-schedule");
  await page.getByRole("button", { name: /^Add a session on .?Saturday/ }).click();
  await page.locator("dialog[open]").getByLabel("Minutes for each appointment").waitFor();
  await camera.take(page, "manage-session");
  await page.context().close();
  await waitlist(studio);
}

/** Two wait, and somebody cancels. */
async function waitlist(studio: Studio): Promise<void> {
  const { camera, morning } = studio;
  const { other } = morning.day;
  const doctors = (await other.get("/api/v1/doctors")).body as { id: string; name: string }[];
  const doctor = doctors.find(({ name }) => name === "Dr. Ng");
  if (!doctor) throw new Error("There is no Dr. Ng");
  const people = [
    { name: "Ines Okafor", phone: "+49 30 555 014", note: "Mornings only" },
    { name: "Jonas Weber", phone: "+49 30 555 027" },
  ];
  for (const { note, ...person } of people) {
    const { id } = await other.addPatient(person);
    const dates = { from: "2026-11-23", until: "2026-12-18" };
    await other.post("/api/v1/waitlist", { patient_id: id, doctor_id: doctor.id, ...dates, ...(note && { note }) });
  }
  const { id } = await other.addPatient({ name: "Lena Roth" });
  const [slot] = (await other.get("/api/v1/slots?specialty=Dermatology")).body as { starts_at: string }[];
  const booked = await other.post("/api/v1/appointments", {
    patient_id: id,
    doctor_id: doctor.id,
    starts_at: slot?.starts_at,
  });
  await other.post(`/api/v1/appointments/${booked.body.id}/cancellation`, {});

  const desk = await signedIn(studio, "anna", "/");
  await desk.live();
  await desk.page.getByRole("button", { name: /^Tasks/ }).click();
  await desk.page.getByRole("button", { name: "Whom to telephone…" }).click();
  await desk.page.locator("[data-match]").nth(1).waitFor();
  await camera.take(desk.page, "waitlist-offer");
  await desk.page.context().close();
}
