import { expect } from "chai";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { encode } from "uqr";
import { createAccount, password } from "../support/accounts.ts";
import { findBarriers } from "../support/axe.ts";
import { openBrowser } from "../support/browser.ts";
import { Clinic } from "../support/clinic.ts";
import { System } from "../support/system.ts";
import { eventually } from "../support/eventually.ts";
import type { Rest } from "../support/rest.ts";
import { secret, tokenFor } from "../support/tokens.ts";

describe("screens of the waiting room", function () {
  this.timeout(60_000);
  let clinic: System;
  let staff: Rest;
  let browser: Browser;
  let television: BrowserContext;
  let tv: Page;
  let desk: Page;
  let ticket: string;
  const name = "Quirinus Weatherwax";
  const frames: string[] = [];
  const complaints: string[] = [];
  before(async () => {
    clinic = await System.openWithPages({ AUTH_SECRET: secret });
    staff = clinic.restAs(await tokenFor({ role: "staff" }));
    const doctor = await staff.addDoctor({ name: "Dr. Shown" });
    const patient = await staff.addPatient({ name });
    const today = await staff.today();
    const appointment = await staff.book(patient.id, doctor.id, today);
    ({ ticket } = appointment);
    await staff.checkIn(appointment.id, patient.id);
    await createAccount(clinic.database, "desk");
    browser = await openBrowser();
    television = await browser.newContext();
    tv = await television.newPage();
    desk = await (await browser.newContext()).newPage();
    tv.on("websocket", (socket) => socket.on("framereceived", ({ payload }) => frames.push(String(payload))));
    for (const page of [tv, desk]) {
      await page.clock.install();
      page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
      page.on("pageerror", (error) => complaints.push(error.message));
    }
  });
  after(async () => {
    await browser.close();
    await clinic.close();
  });

  const code = () => tv.locator(".code");
  /** The next time that a screen asks whether its code was entered. */
  const askAgain = (screen: Page): Promise<void> => screen.clock.fastForward(5_000);

  it("shows a code, and tickets once the desk has entered it", async () => {
    await tv.goto(`${clinic.api.address}/screen`);
    await code().waitFor();
    const shown = await code().innerText();
    expect(shown).to.match(/^[B-Z]{4}-[B-Z]{4}$/);
    expect(await tv.locator(".address").innerText()).to.equal(`${new URL(clinic.api.address).host}/screens`);
    const link = `${clinic.api.address}/screens#user_code=${shown}`;
    expect(await tv.locator(".qr path").getAttribute("d")).to.equal(drawn(link));
    expect(await findBarriers(tv)).to.deep.equal([]);

    await desk.goto(link);
    await desk.getByLabel("Name").fill("desk");
    await desk.getByLabel("Password").fill(password);
    await desk.keyboard.press("Enter");
    await desk.locator(".linked-code").getByText(shown).waitFor();
    expect(await desk.getByLabel("Code").count()).to.equal(0);
    expect(await findBarriers(desk)).to.deep.equal([]);
    await desk.getByLabel("Name", { exact: true }).fill("Hall");
    await desk.keyboard.press("Enter");

    await desk.locator("[data-screen-id]").getByText("Hall").waitFor();
    await askAgain(tv);
    await tv.locator(".board").getByText(ticket).waitFor();
    expect(await tv.locator(".board").innerText()).to.include("Dr. Shown");
    expect(await tv.locator(".clock").innerText()).to.match(/^\d\d:\d\d$/);
    expect(await tv.locator(".screen-name").innerText()).to.equal("Hall");
    expect(new URL(desk.url()).hash).to.equal("");
    await desk.getByLabel("Code").waitFor();
  });

  it("shows a change, and keeps its token over a reload", async () => {
    await tv.reload();
    await tv.locator(".board").getByText(ticket).waitFor();
    const today = await staff.today();
    const doctor = await staff.addDoctor({ name: "Dr. Second" });
    const patient = await staff.addPatient({ name });
    const second = await staff.book(patient.id, doctor.id, today);

    await staff.checkIn(second.id, patient.id);

    await tv.locator(".board").getByText(second.ticket, { exact: true }).waitFor();
  });

  it("is told no name, in any frame", async () => {
    expect(frames.join("")).to.include(ticket);
    expect(frames.join("")).not.to.match(/Quirinus|Weatherwax/);
    expect(await tv.content()).not.to.match(/Quirinus|Weatherwax/);
  });

  it("says that a code is not known", async () => {
    await desk.getByLabel("Code").fill("BBBB-BBBB");
    await desk.getByLabel("Name", { exact: true }).fill("Nowhere");
    await desk.keyboard.press("Enter");

    await desk.getByRole("alert").getByText("was not found").waitFor();
  });

  it("goes back to a code once it is revoked, and nothing of the queue stays", async () => {
    await desk.getByRole("button", { name: "Revoke Hall" }).click();
    await desk.keyboard.press("Escape");
    expect(await desk.locator("[data-screen-id]").count()).to.equal(1);
    await desk.getByRole("button", { name: "Revoke Hall" }).click();
    await desk.getByRole("button", { name: "Revoke", exact: true }).click();
    await desk.getByText("No screen is paired yet").waitFor();

    await code().waitFor();

    expect(await tv.content()).not.to.include(ticket);
    await eventually(async () => expect((await television.storageState()).origins).to.deep.equal([]));
  });

  it("can be paired again, also in a browser in which somebody is signed in", async () => {
    await desk.goto(`${clinic.api.address}/screen`);
    await desk.locator(".code").waitFor();
    const userCode = await desk.locator(".code").innerText();

    expect((await staff.post("/api/v1/screens", { user_code: userCode, name: "Desk" })).status).to.equal(201);
    await askAgain(desk);

    await desk.locator('.board[data-connection="live"]').getByText(ticket).waitFor();
  });

  it("shows the doctors of one area alone where it was paired for it, also after a reload", async () => {
    const manager = clinic.restAs(await tokenFor({ role: "manager" }));
    const { body: area } = await manager.post("/api/v1/areas", { name: "First floor" });
    const { body: room } = await manager.post("/api/v1/rooms", { name: "12", area_id: area.id });
    const upstairs = await staff.addDoctor({ name: "Dr. Upstairs", room_id: room.id });
    const { id, patientId } = await staff.bookNew(upstairs.id, await staff.today());
    await staff.checkIn(id, patientId);
    const downstairs = await staff.addDoctor({ name: "Dr. Downstairs" });
    await staff.bookNew(downstairs.id, await staff.today());
    await code().waitFor();
    const shown = await code().innerText();
    frames.length = 0;

    await desk.goto(`${clinic.api.address}/screens#user_code=${shown}`);
    await desk.getByLabel("Shows").selectOption("First floor");
    await desk.getByLabel("Name", { exact: true }).fill("Upstairs");
    await desk.getByRole("button", { name: "Pair" }).click();

    await desk.locator("[data-screen-id]").getByText("First floor").waitFor();
    await askAgain(tv);
    const rows = tv.locator('.board[data-connection="live"] [data-doctor-id]');
    await rows.getByText("Dr. Upstairs").waitFor();
    expect(await rows.count()).to.equal(1);
    await tv.reload();
    await rows.getByText("Dr. Upstairs").waitFor();
    expect(await rows.count()).to.equal(1);
    expect(await tv.getByRole("heading", { level: 1 }).innerText()).to.equal("First floor");
    expect(await tv.locator(".screen-name").innerText()).to.equal("Upstairs");
    expect(frames.join("\n")).to.include("Dr. Upstairs").and.not.include("Dr. Downstairs");
    expect((await manager.delete(`/api/v1/areas/${area.id}`)).body.error).to.equal("InUse");
  });

  it("breaks no rule of the pages’ policy, and no page has a script or a style in its text", async () => {
    expect(complaints.filter((text) => !/status of (400|401|404)|WebSocket/.test(text))).to.deep.equal([]);
    for (const path of ["/", "/screens", "/screen"]) {
      const html = (await clinic.rest.get(path)).body as string;
      expect(html).to.include('<script type="module"');
      expect(html).not.to.match(/<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)/);
    }
  });

  it("says when it lost contact, shows no numbers after five minutes of it, and goes on when it is back", async () => {
    const open = await System.openWithPages();
    const page = await television.newPage();
    try {
      const doctor = await open.rest.addDoctor();
      const { id, patientId } = await open.rest.bookNew(doctor.id, await open.rest.today());
      await open.rest.checkIn(id, patientId);
      const called = await open.rest.bookNew(doctor.id, await open.rest.today());
      await open.rest.checkIn(called.id, called.patientId);
      const call = { action: "call", version: 1, reason: "In pain" };
      expect((await open.rest.post(`/api/v1/appointments/${called.id}/transitions`, call)).status).to.equal(200);
      await page.clock.install();
      await page.goto(`${open.api.address}/screen`);
      const rows = page.locator(".board [data-doctor-id]");
      await page.locator('.board[data-connection="live"] [data-doctor-id]').waitFor();

      open.realtime.signal("SIGSTOP");
      // Until it has asked, waited for an answer, and given up.
      await page.clock.runFor(60_000);
      await page.locator('.board[data-contact="old"]').waitFor();
      await page.getByText(/^Not live since \d\d:\d\d$/).waitFor();
      expect(await rows.count()).to.equal(1);
      expect(await page.locator(".call").count()).to.equal(1);
      expect(await findBarriers(page)).to.deep.equal([]);
      await page.clock.fastForward(300_000);
      await page.getByText("Please ask at the desk").waitFor();
      expect(await rows.count()).to.equal(0);
      expect(await page.locator("[data-ticket]").count()).to.equal(0);

      open.realtime.signal("SIGCONT");
      await eventually(async () => {
        await page.clock.runFor(1_000);
        expect(await rows.count()).to.equal(1);
      });
      await page.locator('.board[data-contact="fresh"]').waitFor();
    } finally {
      await page.close();
      open.realtime.signal("SIGCONT");
      await open.close();
    }
  });

  it("needs no code where nobody signs in", async () => {
    const open = await Clinic.open();
    try {
      const doctor = await open.rest.addDoctor();
      const { id, patientId } = await open.rest.bookNew(doctor.id, await open.rest.today());
      await open.rest.checkIn(id, patientId);
      await tv.goto(`${open.address}/screen`);
      await tv.locator('.board[data-connection="live"] [data-doctor-id]').waitFor();
      expect(await tv.content()).not.to.include("John Doe");

      await tv.goto(`${open.address}/screens`);
      await tv.getByText("screens need no code").waitFor();
    } finally {
      await open.close();
    }
  });
});

/** The dark modules of a text's QR code, as a page draws them. */
function drawn(text: string): string {
  const { data } = encode(text, { ecc: "M", border: 4 });
  return data.flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : ""))).join("");
}
