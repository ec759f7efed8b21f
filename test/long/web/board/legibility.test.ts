import { expect } from "chai";
import type { Browser, Page } from "playwright-core";
import { openBrowser } from "../../../support/browser.ts";
import { Clinic } from "../../../support/clinic.ts";
import { findText } from "../../../web/board/legibility.ts";
import { WaitingRoom, type Doctor } from "../../../web/board/waiting-room.ts";

const screens = [
  { width: 1920, height: 1080 },
  { width: 1280, height: 720 },
  { width: 1080, height: 1920 },
  { width: 390, height: 844 },
];

/** Of a television of 55 inches, five metres away, in hundredths of its shorter side: see board.css. */
const ofCall = 11.4;
const ofText = 5.2;

describe("what a board shows", function () {
  this.timeout(60_000);
  let browser: Browser;
  let page: Page;
  before(async () => {
    browser = await openBrowser();
    page = await browser.newPage();
  });
  after(() => browser.close());

  /** A clinic whose doctors have these names, with two patients of each, one of whom is called. */
  async function openClinic(names: string[], roomOf: (index: number) => string, settings = {}): Promise<Clinic> {
    const clinic = await Clinic.open({ name: "St. Mary’s Clinic", public_specialty: true, ...settings });
    const room = new WaitingRoom(clinic);
    const doctors: Doctor[] = [];
    for (const [index, name] of names.entries()) {
      const prefix = String.fromCharCode(65 + (index % 26)).repeat(1 + Math.floor(index / 26));
      const doctor = await room.addDoctor(name, prefix, { room: roomOf(index), specialty: "Ear, nose and throat" });
      await room.arriveMany(doctor, 2);
      doctors.push(doctor);
    }
    // The first four are called last, so they are shown large.
    for (const doctor of doctors.toReversed()) await room.callNext(doctor);
    const [noted] = doctors;
    if (noted)
      await room.setDay(noted, { notice: "Please ask at the desk for another appointment. ".repeat(2).trim() });
    return clinic;
  }

  async function expectLegible(clinic: Clinic, hasCode = false): Promise<void> {
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      for (const screen of screens) {
        await page.setViewportSize(screen);
        await page.goto(`${clinic.address}/screen`);
        await page.locator('.board[data-connection="live"] .call .ticket[data-size]').first().waitFor();
        if (hasCode) await page.locator(".presence").waitFor();
        const texts = await findText(page);
        const where = `${colorScheme} ${screen.width}`;

        expect(
          texts.filter(({ isCut }) => isCut),
          where,
        ).to.deep.equal([]);
        expect(
          texts.filter(({ contrast }) => contrast < 7),
          where,
        ).to.deep.equal([]);
        expect(
          texts.filter(({ size, of }) => size < ofText && !/text/.test(of)),
          where,
        ).to.deep.equal([]);
        const large = texts.filter(({ of }) => /ticket/.test(of));
        expect(large, where).not.to.deep.equal([]);
        expect(
          large.filter(({ size }) => size < ofCall),
          where,
        ).to.deep.equal([]);
      }
    }
  }

  it("can be read from five metres with one doctor", async () => {
    const clinic = await openClinic(["Dr. Smith"], () => "3");
    try {
      await expectLegible(clinic);
    } finally {
      await clinic.close();
    }
  });

  it("can be read with eight doctors, whatever they and their rooms are called, and with the code to check in with", async () => {
    const names = ["Dr. Maria-Theresia Habsburg-Lothringen", "د. عبد الرحمن الخطيب", "Ng", "Blood tests"];
    const rooms = ["Behandlungszimmer 12", "غرفة الأشعة", "3", "Lab", "Consulting room 4", "صالة 5", "6", "Lab 7"];
    const demanding = { requires_presence_code: true };
    const clinic = await openClinic([...names, ...names], (index) => rooms[index] ?? "", demanding);
    try {
      await expectLegible(clinic, true);
    } finally {
      await clinic.close();
    }
  });

  it("takes turns by pages with thirty doctors, and comes to each of them", async () => {
    const names = Array.from({ length: 30 }, (_, index) => `Dr. Number ${index}`);
    const clinic = await openClinic(names, (index) => `${100 + index}`);
    try {
      await expectLegible(clinic);
      await page.setViewportSize({ width: 1920, height: 1080 });
      await page.clock.install();
      await page.goto(`${clinic.address}/screen`);
      await page.locator(".page-number").waitFor();
      const [, pages] = (await page.locator(".page-number").innerText()).split(" / ");
      const seen = new Set<string>();
      for (let turn = 0; turn < Number(pages); turn++) {
        await page
          .locator(".page-number")
          .getByText(`${turn + 1} / ${pages}`)
          .waitFor();
        for (const ticket of await shownRows()) seen.add(ticket);
        await page.clock.fastForward(12_000);
      }
      expect(seen.size).to.equal(30);
    } finally {
      await clinic.close();
    }
  });

  /** The doctors on the page of the list that is shown. */
  async function shownRows(): Promise<string[]> {
    return page.evaluate<string[]>(`(() => {
      const list = document.querySelector(".next > ul");
      const left = list.getBoundingClientRect().left;
      const isShown = (row) => Math.abs(row.getBoundingClientRect().left - left) < 2;
      return [...list.children].filter(isShown).map((row) => row.dataset.doctorId);
    })()`);
  }
});
