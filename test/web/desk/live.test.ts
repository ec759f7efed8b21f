import { expect } from "chai";
import type { Browser, Page } from "playwright-core";
import { openBrowser } from "../../support/browser.ts";
import { daysFromNow, startRealtime } from "../../support/clinic.ts";
import { writeShortDay } from "../../../web/shared/times/day.ts";
import { System } from "../../support/system.ts";
import type { Rest } from "../../support/rest.ts";

const later = daysFromNow(200);

describe("the Desk, live", function () {
  this.timeout(60_000);
  let clinic: System;
  let rest: Rest;
  let browser: Browser;
  let page: Page;
  const complaints: string[] = [];

  before(async () => {
    clinic = await System.openWithPages({ CLINIC_TIMEZONE: "Asia/Tokyo" });
    rest = clinic.rest;
    browser = await openBrowser();
    page = await browser.newPage();
    page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(error.message));
  });
  after(async () => {
    await browser.close();
    await clinic.close();
  });

  const connection = (state: string) => page.locator(`[data-connection="${state}"]`);
  const row = (appointmentId: string) => page.locator(`[data-appointment-id="${appointmentId}"]`);

  it("shows a booking and a check-in of the clinic's today without a reload, and escapes what it shows", async () => {
    await page.goto(clinic.api.address);
    await connection("live").waitFor();
    const loads: string[] = [];
    page.on("framenavigated", (frame) => loads.push(frame.url()));
    const today = await rest.today();
    expect(await page.locator(".brand-line h1").innerText()).to.include(writeShortDay(today, "en-GB"));
    const doctor = await rest.addDoctor({ name: "Dr. <b>Bold</b>" });
    const patient = await rest.addPatient({ name: '<img src=x onerror="throw 1"> 山田太郎' });

    const { id } = await rest.book(patient.id, doctor.id, today, { time_slot: 9 });
    await row(id).waitFor();
    expect(await row(id).getAttribute("data-stage")).to.equal("booked");
    expect(await row(id).innerText())
      .to.include('<img src=x onerror="throw 1"> 山田太郎')
      .and.to.include("09:00");
    expect(await page.locator(`[data-doctor-id="${doctor.id}"]`).innerText()).to.include("Dr. <b>Bold</b>");
    await rest.checkIn(id, patient.id);
    await page.locator(`[data-appointment-id="${id}"][data-stage="waiting"]`).waitFor();

    expect(await row(id).getAttribute("data-next")).to.equal("true");
    expect(loads).to.deep.equal([]);
  });

  it("follows the date that is picked", async () => {
    const doctor = await rest.addDoctor({ name: "Dr. Later" });
    const appointment = await rest.bookNew(doctor.id, later);

    await page.getByRole("button", { name: "Another day" }).click();
    await page.getByRole("textbox", { name: "Date" }).fill(later);
    await page.keyboard.press("Enter");

    await row(appointment.id).waitFor();
    expect(await page.locator("[data-doctor-id]").count()).to.equal(1);
  });

  it("says so when the realtime process is gone, and comes back with what it missed by itself", async () => {
    const ports = { API_PORT: clinic.api.port, REALTIME_PORT: clinic.realtime.port };
    await clinic.realtime.stop("SIGKILL");
    await connection("offline").waitFor();
    const doctor = await rest.addDoctor({ name: "Dr. Missed" });
    const appointment = await rest.bookNew(doctor.id, later);

    clinic.realtime = await startRealtime(clinic.database.url, ports);

    await connection("live").waitFor({ timeout: 40_000 });
    await row(appointment.id).waitFor();
  });

  it("complained of nothing but the connection that was cut", () => {
    expect(complaints.filter((text) => !text.includes("WebSocket connection"))).to.deep.equal([]);
  });
});
