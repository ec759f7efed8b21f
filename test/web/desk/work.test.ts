import { expect } from "chai";
import type { Browser, CDPSession, Page } from "playwright-core";
import { openBrowser } from "../../support/browser.ts";
import type { Rest } from "../../support/rest.ts";
import { System } from "../../support/system.ts";

type Booked = Awaited<ReturnType<Rest["bookNew"]>>;

const others = 60;

/** Runs in the page from its beginning. */
const countFrames = `
  globalThis.framesAsked = 0;
  const ask = requestAnimationFrame;
  globalThis.requestAnimationFrame = (draw) => {
    framesAsked++;
    return ask(draw);
  };
`;

describe("the work that a change is to the Desk", function () {
  this.timeout(60_000);
  let clinic: System;
  let rest: Rest;
  let browser: Browser;
  let page: Page;
  let cdp: CDPSession;

  before(async () => {
    clinic = await System.openWithPages({ DAILY_CAPACITY: "100" });
    rest = clinic.rest;
    browser = await openBrowser();
    page = await browser.newPage();
    cdp = await page.context().newCDPSession(page);
  });
  after(async () => {
    await browser?.close();
    await clinic?.close();
  });

  it("does not grow with the patients of other doctors", async () => {
    const today = await rest.today();
    const [smith, ng] = [await rest.addDoctor({ name: "Dr. Smith" }), await rest.addDoctor({ name: "Dr. Ng" })];
    const book = (doctorId: string, count: number): Promise<Booked[]> =>
      Promise.all(Array.from({ length: count }, () => rest.bookNew(doctorId, today)));
    const booked = await book(smith.id, 6);
    await page.goto(clinic.api.address);
    await page.locator(`[data-appointment-id="${booked[5]?.id}"]`).waitFor();
    await cdp.send("Profiler.enable");
    await cdp.send("Profiler.startPreciseCoverage", { callCount: true, detailed: false });
    await book(ng.id, 1);
    await page.locator(`[data-doctor-id="${ng.id}"] .card-foot`, { hasText: "1 booked" }).waitFor();

    const before = await fewestCalls(booked.slice(0, 3));
    await book(ng.id, others);
    await page.locator(`[data-doctor-id="${ng.id}"] .card-foot`, { hasText: `${others + 1} booked` }).waitFor();
    const after = await fewestCalls(booked.slice(3));

    expect(after - before, `${before} and ${after} calls`).to.be.below(2 * others);
  });

  it("asks the browser for one frame", async () => {
    const cajal = await rest.addDoctor({ name: "Dr. Cajal" });
    const today = await rest.today();
    const booked = [await rest.bookNew(cajal.id, today), await rest.bookNew(cajal.id, today)];
    await page.addInitScript(countFrames);
    await page.goto(clinic.api.address);
    await page.locator(`[data-appointment-id="${booked[1]?.id}"]`).waitFor();
    const asked: number[] = [];

    for (const { id, patientId } of booked) {
      await settle();
      const before = await page.evaluate<number>("framesAsked");
      await rest.checkIn(id, patientId);
      await page.locator(`[data-appointment-id="${id}"][data-stage="waiting"]`).waitFor();
      asked.push((await page.evaluate<number>("framesAsked")) - before);
    }

    // A timer of the page may do something of its own beside one of them.
    expect(Math.min(...asked), String(asked)).to.equal(1);
  });

  /** How many functions of the page a check-in calls. A timer of the page may do something of its own beside one of them. */
  async function fewestCalls(booked: readonly Booked[]): Promise<number> {
    const counts: number[] = [];
    for (const { id, patientId } of booked) {
      await settle();
      await countCalls();
      await rest.checkIn(id, patientId);
      await page.locator(`[data-appointment-id="${id}"][data-stage="waiting"]`).waitFor();
      await settle();
      counts.push(await countCalls());
    }
    return Math.min(...counts);
  }

  /** Until what a change leads to has been drawn, with what follows when it is. */
  async function settle(): Promise<void> {
    await page.evaluate(
      "new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve))))",
    );
  }

  /** Since it was counted last. */
  async function countCalls(): Promise<number> {
    const { result } = await cdp.send("Profiler.takePreciseCoverage");
    return result
      .filter(({ url }) => url.includes("/assets/"))
      .flatMap(({ functions }) => functions.map(({ ranges: [range] }) => range?.count ?? 0))
      .reduce((sum, count) => sum + count, 0);
  }
});
