import { expect } from "chai";
import type { Browser, Page } from "playwright-core";
import { password } from "../../support/accounts.ts";
import { openBrowser } from "../../support/browser.ts";
import { eventually } from "../../support/eventually.ts";
import { daysFromNow } from "../../support/clinic.ts";
import { mondayOf } from "../../../web/shared/times/month.ts";
import { Keyboard } from "../../support/keyboard.ts";
import type { Rest } from "../../support/rest.ts";
import type { System } from "../../support/system.ts";
import { openManagedClinic } from "./managed-clinic.ts";

/** A Monday to come. */
const monday = mondayOf(daysFromNow(14));
const asTyped = (day: string): string => day.split("-").toReversed().join(".");

describe("the manager's page by keyboard alone", function () {
  this.timeout(60_000);
  let system: System;
  let browser: Browser;
  let page: Page;
  let keys: Keyboard;
  let other: Rest;
  before(async () => {
    browser = await openBrowser();
    const managed = await openManagedClinic(browser);
    ({ system, other } = managed);
    const { boss } = managed;
    ({ page } = boss);
    keys = new Keyboard(page);
    await boss.goto(`${system.api.address}/manage`);
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
    await keys.type("boss");
    await keys.press("Tab");
    await keys.type(password);
    await keys.press("Enter");
    await page.locator("[data-part=doctors]").waitFor();
  });
  after(async () => {
    await browser?.close();
    await system?.close();
  });

  const byron = async (): Promise<string> => {
    const { body: doctors } = await other.get("/api/v1/doctors");
    return doctors.find(({ code }: Record<string, string>) => code === "BYRON").id;
  };

  async function go(section: string): Promise<void> {
    await keys.use(new RegExp(`^${section}$`));
    await page.locator(".parts a[aria-current=page]", { hasText: section }).waitFor();
    await page.locator("[data-part] .part-head").waitFor();
  }

  it("adds an area and a room in it", async () => {
    await go("Rooms");
    await keys.reach(/^New waiting areas/);
    await keys.type("Ground floor");
    await keys.press("Enter");
    await page.locator('[data-place="Ground floor"]').waitFor();
    await keys.isSomewhere();

    await keys.reach(/^New rooms/);
    await keys.type("Lab");
    await keys.reach(/^Patients wait in/);
    await keys.type("Ground");
    await keys.use(/^Add rooms/);

    await page.locator('[data-place="Lab"]').getByText("Ground floor").waitFor();
    await keys.isSomewhere();
  });

  it("renames a room, and is where it was", async () => {
    await keys.use(/^Change Lab/);
    await keys.isAt(/^Name$/);
    await keys.press("Control+A");
    await keys.type("Laboratory");
    await keys.press("Enter");

    await page.locator('[data-place="Laboratory"]').waitFor();
    await keys.isAt(/^Change Laboratory$/);
  });

  it("deletes an area that nobody uses", async () => {
    await keys.reach(/^New waiting areas/);
    await keys.type("Attic");
    await keys.press("Enter");
    await keys.use(/^Delete Attic/);
    await keys.use(/^Delete$/, "Shift+Tab");

    await page.locator('[data-place="Attic"]').waitFor({ state: "detached" });
    await keys.isSomewhere();
  });

  it("adds a doctor, and is where it was", async () => {
    await go("Doctors");
    await keys.use(/^Add a doctor or service/);
    await keys.isAt(/^Name/);
    await keys.type("Dr. Ada Byron");
    await keys.press("Enter");

    await page.locator("[data-doctor=BYRON]").waitFor();
    await keys.isAt(/^Add a doctor or service/);
  });

  it("retires a doctor and brings them back", async () => {
    await keys.use(/^Retire Dr. Ada Byron/);
    await page.getByText("1 retired").waitFor();
    await keys.isSomewhere();
    await keys.use(/^1 retired/);
    await keys.use(/^Bring back Dr. Ada Byron/);

    await page.getByText("1 retired").waitFor({ state: "detached" });
    await keys.isSomewhere();
  });

  it("invites a doctor's account, and finds the link", async () => {
    await go("Accounts");
    await keys.use(/^Invite somebody/);
    await keys.isAt(/^Name to sign in with/);
    await keys.type("ada");
    await keys.reach(/^Role/, "Shift+Tab");
    await keys.press("ArrowRight");
    await keys.reach(/^For which doctor/);
    await keys.type("Dr. Ada");
    await keys.use(/^Make the link/);

    await page.locator("[data-account=ada]").getByText("Dr. Ada Byron").waitFor();
    await keys.isSomewhere();
    await keys.reach(/^Hand this link to/);
    expect(await page.evaluate("document.activeElement.value")).to.include("&name=ada");
  });

  it("disables the account", async () => {
    await keys.use(/^Disable ada/);
    await keys.use(/^Disable$/, "Shift+Tab");

    await page.getByText("1 disabled").waitFor();
    await keys.isSomewhere();
  });

  it("makes a week's schedule", async () => {
    await go("Schedules");
    await keys.use(/^Add a session on Monday/);
    await keys.isAt(/^From$/);
    await keys.type("9");
    await keys.reach(/^Until$/);
    await keys.type("12.30");
    await keys.reach(/^Tuesday$/);
    await keys.press("Space");
    await keys.press("Enter");
    await page.locator("dialog[open]").waitFor({ state: "detached" });
    await keys.isAt(/^Add a session on Monday/);
    await keys.use(/^Save$/);

    await page.getByText("These hours are saved.").waitFor();
    await keys.isSomewhere();
    const { body: week } = await other.get(`/api/v1/doctors/${await byron()}/schedule`);
    expect(
      week.map(({ weekday, starts_at, ends_at }: Record<string, string>) => [weekday, starts_at, ends_at]),
    ).to.deep.equal([1, 2].map((weekday) => [weekday, "09:00", "12:30"]));
  });

  it("closes one date", async () => {
    await keys.reach(/^Date$/);
    await keys.type(asTyped(monday));
    await page.locator(`[data-day="${monday}"] .session`).waitFor();
    await keys.use(/09:00–12:30/);
    await page.locator("dialog[open]").waitFor();
    await keys.use(/^Remove this session$/);
    await page.locator("dialog[open]").waitFor({ state: "detached" });
    await keys.isSomewhere();
    await keys.use(/^Save this date$/);

    await page.locator("[data-own=true]").waitFor();
    await keys.isSomewhere();
    const { body } = await other.get(`/api/v1/doctors/${await byron()}/day?date=${monday}`);
    expect(body.sessions).to.deep.equal([]);
  });

  it("records leave, and says that somebody is back again", async () => {
    const state = async (): Promise<string> =>
      (await other.get(`/api/v1/doctors/${await byron()}/day?date=${monday}`)).body.state;
    const typeDates = async (): Promise<void> => {
      for (const field of [/^First date$/, /^Last date$/]) {
        await keys.reach(field);
        await keys.type(asTyped(monday));
      }
    };
    await typeDates();
    await keys.use(/^Record leave of/);
    await page.getByText(/is absent on 1 day\./).waitFor();
    await keys.use(/^Record leave$/, "Shift+Tab");
    await page.getByText("Nobody is booked on these dates.").waitFor();
    await keys.isAt(/^Record leave of/);
    expect(await state()).to.equal("absent");

    await typeDates();
    await keys.use(/is back again on these dates$/);
    await keys.use(/^Back again$/, "Shift+Tab");
    await eventually(async () => expect(await state()).to.equal("present"));
    await keys.isAt(/is back again on these dates$/);
  });

  it("changes a setting", async () => {
    await go("Settings");
    await keys.reach(/^Name of the clinic/);
    await keys.press("Control+A");
    await keys.type("East End");
    await keys.use(/^Save/);

    await page.getByText("Everything is saved.").waitFor();
    await keys.isSomewhere();
    expect((await other.get("/api/v1/clinic/settings")).body.name).to.equal("East End");
  });

  it("filters the audit trail, with days as people of the page's language write them", async () => {
    const events = () =>
      page.locator(".event").evaluateAll((items) => items.map((item) => item.getAttribute("data-event")));
    await go("Audit trail");
    await keys.reach(/^What/);
    await keys.type("Settings");
    await eventually(async () => expect([...new Set(await events())]).to.deep.equal(["update clinics"]));
    await keys.reach(/^Until/);
    await keys.type("3.5.2001");

    await page.getByText("0 events").waitFor();
    await page.getByText(/Thursday,? 3 May 2001/).waitFor();
    await keys.isSomewhere();
    await keys.use(/^Show everything/);
    await eventually(async () => expect((await events()).length).to.be.greaterThan(3));
    await keys.isSomewhere();
  });

  it("approves a screen, and revokes it", async () => {
    const { body: device } = await system.rest.post("/api/v1/screens/device_authorization", {});
    await go("Screens");
    await keys.use(/^Pair or revoke a screen/);
    await page.locator("#code").waitFor();
    await keys.reach(/code/i);
    await keys.type(device.user_code);
    await keys.reach(/^Name/);
    await keys.type("Hall");
    await keys.press("Enter");
    await page.locator(".screen-name").getByText("Hall").waitFor();
    await keys.isSomewhere();

    await keys.use(/^Revoke.*Hall/);
    await keys.use(/^Revoke$/, "Shift+Tab");

    await page.locator(".screen-name").waitFor({ state: "detached" });
    await keys.isSomewhere();
  });
});
