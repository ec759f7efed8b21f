import { expect } from "chai";
import type { Browser, Locator, Page } from "playwright-core";
import { createAccount } from "../../../support/accounts.ts";
import { findBarriers } from "../../../support/axe.ts";
import { openBrowser } from "../../../support/browser.ts";
import { eventually } from "../../../support/eventually.ts";
import { expectOpenToAll } from "../../../support/open-to-all.ts";
import type { Rest } from "../../../support/rest.ts";
import { StaffPage } from "../../../support/staff-page.ts";
import type { System } from "../../../support/system.ts";
import { openManagedClinic } from "../managed-clinic.ts";

interface Session {
  id: string;
  weekday: number;
  starts_at: string;
  ends_at: string;
}

describe("schedules on the manager's page", function () {
  this.timeout(60_000);
  let system: System;
  let browser: Browser;
  let boss: StaffPage;
  let page: Page;
  let other: Rest;
  let smith: string;
  let ng: string;
  before(async () => {
    browser = await openBrowser();
    ({ system, boss, other } = await openManagedClinic(browser));
    ({ page } = boss);
    await createAccount(system.database, "anna");
    smith = (await other.addDoctor({ name: "Dr. Smith" })).id;
    ng = (await other.addDoctor({ name: "Dr. Ng" })).id;
    await boss.goto(`${system.api.address}/manage#schedules/${smith}`);
    await boss.signIn("boss");
    await page.getByRole("heading", { name: said("The week of Dr. Smith") }).waitFor();
    boss.takeInteractions();
  });
  after(async () => {
    await browser?.close();
    await system?.close();
  });

  const button = (name: string, within: Page | Locator = page) => within.getByRole("button", { name: said(name) });
  const dialog = () => page.locator("dialog[open]");
  const day = (weekday: number) => page.locator(`[data-weekday="${weekday}"]`);
  const session = (weekday: number, times: string) => day(weekday).getByRole("button", { name: times });
  const panel = (heading: string) =>
    page.locator(".panel", { has: page.getByRole("heading", { name: said(heading, "") }) });
  const schedule = async (id = smith): Promise<Session[]> => (await other.get(`/api/v1/doctors/${id}/schedule`)).body;
  const timesOn = async (weekday: number): Promise<string[]> =>
    (await schedule()).filter((one) => one.weekday === weekday).map((one) => `${one.starts_at}-${one.ends_at}`);

  async function isSaved(): Promise<void> {
    await page.getByText("These hours are saved.").waitFor();
  }

  it("makes a week of five days in one session with its times, and saves it", async () => {
    await boss.click(button("Add a session on Monday"));
    await boss.type("9");
    await boss.fill(dialog().getByLabel("Until", { exact: true }), "12.30");
    await boss.fill(dialog().getByLabel("Minutes for each appointment"), "20");
    for (const name of ["Tuesday", "Wednesday", "Thursday", "Friday"]) await boss.click(dialog().getByLabel(name));
    await boss.press("Enter");
    await boss.click(button("Save", panel("The week of")));
    await isSaved();

    expect(boss.takeInteractions()).to.be.at.most(10);
    await page.locator(".last-line").getByText("you changed the hours of").waitFor();
    expect((await schedule()).map(({ weekday }) => weekday)).to.deep.equal([1, 2, 3, 4, 5]);
    expect(await timesOn(3)).to.deep.equal(["09:00-12:30"]);
  });

  it("says what is wrong with a session before it is sent", async () => {
    await button("Add a session on Monday").click();
    await dialog().getByLabel("From", { exact: true }).fill("12");
    await dialog().getByLabel("Until", { exact: true }).fill("noon");
    await page.keyboard.press("Enter");
    await dialog().getByText("A time, like 9:30.").waitFor();
    await dialog().getByLabel("Until", { exact: true }).fill("13");
    await dialog().getByText(said("There is a session at that time already: 09:00–12:30 on Monday.")).waitFor();
    await dialog().getByLabel("Minutes for each appointment").fill("90");
    await dialog().getByText("A whole number, at most as long as the session.").waitFor();
    expect(await findBarriers(page)).to.deep.equal([]);
    await page.keyboard.press("Escape");
  });

  it("copies a day to another, keeps what is not saved over a reload, and saves it", async () => {
    await button("Add a session on Monday").click();
    await dialog().getByLabel("From", { exact: true }).fill("14");
    await dialog().getByLabel("Until", { exact: true }).fill("16");
    await page.keyboard.press("Enter");
    boss.takeInteractions();
    await boss.click(button("Copy Monday to other days"));
    await boss.click(dialog().getByLabel("Saturday"));
    await boss.press("Enter");
    await day(6).getByText("14:00–16:00").waitFor();
    await page.getByText("These hours are changed, and not saved.").waitFor();
    await page.reload();
    await day(6).getByText("14:00–16:00").waitFor();

    await boss.click(button("Save", panel("The week of")));
    await isSaved();

    expect(boss.takeInteractions()).to.be.at.most(4);
    expect(await timesOn(6)).to.deep.equal(["09:00-12:30", "14:00-16:00"]);
  });

  it("tells how many appointments fit no more once it is saved, and leads to them", async () => {
    const { body: slots } = await other.get(`/api/v1/slots?limit=100`);
    const free = slots.filter((one: { starts_at: string }) => /T(14|15):/.test(one.starts_at));
    for (const { starts_at } of free.slice(0, 2)) {
      const patient = await other.addPatient({ name: "Yuki Tanaka" });
      const booked = await other.post("/api/v1/appointments", { patient_id: patient.id, doctor_id: smith, starts_at });
      expect(booked.status).to.equal(201);
    }
    for (const weekday of [1, 6]) {
      await boss.click(session(weekday, "14:00–16:00"));
      await boss.click(button("Remove this session", dialog()));
    }
    await boss.click(button("Save", panel("The week of")));

    await page.getByText("2 appointments fit these hours no more.").waitFor();
    expect(boss.takeInteractions()).to.be.at.most(6);
    await page.getByRole("link", { name: "Solve at the desk" }).click();
    await page.locator("dialog[open] [data-conflict]").nth(1).waitFor();
    expect(await page.locator("dialog[open] [data-conflict]").first().getAttribute("data-why")).to.equal("outside");
    await page.goBack();
    await page.getByRole("heading", { name: said("The week of Dr. Smith") }).waitFor();
  });

  it("saves nothing where somebody else has changed the week meanwhile, until it is decided", async () => {
    await session(5, "09:00–12:30").click();
    await button("Remove this session", dialog()).click();
    const now = (await schedule()).filter(({ weekday }) => weekday !== 4).map(({ id: _id, ...one }) => one);
    const put = await other.call("put /api/v1/doctors/{id}/schedule", { id: smith, body: now });
    expect(put.status).to.equal(200);

    await button("Save", panel("The week of")).click();

    await page.getByText("Somebody else has changed these hours meanwhile.").waitFor();
    expect(await timesOn(5)).to.have.length(1);
    await button("Take theirs").click();
    await isSaved();
    await eventually(async () => expect(await day(4).locator(".session").count()).to.equal(0));
    expect(await day(5).locator(".session").count()).to.equal(1);
  });

  it("gives one date other hours, and takes them back", async () => {
    const date = nextSunday(await other.today());
    const form = panel("Other hours on one date");
    await boss.fill(form.getByLabel("Date"), date);
    await form.getByText("No sessions on this date.").waitFor();
    await boss.click(button("Add a session", form));
    await boss.type("10");
    await boss.fill(dialog().getByLabel("Until", { exact: true }), "11");
    await boss.press("Enter");
    await boss.click(button("Save this date", form));

    await form.locator("[data-own=true]").waitFor();
    expect(boss.takeInteractions()).to.be.at.most(6);
    const { body } = await other.get(`/api/v1/doctors/${smith}/day?date=${date}`);
    expect(body.sessions).to.deep.equal([{ starts_at: "10:00", ends_at: "11:00", slot_minutes: 15, room_id: null }]);
    await button("As in the week again", form).click();
    await form.locator("[data-own=false]").waitFor();
    expect((await other.get(`/api/v1/doctors/${smith}/day?date=${date}`)).body.sessions).to.equal(null);
  });

  it("records leave with the number of times that are booked there, lists whom to telephone, and ends it", async () => {
    const { body: conflicts } = await other.get(`/api/v1/doctors/${smith}/conflicts`);
    const [first, last] = [await other.today(), conflicts[1].appointment.date];
    const form = panel("Leave");
    await boss.fill(form.getByLabel("First date"), first);
    await boss.fill(form.getByLabel("Last date"), last);
    await boss.click(button("Record leave of Dr. Smith", form));
    await form.getByText(/Dr. Smith.? is absent on \d+ days?\./).waitFor();
    await form.getByText(/\d+ times? (is|are) booked there\./).waitFor();
    await boss.click(button("Record leave", form));

    await form.locator("[data-stranded='2']").getByText("Yuki Tanaka").first().waitFor();
    expect(boss.takeInteractions()).to.be.at.most(4);
    const stateOn = async (): Promise<string> =>
      (await other.get(`/api/v1/doctors/${smith}/day?date=${last}`)).body.state;
    expect(await stateOn()).to.equal("absent");
    await form.getByLabel("First date").fill(first);
    await form.getByLabel("Last date").fill(last);
    await button("Dr. Smith is back again on these dates", form).click();
    await button("Back again", form).click();
    await form.locator("[data-stranded='0']").waitFor();
    expect(await stateOn()).to.equal("present");
  });

  it("sets how many bookings a day a doctor takes, and takes it back", async () => {
    const form = panel("Bookings a day");
    const capacity = async () => (await other.get(`/api/v1/doctors/${smith}`)).body.daily_capacity;
    await form.getByLabel("At most").fill("1001");
    await form.getByText("A whole number from 0 to 1,000, or empty.").waitFor();
    await boss.fill(form.getByLabel("At most"), "7");
    await boss.press("Enter");
    await eventually(async () => expect(await capacity()).to.equal(7));
    expect(boss.takeInteractions()).to.equal(2);
    await form.locator('[type="submit"][aria-disabled="true"]').waitFor();
    await form.getByLabel("At most").fill("");
    await page.keyboard.press("Enter");
    await eventually(async () => expect(await capacity()).to.equal(null));
  });

  it("says in the settings that the code of the waiting room's screen is demanded, and not that it is shown", async () => {
    await page.getByRole("navigation").getByRole("link", { name: "Settings" }).click();
    const setting = page.locator('[data-setting="requires_presence_code"]');
    await setting.getByRole("radio", { name: "Demanded", exact: true }).focus();
    await page.keyboard.press("Space");

    await setting.getByText(said("Until now: Not demanded")).waitFor();

    await button("Discard").click();
    await page.evaluate(`location.hash = "schedules/${smith}"`);
    await page.getByRole("heading", { name: said("The week of Dr. Smith") }).waitFor();
  });

  it("keeps nobody out, and is no wider than the page, in both schemes and from either side", async () => {
    await page.evaluate(`location.hash = "schedules/${smith}"`);
    await day(1).locator(".session").first().waitFor();
    for (const direction of ["rtl", "ltr"]) {
      await page.evaluate(`document.documentElement.dir = "${direction}"`);
      await expectOpenToAll(page, direction);
    }
  });

  it("is seen by the staff, who change leave and single dates, and not the week", async () => {
    const anna = await StaffPage.open(browser);
    // Another host, because some browsers keep the cookies of all their contexts together.
    await anna.goto(`${system.api.address.replace("127.0.0.1", "localhost")}/manage`);
    await anna.signIn("anna");
    await anna.page.getByRole("link", { name: "Schedules" }).click();
    await anna.page.getByLabel("Doctor or service").selectOption({ label: "Dr. Smith" });
    await anna.page.locator('[data-weekday="1"]').getByText("09:00–12:30").waitFor();

    expect(await anna.page.locator(".week button").count()).to.equal(0);
    expect(await anna.page.getByRole("button", { name: "Save", exact: true }).count()).to.equal(0);
    expect(await anna.page.getByRole("navigation").getByRole("link").allInnerTexts()).to.deep.equal(["Schedules"]);
    await anna.page.getByRole("heading", { name: "Leave" }).waitFor();
    await anna.page.getByLabel("Doctor or service").selectOption({ label: "Dr. Ng" });
    await anna.page.getByRole("heading", { name: said("The week of Dr. Ng") }).waitFor();
    expect(anna.page.url()).to.include(`#schedules/${ng}`);
    expect(anna.complaints.filter((text) => !text.includes("status of 401"))).to.deep.equal([]);
    await anna.page.goto("about:blank");
  });
});

/** A text in which names may have the marks that keep them from turning the sentence around. */
function said(text: string, end = "$"): RegExp {
  const letters = Array.from(text, (one) => one.replace(/[.*+?^${}()|[\]\\]/, "\\$&"));
  return new RegExp(`^\u2068?${letters.join("[\u2068\u2069]*")}\u2069?${end}`);
}

/** The first Sunday after a date. */
function nextSunday(date: string): string {
  const day = new Date(`${date}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() + 7 - day.getUTCDay());
  return day.toISOString().slice(0, 10);
}
