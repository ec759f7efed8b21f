import { expect } from "chai";
import type { Browser, Page } from "playwright-core";
import { createAccount } from "../../../support/accounts.ts";
import { findBarriers } from "../../../support/axe.ts";
import { openBrowser } from "../../../support/browser.ts";
import { eventually } from "../../../support/eventually.ts";
import { expectOpenToAll } from "../../../support/open-to-all.ts";
import type { StaffPage } from "../../../support/staff-page.ts";
import { TimedDay, type Timed } from "../calendar/timed-day.ts";

describe("the waitlist at the Desk", function () {
  this.timeout(60_000);
  let browser: Browser;
  let timed: TimedDay;
  let desk: StaffPage;
  let page: Page;
  let smith: string;
  let cajal: Timed;
  before(async () => {
    browser = await openBrowser();
    timed = await TimedDay.begin(browser);
    ({ desk, page } = timed);
    smith = await timed.addDoctor("Dr. Smith", "09:00", "12:00", { specialty: "Cardiology" });
    await createAccount(timed.day.clinic, "ben");
    cajal = await timed.book(smith, "Ramón y Cajal", "11:00");
    page.setDefaultTimeout(8_000);
    await timed.open();
  });
  after(async () => {
    await browser?.close();
    await timed?.close();
  });

  const dialog = () => page.locator("dialog[open]");
  const match = (patientId: string) => page.locator(`[data-match="${patientId}"]`);
  const waitlist = async (): Promise<Record<string, string>[]> => (await timed.day.other.get("/api/v1/waitlist")).body;

  /** Somebody who waits for the doctor, today. */
  async function wait(name: string): Promise<{ id: string; patientId: string }> {
    const { other, today } = timed.day;
    const { id: patientId } = await other.addPatient({ name });
    const body = { patient_id: patientId, doctor_id: smith, from: today, until: today };
    const answer = await other.post("/api/v1/waitlist", body);
    expect(answer.status, JSON.stringify(answer.body)).to.equal(201);
    return { id: answer.body.id, patientId };
  }

  /** A time that somebody had becomes free, and the Desk is told. */
  async function free(clock: string): Promise<void> {
    const tasks = async (): Promise<number> => (await timed.day.other.get("/api/v1/tasks?state=open")).body.length;
    const before = await tasks();
    const booked = await timed.book(smith, `Leaves at ${clock}`, clock);
    await timed.day.other.post(`/api/v1/appointments/${booked.id}/cancellation`, {});
    expect(await tasks()).to.equal(before + 1);
    await page.getByRole("button", { name: `Tasks ${before + 1}` }).waitFor();
  }

  async function openOffer(clock: string): Promise<void> {
    await desk.click(page.getByRole("button", { name: /^Tasks/ }));
    const task = page.locator("[data-task]", { hasText: clock });
    await desk.click(task.getByRole("button", { name: "Whom to telephone…" }));
    await dialog()
      .getByRole("heading", { name: new RegExp(`${clock}.* is free`) })
      .waitFor();
  }

  it("puts a patient on it from their drawer, with what they would give up", async () => {
    await page.locator(`.row[data-appointment-id="${cajal.id}"]`).getByText("Ramón y Cajal").click();
    await page
      .locator(".panel")
      .getByRole("button", { name: /Patient/ })
      .click();
    await dialog().getByRole("button", { name: "Waitlist…" }).waitFor();
    desk.takeInteractions();
    await desk.click(dialog().getByRole("button", { name: "Waitlist…" }));
    await dialog().getByLabel("Gives up for it").selectOption({ index: 1 });
    await desk.fill(dialog().getByLabel("Note"), "Mornings only");
    expect(await findBarriers(page)).to.deep.equal([]);
    await desk.press("Enter");
    await dialog().waitFor({ state: "detached" });

    expect(desk.takeInteractions()).to.be.at.most(4);
    await page.locator(".last-line").getByText("on the waitlist").waitFor();
    const [place] = await waitlist();
    expect(place).to.include({ doctor_id: smith, appointment_id: cajal.id, note: "Mornings only" });
  });

  it("shows within a second that a time is free, and books it for whoever takes it, for what they had", async () => {
    await free("09:30");
    await openOffer("09:30");
    await match(cajal.patientId).getByText("Mornings only").waitFor();
    expect(await findBarriers(page)).to.deep.equal([]);
    await desk.click(match(cajal.patientId).getByRole("button", { name: /^Took it/ }));

    await dialog()
      .getByText(/has .*09:30.* with .*Dr. Smith/)
      .waitFor();
    expect(desk.takeInteractions()).to.be.at.most(3);
    expect(await timed.read(cajal.id)).to.include({ status: "cancelled", outcome: "rescheduled" });
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Tasks 0" }).waitFor();
  });

  it("notes with one press who did not answer and who said no, and asks the one no more", async () => {
    const [silent, no] = [await wait("Silent Sam"), await wait("Nora No")];
    await free("10:00");
    await openOffer("10:00");
    await match(no.patientId).waitFor();
    desk.takeInteractions();
    await desk.click(match(silent.patientId).getByRole("button", { name: /^No answer/ }));
    await match(silent.patientId).getByText("tried once").waitFor();
    await desk.click(match(no.patientId).getByRole("button", { name: /^No:/ }));
    await match(no.patientId).waitFor({ state: "detached" });

    expect(desk.takeInteractions()).to.equal(2);
    expect(await match(silent.patientId).count()).to.equal(1);
    await page.keyboard.press("Escape");
  });

  it("says who gave a time away where another desk was quicker, and leaves everything as it was", async () => {
    const quick = await wait("Quick Quinn");
    const ben = timed.day.clinic.restAs(await timed.day.clinic.tokenFor({ role: "staff", name: "Ben" }));
    await free("10:30");
    await openOffer("10:30");
    await match(quick.patientId).waitFor();
    const [silent] = await waitlist();
    // The page does not hear of it before it is pressed.
    await page.route("**/api/v1/waitlist/*/booking", async (route) => {
      const taken = await ben.post(`/api/v1/waitlist/${quick.id}/booking`, {
        doctor_id: smith,
        starts_at: timed.at("10:30"),
      });
      expect(taken.status, JSON.stringify(taken.body)).to.equal(201);
      await route.continue();
    });
    const silentId = (silent as unknown as { patient: { id: string } }).patient.id;
    await match(silentId)
      .getByRole("button", { name: /^Took it/ })
      .click();

    await dialog()
      .getByText(/Ben.* gave this time away just now/)
      .waitFor();
    await page.unroute("**/api/v1/waitlist/*/booking");
    expect((await waitlist()).map(({ id }) => id)).to.include(silent?.["id"]);
    await page.keyboard.press("Escape");
  });

  it("lists who waits, changes until when, and takes them off", async () => {
    await page.getByRole("button", { name: /^Tasks/ }).click();
    await dialog().getByRole("button", { name: "Waitlist…" }).click();
    const lines = page.locator("[data-waiting]");
    await lines.first().waitFor();
    for (const direction of ["rtl", "ltr"]) {
      await page.evaluate(`document.documentElement.dir = "${direction}"`);
      await expectOpenToAll(page, direction);
    }
    const count = await lines.count();
    await lines
      .first()
      .getByRole("button", { name: /^Change/ })
      .click();
    await dialog().getByLabel("Until", { exact: true }).fill("31.12.2099");
    await page.keyboard.press("Enter");
    await lines.first().getByText("2099").or(lines.first().getByText("31 Dec")).waitFor();
    await lines.first().getByRole("button", { name: /^Take/ }).click();

    await eventually(async () => expect(await lines.count()).to.equal(count - 1));
    expect(await waitlist()).to.have.length(count - 1);
    expect(desk.complaints.filter((text) => !/status of (401|409)/.test(text))).to.deep.equal([]);
  });
});
