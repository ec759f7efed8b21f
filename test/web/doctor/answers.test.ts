import { expect } from "chai";
import type { Browser } from "playwright-core";
import { openBrowser } from "../../support/browser.ts";
import { ProxiedSystem } from "../../support/proxied-system.ts";
import { secret } from "../../support/tokens.ts";
import { DoctorScreen } from "./doctor-screen.ts";
import { DoctorsDay, type TestDoctor } from "./doctors-day.ts";

describe("what the Doctor page says and keeps", function () {
  this.timeout(60_000);
  let proxied: ProxiedSystem;
  let browser: Browser;
  let day: DoctorsDay;
  let doctor: TestDoctor;
  let screen: DoctorScreen;
  let count = 0;
  before(async () => {
    proxied = await ProxiedSystem.open({ AUTH_SECRET: secret });
    day = await DoctorsDay.begin(proxied.system);
    await day.addDoctor({ name: "Lab", kind: "service" });
    browser = await openBrowser();
  });
  after(async () => {
    await browser.close();
    await proxied.close();
  });
  beforeEach(async () => {
    const account = `dr.said.${++count}`;
    const { id: room_id } = await day.addRoom(`S${count}`);
    doctor = await day.addDoctor({ name: `Dr. Said ${count}`, room_id }, account);
    await day.book(doctor, { name: "Later", hour: 16 });
    screen = await DoctorScreen.open(browser, proxied.address, account);
    await screen.staff.live();
  });
  afterEach(async () => {
    proxied.mend();
    await screen.leave();
  });

  /** Somebody is with the doctor. */
  async function inside(): Promise<void> {
    await (await screen.primary("Call")).click();
    await (await screen.primary("Start")).click();
    await screen.primary("Done");
  }

  it("keeps when somebody comes back, whatever note is written for the desk", async () => {
    const ada = await day.arrive(doctor, "Ada");
    await inside();
    await screen.choose("Back in…");
    await screen.choose("2 weeks");

    await screen.page.getByLabel("Note to the desk").fill("with the X-ray");
    expect(await screen.page.getByRole("radio", { name: "2 weeks" }).isChecked()).to.equal(true);
    await screen.choose("4 weeks");
    expect(await screen.page.getByLabel("Note to the desk").inputValue()).to.equal("with the X-ray");
    await (await screen.primary("Done, note to the desk")).click();

    await day.at(ada, "served");
    expect((await day.tasks()).map(({ text }) => text)).to.include("Back in 4 weeks: with the X-ray");
  });

  it("asks what comes after the visit until it is chosen", async () => {
    await day.arrive(doctor, "Ada");
    await inside();
    const asked = screen.page.getByText("First choose what comes after the visit.");
    await screen.choose("Back in…");
    await (await screen.primary("Done, note to the desk")).click();
    await asked.waitFor();

    await screen.choose("2 weeks");

    await asked.waitFor({ state: "detached" });
  });

  it("tells last that somebody did not come, also where nobody was left to be called", async () => {
    const ada = await day.arrive(doctor, { name: "Ada", hour: 9 });
    const bob = await day.arrive(doctor, { name: "Bob", hour: 10 });
    await (await screen.primary("Call")).click();
    const button = await screen.second(`Did not come, call ${bob.ticket}`);
    await screen.page.route("**/queue/next", async (route) => {
      await day.act(bob, "hold");
      await route.continue();
    });

    await button.click();

    await screen.page.getByText("Nobody was waiting any more.").waitFor();
    await screen.last(`${ada.ticket} did not come`);
    await screen.page.getByRole("button", { name: "Undo" }).click();
    await day.at(ada, "called");
    await (await screen.second(/^Did not come$/)).click();
    await day.at(ada, "skipped");
    await screen.last(new RegExp(`^Last: \\d\\d:\\d\\d ${ada.ticket} did not come`));
  });

  it("says quietly that a press came too soon after the button changed, until the next one is taken", async () => {
    const ada = await day.arrive(doctor, "Ada");
    await screen.primary("Call");
    const missed = screen.page.getByRole("status").filter({ hasText: "Not taken: the button had just changed." });

    await screen.page.locator(".bar .primary").evaluate((button: { click: () => void }) => button.click());
    await screen.page.locator('.bar[data-primary="start"] .primary[data-settled="false"]').click();
    await missed.waitFor();
    await (await screen.primary("Start")).click();

    await day.at(ada, "in_consultation");
    await missed.waitFor({ state: "detached" });
  });

  it("explains the order in which it shows those who wait", async () => {
    const other = await day.addDoctor({ name: "Dr. Elsewhere" });
    const ada = await day.arrive(doctor, { name: "Ada", hour: 9 });
    const bob = await day.arrive(doctor, { name: "Bob", hour: 10 });
    const elsewhere = await day.desk.book(ada.patientId, other.id, day.date, { time_slot: 9 });
    await day.desk.checkIn(elsewhere.id, ada.patientId);
    await day.act({ ...ada, id: elsewhere.id }, "call");
    await screen.primary("Call");

    await screen.page.getByRole("button", { name: "Why this order?" }).click();

    const rows = screen.page.locator(".why-list li");
    await rows.filter({ hasText: "with Dr. Elsewhere" }).waitFor();
    const [first, second] = await rows.allInnerTexts();
    expect(first).to.include(ada.ticket).and.to.include("now with Dr. Elsewhere, keeps the turn");
    expect(second).to.include(bob.ticket).and.not.to.include(`before ${ada.ticket}`);
    await screen.page.getByText("Urgent patients come first, then whoever").waitFor();
  });

  it("sends to the lab and back, with the reason, in three interactions, and from the list in two", async () => {
    const ada = await day.arrive(doctor, { name: "Ada", hour: 9 });
    const bob = await day.arrive(doctor, { name: "Bob", hour: 10 });
    await inside();
    const { staff, page } = screen;

    await staff.click(page.getByRole("radio", { name: "Lab and back" }));
    await staff.fill(page.getByLabel("Why (they see it)"), "fasting");
    await staff.click(await screen.primary("Done, to Lab and back"));
    await screen.last(`you sent ${ada.ticket} to Lab and back`);
    const afterVisit = staff.takeInteractions();
    await staff.click(screen.row(bob.ticket).locator(".row-button"));
    await staff.click(screen.row(bob.ticket).getByRole("button", { name: "To Lab and back" }));

    await screen.last(`you sent ${bob.ticket} to Lab and back`);
    expect([afterVisit, staff.takeInteractions()]).to.deep.equal([3, 2]);
    expect(await day.history(ada)).to.deep.equal(["check_in", "call_next", "start", "transfer"]);
  });

  it("looks as if nothing could be sent while there is no connection, and says why", async () => {
    const ada = await day.arrive(doctor, "Ada");
    await screen.primary(`Call ${ada.ticket}`);
    await screen.openRow(ada.ticket);

    proxied.cut();
    await screen.page.locator('[data-connection="offline"]').waitFor();

    const buttons = [
      screen.page.locator(".bar .primary"),
      screen.row(ada.ticket).getByRole("button", { name: "Hold" }),
    ];
    for (const button of buttons) {
      expect(await button.getAttribute("aria-disabled")).to.equal("true");
      expect(await button.getAttribute("title")).to.match(/^No connection since \d\d:\d\d\./);
    }
    const border = await screen.page.evaluate(
      `getComputedStyle(document.querySelector(".patient.large")).borderTopStyle`,
    );
    expect(border).to.equal("dashed");
    await screen.page.locator(".bar .primary").click({ force: true });
    await screen.page.locator(".bar [role=alert]").getByText("Nothing is sent.").waitFor();
  });
});
