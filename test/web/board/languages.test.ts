import { expect } from "chai";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { findBarriers } from "../../support/axe.ts";
import { openBrowser } from "../../support/browser.ts";
import { Clinic } from "../../support/clinic.ts";
import { WaitingRoom, type Doctor } from "./waiting-room.ts";

describe("the languages of the board", function () {
  this.timeout(60_000);
  let clinic: Clinic;
  let room: WaitingRoom;
  let doctor: Doctor;
  let browser: Browser;
  before(async () => {
    clinic = await Clinic.open({ name: "Praxis am Markt" });
    room = new WaitingRoom(clinic);
    doctor = await room.addDoctor("Dr. Weiß", "A", { room: "3" });
    await room.arrive(doctor);
    browser = await openBrowser();
  });
  after(async () => {
    await browser.close();
    await clinic.close();
  });

  const speak = async (...languages: string[]): Promise<void> => {
    await clinic.sql`update clinics set languages = string_to_array(${languages.join()}, ',') where id = ${clinic.id}`;
  };
  /** A board, and the catalogues of words that it loaded. */
  async function open(query = "", options: BrowserContextOptions = {}): Promise<[Page, string[]]> {
    const page = await (await browser.newContext({ locale: "en-GB", ...options })).newPage();
    const catalogues: string[] = [];
    page.on("request", (request) => {
      const [, tag] = /\/assets\/(en|de)-[^/]+\.js$/.exec(request.url()) ?? [];
      if (tag !== undefined) catalogues.push(tag);
    });
    await page.goto(`${clinic.address}/screen${query}`);
    await page.locator('.board[data-connection="live"]').waitFor();
    return [page, catalogues];
  }
  const language = (page: Page): Promise<unknown> => page.evaluate("document.documentElement.lang");

  it("are led by the clinic's own, whatever the television's, and no other is loaded", async () => {
    await speak("de", "en");
    await room.setDay(doctor, { state: "away", returns_at: null });

    const [page, catalogues] = await open();

    await page.getByRole("heading", { name: "Jetzt aufgerufen" }).waitFor();
    await page.getByText("Niemand ist gerade aufgerufen").waitFor();
    await page.getByText("für eine Weile weg").waitFor();
    expect([await language(page), await page.title()]).to.deep.equal(["de", "Wartezimmer"]);
    expect(catalogues).to.deep.equal(["de"]);
    expect(await findBarriers(page)).to.deep.equal([]);
  });

  it("give way to the one that the address names", async () => {
    await speak("de");

    const [page, catalogues] = await open("?lang=en");

    await page.getByRole("heading", { name: "Now calling" }).waitFor();
    expect([await language(page), catalogues]).to.deep.equal(["en", ["en"]]);
  });

  it("are the television's where the clinic's are none of the board's", async () => {
    await speak("tlh");

    const [page] = await open("", { locale: "de-AT" });

    await page.getByRole("heading", { name: "Jetzt aufgerufen" }).waitFor();
  });
});
