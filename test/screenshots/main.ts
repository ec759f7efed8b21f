/**
 * `npm run screenshots`: pictures of the states of all pages, of a real system on an invented morning, in docs/screens/.
 * The clinic's clock, the people and what happens to them are the same each time.
 */
import { createAccount } from "../support/accounts.ts";
import { openBrowser } from "../support/browser.ts";
import { setClinicClock } from "../support/clinic-clock.ts";
import { ClinicDay } from "../support/clinic-day.ts";
import { startCluster, stopCluster } from "../support/database.ts";
import { ProxiedSystem } from "../support/proxied-system.ts";
import { secret } from "../support/tokens.ts";
import { Camera } from "./camera.ts";
import { date, Morning } from "./morning.ts";
import { boardScenes } from "./scenes/board.ts";
import { calendarScenes } from "./scenes/calendar.ts";
import { deskScenes } from "./scenes/desk.ts";
import { doctorScenes } from "./scenes/doctor.ts";
import { firstVisit, manageScenes } from "./scenes/manage.ts";
import { scheduleScenes } from "./scenes/schedules.ts";
import type { Studio } from "./studio.ts";

await startCluster();
const proxied = await ProxiedSystem.open({ AUTH_SECRET: secret });
const { system } = proxied;
await system.sql`update clinics set name = 'Riverside Clinic', daily_capacity = 20 where id = ${system.id}`;
await setClinicClock(system.sql, `${date}T07:30:05Z`);
const morning = new Morning(await ClinicDay.begin(system));
await createAccount(system, "maria", null, "manager");
const browser = await openBrowser({ inOneProcess: false });
const studio: Studio = { proxied, morning, browser, camera: await Camera.open(browser) };
try {
  await firstVisit(studio);
  await morning.addDoctors();
  await createAccount(system, "smith", "DOC1");
  await morning.pass();
  for (const takeScenes of [boardScenes, deskScenes, doctorScenes, manageScenes, calendarScenes, scheduleScenes]) {
    await morning.stop();
    await takeScenes(studio);
  }
  await studio.camera.close();
} finally {
  await browser.close();
  await proxied.close();
  await stopCluster();
}
