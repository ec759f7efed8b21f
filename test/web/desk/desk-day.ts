import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { ClinicDay } from "../../support/clinic-day.ts";
import { Clinic } from "../../support/clinic.ts";
import { StaffPage } from "../../support/staff-page.ts";

/** A day on which one patient is booked with Dr. Smith in Room 1, and a page that has not come to the Desk yet. */
export interface DeskDay {
  day: ClinicDay;
  desk: StaffPage;
  page: Page;
  /** Dr. Smith's id. */
  smith: string;
}

/** @param clinic the one that the day is of; without one, a new one, which the caller closes */
export async function beginDeskDay(
  browser: Browser,
  { clinic, ...options }: BrowserContextOptions & { clinic?: Clinic } = {},
): Promise<DeskDay> {
  const day = await ClinicDay.begin(clinic ?? (await Clinic.openWithSignIn()));
  const smith = await day.addDoctor("Dr. Smith", "Room 1");
  await day.book(smith, "Early Bird");
  const desk = await StaffPage.open(browser, options);
  return { day, desk, page: desk.page, smith };
}
