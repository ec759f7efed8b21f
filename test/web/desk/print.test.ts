import { expect } from "chai";
import type { Browser, Page } from "playwright-core";
import { openBrowser } from "../../support/browser.ts";
import { Clinic } from "../../support/clinic.ts";
import { StaffPage } from "../../support/staff-page.ts";

describe("what the Desk prints", function () {
  this.timeout(60_000);
  let clinic: Clinic;
  let browser: Browser;
  let page: Page;
  let ticket: string;
  before(async () => {
    clinic = await Clinic.open();
    const { rest } = clinic;
    const { body: room } = await rest.post("/api/v1/rooms", { name: "Room 12" });
    const doctor = await rest.addDoctor({ name: "Dr. Quill", room_id: room.id });
    const patient = await rest.addPatient({ name: "Paula Paper", birth_date: "1970-01-02" });
    const booked = await rest.book(patient.id, doctor.id, await rest.today());
    await rest.checkIn(booked.id, patient.id);
    ticket = booked.ticket;
    browser = await openBrowser();
    const desk = await StaffPage.open(browser);
    ({ page } = desk);
    await desk.goto(`${clinic.address}/`);
    await page.locator(".row").first().waitFor();
  });
  after(async () => {
    await browser?.close();
    await clinic?.close();
  });
  afterEach(async () => {
    await page.emulateMedia({ media: "screen" });
    await page.keyboard.press("Escape");
  });

  it("is a ticket of 80 mm with the number, the doctor, the room, and no name of a patient", async () => {
    await page.locator(".row .row-open").first().click();
    await page.getByRole("button", { name: "Ticket", exact: true }).click();
    await page.locator("dialog[open] .ticket-paper").waitFor();
    await page.emulateMedia({ media: "print" });

    const paper = page.locator(".ticket-paper");
    expect(await paper.innerText())
      .to.include(ticket)
      .and.include("Dr. Quill")
      .and.include("Room 12")
      .and.not.match(/Paula|Paper/);
    expect((await paper.boundingBox())?.width).to.be.at.most((80 / 25.4) * 96);
    expect(await page.locator(".cards").isVisible()).to.equal(false);
    expect(await page.locator(".brand-line").isVisible()).to.equal(false);
  });

  it("is the day's list with everybody on it, and nothing of the page", async () => {
    await page.getByRole("button", { name: "Day’s list" }).click();
    await page.locator("dialog[open] .paper").waitFor();
    await page.emulateMedia({ media: "print" });

    expect(await page.locator(".paper").innerText()).to.match(/Dr\. Quill[\s\S]*Paula Paper[\s\S]*2 January 1970/);
    expect(await page.getByRole("button", { name: "Print", exact: true }).isVisible()).to.equal(false);
    expect(await page.locator(".cards").isVisible()).to.equal(false);
  });
});
