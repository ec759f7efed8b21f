import { expect } from "chai";
import type { Browser, Page } from "playwright-core";
import { openBrowser } from "../../../support/browser.ts";
import type { ClinicDay, Visit } from "../../../support/clinic-day.ts";
import { clinicId } from "../../../support/default-clinic.ts";
import { ProxiedSystem } from "../../../support/proxied-system.ts";
import type { StaffPage } from "../../../support/staff-page.ts";
import { secret } from "../../../support/tokens.ts";
import { beginDeskDay } from "../../../web/desk/desk-day.ts";

describe("the Desk in a bad network", function () {
  this.timeout(90_000);
  let proxied: ProxiedSystem;
  let day: ClinicDay;
  let browser: Browser;
  let desk: StaffPage;
  let page: Page;
  let smith: string;
  before(async () => {
    proxied = await ProxiedSystem.open({ AUTH_SECRET: secret });
    browser = await openBrowser();
    ({ day, desk, page, smith } = await beginDeskDay(browser, { clinic: proxied.system }));
    await desk.beginAt(proxied.address);
  });
  after(async () => {
    await browser?.close();
    await proxied?.close();
  });
  afterEach(async () => {
    proxied.slowDown(0);
    proxied.mend();
    await page.keyboard.press("Escape");
  });

  const row = ({ id }: Visit) => page.locator(`.row[data-appointment-id="${id}"]`);
  const openRow = (visit: Visit) => row(visit).locator(".row-open");
  const panel = ({ id }: Visit) => page.locator(`[data-panel="${id}"]`);
  const told = (visit: Visit) => panel(visit).locator(".action-notice");

  it("shows at once that an action is under way when the network takes 2 s each way, and does it once", async () => {
    const visit = await day.waiting(smith, "Slow Net");
    await openRow(visit).click();
    proxied.slowDown(2_000);

    const hold = panel(visit).getByRole("button", { name: "Hold" });
    await hold.click();
    await page.locator(`.row[data-appointment-id="${visit.id}"][aria-busy="true"]`).waitFor({ timeout: 1_000 });
    expect(await day.stage(visit)).to.equal("waiting");
    await hold.click({ force: true });
    await hold.click({ force: true });

    await day.becomes(visit, "on_hold");
    await page.locator(".last-line").getByText(`you put ${visit.ticket} on hold`).waitFor();
    expect(await day.count(visit, "hold")).to.equal(1);
  });

  it("sends nothing while there is no connection, says so, keeps what was typed, and goes on", async () => {
    const visit = await day.waiting(smith, "Off Line");
    await openRow(visit).click();
    await panel(visit).locator("label.chip", { hasText: "Other reason" }).click();
    await panel(visit).getByLabel("Other reason").last().fill("has to catch a train");
    proxied.cut();
    await page.locator('[data-connection="offline"]').waitFor();

    const urgent = panel(visit).getByRole("button", { name: "Urgent" });
    for (const button of [urgent, panel(visit).locator(".main-action"), page.locator(".next-step").first()]) {
      expect(await button.getAttribute("aria-disabled")).to.equal("true");
      expect(await button.getAttribute("title")).to.match(/^No connection since \d\d:\d\d\./);
    }
    await urgent.click({ force: true });

    await told(visit)
      .getByText(/^No connection since \d\d:\d\d\. Your text is kept\. Nothing is sent\.$/)
      .waitFor();
    expect(await panel(visit).getByLabel("Other reason").last().inputValue()).to.equal("has to catch a train");
    proxied.mend();
    await desk.live();
    expect(await urgent.getAttribute("aria-disabled")).to.equal("false");
    expect((await urgent.getAttribute("title")) ?? "").to.equal("");
    await told(visit).getByRole("button", { name: "Try again" }).click();
    await page.locator(`[data-appointment-id="${visit.id}"][data-priority="1"]`).waitFor();
    expect(await day.count(visit, "prioritise")).to.equal(1);
  });

  it("closes a form that was sent again after an outage, and says no more that there is no connection", async () => {
    await page.keyboard.press("Escape");
    await page.keyboard.press("F2");
    await page.keyboard.press("Control+A");
    await page.keyboard.type("Outage Otto");
    await page.locator('[data-option="new"]').waitFor();
    await page.locator('[data-option="new"]').click();
    const dialog = page.locator("dialog[open]");
    await dialog.getByLabel("Phone").fill("+49 30 5550188");
    proxied.cut();
    await page.locator('[data-connection="offline"]').waitFor();
    await dialog.getByRole("button", { name: "Walk in: Dr. Smith" }).click();
    await dialog.locator(".action-notice").getByText("No connection since").waitFor();

    proxied.mend();
    await desk.live();
    await dialog.locator(".action-notice").getByText("Connected. It was not done.").waitFor();
    await dialog.getByRole("button", { name: "Try again" }).click();

    await dialog.waitFor({ state: "detached" });
    await page
      .locator(".last-line")
      .getByText(/waits for Dr. Smith/)
      .waitFor();
    const [patient] = await day.clinic.sql`select phone from patients where name = 'Outage Otto'`;
    expect(patient).to.deep.equal({ phone: "+49305550188" });
  });

  it("finds out that it was done when the answer was lost and the network is gone with it", async () => {
    const visit = await day.waiting(smith, "Lost Answer");
    await openRow(visit).click();
    const lost = proxied.rest.loseAnswerTo(/^POST [^ ]*\/transitions /, true).then(() => proxied.socket.cut());

    await panel(visit).getByRole("button", { name: "Hold" }).click();
    await lost;
    await day.becomes(visit, "on_hold");
    await told(visit).getByText("Checking what happened").waitFor({ timeout: 60_000 });
    proxied.mend();

    await told(visit)
      .getByText(/^Connected\. It was done once, at \d\d:\d\d\.$/)
      .waitFor({ timeout: 40_000 });
    expect(await day.count(visit, "hold")).to.equal(1);
    await page.locator(".last-line").getByText(`you put ${visit.ticket} on hold`).waitFor();
  });

  it("takes somebody in once when the answer was lost", async () => {
    await page.keyboard.press("F2");
    await page.keyboard.type("Once Only");
    await page.locator('[data-option="new"]').waitFor();
    await page.keyboard.press("Enter");
    const dialog = page.locator("dialog[open]");
    await dialog.getByRole("button", { name: "Walk in: Dr. Smith" }).waitFor();
    const lost = proxied.rest.loseAnswerTo(/^POST [^ ]*\/walk-ins /);

    await dialog.getByRole("button", { name: "Walk in: Dr. Smith" }).click();
    await lost;

    await dialog.waitFor({ state: "detached" });
    const found = await day.clinic.sql`
      select appointment.id from appointments appointment join patients patient on patient.id = appointment.patient_id
      where patient.name = 'Once Only'
    `;
    expect(found).to.have.length(1);
  });

  it("gets through a restart of the server in the middle of an action", async () => {
    const visit = await day.waiting(smith, "Restart Rita");
    await openRow(visit).click();
    const version = await day.version(visit.id);
    await proxied.system.api.stop();

    await panel(visit).getByRole("button", { name: "Hold" }).click();
    await page.locator(`.row[data-appointment-id="${visit.id}"][aria-busy="true"]`).waitFor();
    await proxied.restartApi();

    await page
      .locator(".last-line")
      .getByText(`you put ${visit.ticket} on hold`)
      .or(told(visit).getByRole("button", { name: "Try again" }))
      .first()
      .waitFor({ timeout: 60_000 });
    const again = told(visit).getByRole("button", { name: "Try again" });
    if ((await again.count()) > 0) await again.click();
    await day.becomes(visit, "on_hold");
    expect(await day.version(visit.id)).to.equal(version + 1);
  });

  it("asks to sign in over the page when the session is ended, keeps the form, and shows nothing of patients", async () => {
    await page.keyboard.press("F2");
    await page.keyboard.type("Session Sam");
    await page.locator('[data-option="new"]').waitFor();
    await page.keyboard.press("Enter");
    const phone = page.locator(".dialog").getByLabel("Phone");
    await phone.fill("+49 30 5550199");

    await day.clinic.sql`select revoke_sessions(${clinicId}, id) from accounts where name = 'anna'`;
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
    await page.getByText("Your form is kept").waitFor();
    expect(await page.content()).not.to.include("Early Bird");
    expect(await phone.isVisible()).to.equal(false);
    await desk.signIn("anna");
    await desk.live();

    expect(await phone.inputValue()).to.equal("+49 30 5550199");
    await page.locator(".dialog").getByRole("button", { name: "Walk in: Dr. Smith" }).click();
    await page.locator(".dialog").waitFor({ state: "detached" });
    await page.locator(".row").getByText("Session Sam").waitFor();
  });

  it("leaves nothing personal behind when somebody signs out", async () => {
    await page.keyboard.press("F2");
    await page.keyboard.type("Left Behind");
    await page.locator('[data-option="new"]').waitFor();
    await page.keyboard.press("Enter");
    await page.locator("dialog[open]").getByLabel("Phone").fill("+49 30 5550177");
    await page.keyboard.press("Escape");
    await page.locator(".parked").waitFor();

    await desk.signOut();
    await page.getByRole("heading", { name: "Sign in" }).waitFor();

    const kept = (await page.evaluate("JSON.stringify([{ ...sessionStorage }, { ...localStorage }])")) as string;
    expect(kept).not.to.match(/Left Behind|5550177|draft/);
    expect(await page.content()).not.to.include("Early Bird");
  });
});
