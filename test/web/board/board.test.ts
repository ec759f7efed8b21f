import { expect } from "chai";
import type { Browser, Page } from "playwright-core";
import { findBarriers } from "../../support/axe.ts";
import { openBrowser } from "../../support/browser.ts";
import { Clinic } from "../../support/clinic.ts";
import { noon, setClinicClock } from "../../support/clinic-clock.ts";
import { WaitingRoom, type Arrived, type Doctor } from "./waiting-room.ts";

describe("the board of a waiting room", function () {
  this.timeout(60_000);
  let clinic: Clinic;
  let room: WaitingRoom;
  let browser: Browser;
  let page: Page;
  let smith: Doctor;
  let doctors: Doctor[];
  let patients: Arrived[];
  before(async () => {
    clinic = await Clinic.open({ name: "St. Mary’s Clinic" });
    room = new WaitingRoom(clinic);
    smith = await room.addDoctor("Dr. Smith", "A", { room: "3" });
    const others = ["B", "C", "D", "E"].map((prefix) =>
      room.addDoctor(`Dr. ${prefix}`, prefix, { room: `Lab ${prefix}` }),
    );
    doctors = [smith, ...(await Promise.all(others))];
    patients = await Promise.all(doctors.map((one) => room.arrive(one, "Quirinus Weatherwax")));
    await room.arrive(smith);
    browser = await openBrowser();
    page = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
    await page.clock.install();
    await page.goto(`${clinic.address}/screen`);
    await page.locator('.board[data-connection="live"]').waitFor();
  });
  after(async () => {
    await browser.close();
    await clinic.close();
  });

  const now = (ticket: string) => page.locator(`.now [data-ticket="${ticket}"]`);
  const before_ = (ticket: string) => page.locator(`.before [data-ticket="${ticket}"]`);
  const row = ({ id }: Doctor) => page.locator(`[data-doctor-id="${id}"]`);
  const tickets = () => page.locator(".call .ticket").allInnerTexts();
  /** What the browser computed, for each element that the selector finds. */
  const styles = (selector: string, property: string) =>
    page.evaluate<string[]>(
      `[...document.querySelectorAll(${JSON.stringify(selector)})].map((one) => getComputedStyle(one).${property})`,
    );
  /** The one who came first with a doctor. */
  const first = (at: number): [Doctor, Arrived] => [doctors[at] ?? smith, patients[at] ?? { id: "", ticket: "" }];

  it("says where it is, that nobody is called, and who comes next, which is no call", async () => {
    expect(await page.getByRole("heading", { level: 1 }).innerText()).to.equal("St. Mary’s Clinic");
    await page.getByText("Nobody is called now").waitFor();

    expect(await row(smith).locator("li").allInnerTexts()).to.deep.equal(["A1", "A2"]);
    expect(new Set(await styles(".next *", "backgroundColor"))).to.deep.equal(new Set(["rgba(0, 0, 0, 0)"]));
    expect(await findBarriers(page)).to.deep.equal([]);
  });

  it("shows a call as soon as it is made: the ticket and the room, large, solid and highlighted", async () => {
    await room.callNext(smith);

    await now("A1").waitFor();
    expect(await now("A1").innerText()).to.match(/^A1\s+to\s+3$/);
    expect(await now("A1").getAttribute("data-fresh")).to.equal("true");
    const [animation] = await styles('.call[data-ticket="A1"]', "animation");
    expect(animation).to.include("1.5s").and.include(" 3 ");
    expect(await row(smith).locator("li").allInnerTexts()).to.deep.equal(["A2"]);
    await page.clock.fastForward(6_000);
    await page.locator('.now [data-ticket="A1"][data-fresh="false"]').waitFor();
    expect(await findBarriers(page)).to.deep.equal([]);
  });

  it("shows four calls at once, the newest first, and the fifth puts the oldest below, still with the bell", async () => {
    for (const at of [1, 2, 3]) {
      await room.callNext(first(at)[0]);
      await now(first(at)[1].ticket).waitFor();
    }
    expect(await tickets()).to.deep.equal(["D1", "C1", "B1", "A1"]);

    await room.callNext(first(4)[0]);

    await now("E1").waitFor();
    expect(await tickets()).to.deep.equal(["E1", "D1", "C1", "B1"]);
    await before_("A1").and(page.locator('[data-open="true"]')).waitFor();
    expect(await before_("A1").innerText()).to.match(/^A1\s+to\s+3$/);
  });

  it("brings a call that is repeated back to the top, highlighted", async () => {
    await setClinicClock(clinic.sql, new Date(noon.getTime() + 600_000), clinic.id);

    await room.act(first(0)[1], "recall");

    await page.locator('.call:first-child[data-ticket="A1"][data-fresh="true"]').waitFor();
    expect(await tickets()).to.deep.equal(["A1", "E1", "D1", "C1"]);
  });

  it("moves down who is with the doctor, no sooner than somebody could read where to go", async () => {
    await room.act(first(0)[1], "start");
    await room.act(first(4)[1], "serve");
    await page.clock.fastForward(11_000);

    await page.locator('.before [data-ticket="A1"][data-open="false"]').waitFor();
    await page.locator('.before [data-ticket="E1"][data-open="false"]').waitFor();
    expect(await tickets()).to.deep.equal(["D1", "C1", "B1"]);
  });

  it("drops a call that is undone at once, as if it had never been", async () => {
    const arrived = await room.arrive(first(4)[0]);
    const transition = await room.call(arrived, first(4)[0]);
    await now(arrived.ticket).waitFor();

    await room.undo(arrived, transition);

    await now(arrived.ticket).waitFor({ state: "detached" });
    expect(await before_(arrived.ticket).count()).to.equal(0);
    await row(first(4)[0]).getByText(arrived.ticket).waitFor();
  });

  it("says which doctor is not there, until when, and what the doctor wants known", async () => {
    const returnsAt = new Date(noon.getTime() + 5_400_000).toISOString();

    await room.setDay(smith, { state: "away", returns_at: returnsAt, notice: "Runs 20 minutes late" });
    await row(smith).getByText("back 13:30").waitFor();
    await page.locator(".notice").getByText("Dr. Smith: Runs 20 minutes late").waitFor();
    expect(await findBarriers(page)).to.deep.equal([]);
    await room.setDay(smith, { state: "absent", notice: null });

    await row(smith).getByText("not here today").waitFor();
    expect(await page.locator(".notice").count()).to.equal(0);
  });

  it("keeps the highlight still for whoever asks for less motion, and a call solid in the reader's own colours", async () => {
    await page.emulateMedia({ reducedMotion: "reduce", forcedColors: "active" });
    const arrived = await room.arrive(first(1)[0]);
    await room.callNext(first(1)[0], first(1)[1]);
    await now(arrived.ticket).waitFor();

    const [animation] = await styles(`.call[data-ticket="${arrived.ticket}"]`, "animationName");
    const [ofCall] = await styles('.call[data-fresh="false"]', "backgroundColor");
    const [ofPage] = await styles("html", "backgroundColor");
    await page.emulateMedia({ reducedMotion: null, forcedColors: null });

    expect(animation).to.equal("none");
    expect(ofCall).to.be.a("string").and.not.equal(ofPage);
  });

  it("shows nothing of a name", async () => {
    expect(await page.content()).not.to.match(/Quirinus|Weatherwax/);
  });
});
