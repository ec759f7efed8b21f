import { expect } from "chai";
import type { Browser, Page } from "playwright-core";
import { openBrowser } from "../../support/browser.ts";
import { ClinicDay, type Visit } from "../../support/clinic-day.ts";
import { expectOpenToAll } from "../../support/open-to-all.ts";
import { ProxiedSystem } from "../../support/proxied-system.ts";
import { sizes, StaffPage } from "../../support/staff-page.ts";
import { secret } from "../../support/tokens.ts";

describe("the Desk for everybody", function () {
  this.timeout(120_000);
  let proxied: ProxiedSystem;
  let day: ClinicDay;
  let browser: Browser;
  let desk: StaffPage;
  let page: Page;
  let visits: Visit[];
  before(async () => {
    proxied = await ProxiedSystem.open({ AUTH_SECRET: secret });
    day = await ClinicDay.begin(proxied.system);
    browser = await openBrowser();
    desk = await StaffPage.open(browser);
    ({ page } = desk);
  });
  after(async () => {
    await browser?.close();
    await proxied?.close();
  });

  it("before signing in, and with a wrong password", async () => {
    await desk.goto(proxied.address);
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
    await expectOpenToAll(page, "signed out");
    await desk.signIn("anna", "not the password");
    await page.getByRole("alert").getByText("Wrong name or password").waitFor();
    await expectOpenToAll(page, "refused");
  });

  it("empty", async () => {
    await desk.signIn("anna");
    await page.getByText("No doctors yet").waitFor();
    await expectOpenToAll(page, "empty");
  });

  it("busy, with long, Arabic and Chinese names", async () => {
    const smith = await day.addDoctor("Dr. Smith", "Room 1");
    const ng = await day.addDoctor("Dr. Ng von und zu Hohenzollern-Sigmaringen", "Room with a very long name");
    const names = [
      "María López",
      "مريم الحسن",
      "山田太郎",
      "Anna-Maria Hohenzollern-Sigmaringen-Schwarzenberg",
      "Maria Lopez",
    ];
    visits = [];
    for (const doctor of [smith, ng]) {
      for (const name of names) visits.push(await day.waiting(doctor, name, { needs: { fetch: true } }));
      await day.book(doctor, "Still to come");
    }
    const [first, second, third, fourth] = visits as [Visit, Visit, Visit, Visit];
    await day.act(first, "call");
    await day.act(second, "hold");
    await day.act(third, "prioritise", { priority: 2, reason: "pain" });
    await day.act(fourth, "leave");
    await day.act(visits[5] as Visit, "start");
    await page.locator(`[data-appointment-id="${visits[5]?.id}"][data-stage="in_consultation"]`).waitFor();
    await expectOpenToAll(page, "busy");
  });

  it("searching", async () => {
    await page.keyboard.press("F2");
    await page.keyboard.type("mar");
    await page.locator('[data-option="new"]').waitFor();
    await expectOpenToAll(page, "searching");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Escape");
  });

  it("with the panel of a row open, also with an action refused", async () => {
    const visit = visits[2] as Visit;
    await page.locator(`.row[data-appointment-id="${visit.id}"] .row-open`).click();
    const panel = page.locator(`[data-panel="${visit.id}"]`);
    await panel.locator(".why-here").waitFor();
    await expectOpenToAll(page, "panel");
    await panel.getByRole("button", { name: "Call", exact: true }).click();
    await panel.locator('[data-action="refused"]').waitFor();
    await expectOpenToAll(page, "refused action");
    await page.keyboard.press("Escape");
  });

  it("with each dialog open", async () => {
    const open: Record<string, () => Promise<unknown>> = {
      "doctor's day": () => page.locator(".card-of-doctor h2 button").first().click(),
      tasks: () => page.getByRole("button", { name: /^Tasks/ }).click(),
      closing: () => page.getByRole("button", { name: "Closing" }).click(),
      "day's list": () => page.getByRole("button", { name: "Day’s list" }).click(),
      account: () => page.locator(".account .who").click(),
      "new patient": async () => {
        await page.keyboard.press("F2");
        await page.keyboard.type("Somebody New");
        await page.locator('[data-option="new"]').waitFor();
        await page.keyboard.press("Enter");
      },
      patient: async () => {
        await page.locator(".row .row-open").first().click();
        await page.getByRole("button", { name: "Patient…" }).click();
        await page.getByText("Export all").waitFor();
      },
    };
    for (const [state, act] of Object.entries(open)) {
      await act();
      await page.locator("dialog[open], .menu").first().waitFor();
      await expectOpenToAll(page, state);
      await page.keyboard.press("Escape");
      await page.locator("dialog[open], .menu").waitFor({ state: "detached" });
      await page.keyboard.press("Escape");
    }
  });

  it("with those who wait for a doctor that has gone", async () => {
    const doctorId = visits[0]?.doctorId ?? "";
    const setDay = (state: string) =>
      day.other.call("put /api/v1/doctors/{id}/day", { id: doctorId, query: `?date=${day.today}`, body: { state } });
    await setDay("absent");
    await page.locator('[data-attention="stranded"]').click();
    await page.locator("[data-stranded]").first().waitFor();
    await expectOpenToAll(page, "stranded");
    await page.keyboard.press("Escape");
    await setDay("present");
    await page.locator('[data-attention="stranded"]').waitFor({ state: "detached" });
  });

  it("in German, from right to left", async () => {
    await page.locator(".account .who").click();
    await page.getByLabel("Language").selectOption("de");
    await page.getByRole("button", { name: "Abmelden" }).waitFor();
    await page.keyboard.press("Escape");
    expect(await page.evaluate("document.documentElement.lang")).to.equal("de");
    await page.evaluate("document.documentElement.dir = 'rtl'");
    await expectOpenToAll(page, "right to left");
    // In the order of reading: the number before the name, the name before the time.
    const boxes = page.locator(".row").first();
    const left = async (part: string): Promise<number> => (await boxes.locator(part).first().boundingBox())?.x ?? 0;
    expect(await left(".ticket")).to.be.greaterThan(await left(".who-name"));
    expect(await left(".who-name")).to.be.greaterThan(await left(".row-time"));
    await boxes.locator(".row-open").click();
    const inHead = async (part: string): Promise<number> =>
      (await page.locator(`.panel-head ${part}`).first().boundingBox())?.x ?? 0;
    expect(await inHead("h2 b")).to.be.greaterThan(await inHead("button"));
    await page.keyboard.press("Escape");
    await page.locator(".panel").waitFor({ state: "detached" });
    await page.evaluate("document.documentElement.dir = 'ltr'");
    await page.locator(".account .who").click();
    await page.getByLabel("Sprache").selectOption("en");
    await page.keyboard.press("Escape");
  });

  it("at 200 %, with targets for fingers, and without motion or colours", async () => {
    await page.setViewportSize({ width: 640, height: 330 });
    const overflow = (await page.evaluate("document.documentElement.scrollWidth - innerWidth")) as number;
    expect(overflow).to.be.at.most(0);
    await page.locator(".row .row-open").first().scrollIntoViewIfNeeded();
    await page.emulateMedia({ forcedColors: "active", reducedMotion: "reduce", colorScheme: "light" });
    expect(await page.evaluate("document.querySelector('.called-word .word').offsetWidth")).to.be.greaterThan(20);
    await page.emulateMedia({ forcedColors: "none", reducedMotion: "no-preference" });
    await page.setViewportSize(sizes.desk);

    const touch = await StaffPage.open(browser, { hasTouch: true, isMobile: true, viewport: sizes.phone });
    await touch.goto(proxied.address);
    // The Chromium of the tests is one process, whose contexts share their cookies.
    if ((await touch.page.locator("#name, .row").first().getAttribute("id")) === "name") await touch.signIn("anna");
    await touch.live();
    // "Today" is not shown where it is today already.
    const pressed = touch.page
      .locator(".row-open, .row-quick, .next-step, .brand-line button")
      .filter({ visible: true });
    const boxes = await Promise.all((await pressed.all()).map((one) => one.boundingBox()));
    const heights = boxes.map((box) => box?.height ?? 0);
    expect(heights.length).to.be.greaterThan(10);
    expect(Math.min(...heights)).to.be.at.least(43);
  });

  it("without a connection", async () => {
    proxied.cut();
    await page.locator('[data-connection="offline"]').waitFor();
    await expectOpenToAll(page, "offline");
    proxied.mend();
    await desk.live();
  });
});
