import { expect } from "chai";
import type { Browser, Page } from "playwright-core";
import { password } from "../../support/accounts.ts";
import { openBrowser } from "../../support/browser.ts";
import { eventually } from "../../support/eventually.ts";
import type { Rest } from "../../support/rest.ts";
import type { System } from "../../support/system.ts";
import { openManagedClinic } from "./managed-clinic.ts";

/** More than any page has to tab through. */
const mostTabs = 150;

/** What has the focus, as it is called. */
const focused = `(() => {
  const { activeElement: one } = document;
  if (one === document.body) return "";
  const text = one.ariaLabel ?? one.labels?.[0]?.innerText ?? one.innerText;
  const group = one.type === "radio" ? one.closest("fieldset")?.querySelector("legend")?.innerText : undefined;
  return [group, text].filter(Boolean).join(": ").replace(/[\\u2068\\u2069]/g, "").trim();
})()`;

describe("the manager's page by keyboard alone", function () {
  this.timeout(60_000);
  let system: System;
  let browser: Browser;
  let page: Page;
  let other: Rest;
  before(async () => {
    browser = await openBrowser();
    const managed = await openManagedClinic(browser);
    ({ system, other } = managed);
    const { boss } = managed;
    ({ page } = boss);
    await boss.goto(`${system.api.address}/manage`);
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
    await type("boss");
    await press("Tab");
    await type(password);
    await press("Enter");
    await page.locator("[data-part=doctors]").waitFor();
  });
  after(async () => {
    await browser?.close();
    await system?.close();
  });

  const press = (key: string): Promise<void> => page.keyboard.press(key);
  const type = (text: string): Promise<void> => page.keyboard.type(text);
  const name = async (): Promise<string> => String(await page.evaluate(focused));

  /** Goes on by Tab, or back by Shift-Tab, to what is called so. */
  async function reach(called: RegExp, key: "Tab" | "Shift+Tab" = "Tab"): Promise<void> {
    const passed: string[] = [];
    for (let tabs = 0; tabs < mostTabs; tabs++) {
      const here = await name();
      if (called.test(here)) return;
      passed.push(here);
      await press(key);
    }
    throw new Error(`There is no way to ${called}: ${[...new Set(passed)].join(" | ")}`);
  }

  async function go(section: string): Promise<void> {
    await reach(new RegExp(`^${section}$`));
    await press("Enter");
    await page.locator(".parts a[aria-current=page]", { hasText: section }).waitFor();
    await page.locator("[data-part] .part-head").waitFor();
  }

  /** Whoever works on is not sent back to the beginning. */
  const expectFocus = (): Promise<void> =>
    eventually(async () => {
      expect(await name(), "the focus").not.to.equal("");
    });

  it("adds an area and a room in it", async () => {
    await go("Rooms");
    await reach(/^New waiting areas/);
    await type("Ground floor");
    await press("Enter");
    await page.locator('[data-place="Ground floor"]').waitFor();
    await expectFocus();

    await reach(/^New rooms/);
    await type("Lab");
    await reach(/^Patients wait in/);
    await type("Ground");
    await reach(/^Add rooms/);
    await press("Enter");

    await page.locator('[data-place="Lab"]').getByText("Ground floor").waitFor();
    await expectFocus();
  });

  it("renames a room, and is where it was", async () => {
    await reach(/^Change Lab/);
    await press("Enter");
    await eventually(async () => expect(await name()).to.equal("Name"));
    await press("Control+A");
    await type("Laboratory");
    await press("Enter");

    await page.locator('[data-place="Laboratory"]').waitFor();
    await eventually(async () => expect(await name()).to.equal("Change Laboratory"));
  });

  it("deletes an area that nobody uses", async () => {
    await reach(/^New waiting areas/);
    await type("Attic");
    await press("Enter");
    await reach(/^Delete Attic/);
    await press("Enter");
    await reach(/^Delete$/, "Shift+Tab");
    await press("Enter");

    await page.locator('[data-place="Attic"]').waitFor({ state: "detached" });
    await expectFocus();
  });

  it("adds a doctor, and is where it was", async () => {
    await go("Doctors");
    await reach(/^Add a doctor or service/);
    await press("Enter");
    await eventually(async () => expect(await name()).to.match(/^Name/));
    await type("Dr. Ada Byron");
    await press("Enter");

    await page.locator("[data-doctor=BYRON]").waitFor();
    await eventually(async () => expect(await name()).to.match(/^Add a doctor or service/));
  });

  it("retires a doctor and brings them back", async () => {
    await reach(/^Retire Dr. Ada Byron/);
    await press("Enter");
    await page.getByText("1 retired").waitFor();
    await expectFocus();
    await reach(/^1 retired/);
    await press("Enter");
    await reach(/^Bring back Dr. Ada Byron/);
    await press("Enter");

    await page.getByText("1 retired").waitFor({ state: "detached" });
    await expectFocus();
  });

  it("invites a doctor's account, and finds the link", async () => {
    await go("Accounts");
    await reach(/^Invite somebody/);
    await press("Enter");
    await eventually(async () => expect(await name()).to.match(/^Name to sign in with/));
    await type("ada");
    await reach(/^Role/, "Shift+Tab");
    await press("ArrowRight");
    await reach(/^For which doctor/);
    await type("Dr. Ada");
    await reach(/^Make the link/);
    await press("Enter");

    await page.locator("[data-account=ada]").getByText("Dr. Ada Byron").waitFor();
    await expectFocus();
    await reach(/^Hand this link to/);
    expect(await page.evaluate("document.activeElement.value")).to.include("&name=ada");
  });

  it("disables the account", async () => {
    await reach(/^Disable ada/);
    await press("Enter");
    await reach(/^Disable$/, "Shift+Tab");
    await press("Enter");

    await page.getByText("1 disabled").waitFor();
    await expectFocus();
  });

  it("changes a setting", async () => {
    await go("Settings");
    await reach(/^Name of the clinic/);
    await press("Control+A");
    await type("East End");
    await reach(/^Save/);
    await press("Enter");

    await page.getByText("Everything is saved.").waitFor();
    await expectFocus();
    expect((await other.get("/api/v1/clinic/settings")).body.name).to.equal("East End");
  });

  it("filters the audit trail, with days as people of the page's language write them", async () => {
    const events = () =>
      page.locator(".event").evaluateAll((items) => items.map((item) => item.getAttribute("data-event")));
    await go("Audit trail");
    await reach(/^What/);
    await type("Settings");
    await eventually(async () => expect([...new Set(await events())]).to.deep.equal(["update clinics"]));
    await reach(/^Until/);
    await type("3.5.2001");

    await page.getByText("0 events").waitFor();
    await page.getByText(/Thursday,? 3 May 2001/).waitFor();
    await expectFocus();
    await reach(/^Show everything/);
    await press("Enter");
    await eventually(async () => expect((await events()).length).to.be.greaterThan(3));
    await expectFocus();
  });

  it("approves a screen, and revokes it", async () => {
    const { body: device } = await system.rest.post("/api/v1/screens/device_authorization", {});
    await go("Screens");
    await reach(/^Pair or revoke a screen/);
    await press("Enter");
    await page.locator("#code").waitFor();
    await reach(/code/i);
    await type(device.user_code);
    await reach(/^Name/);
    await type("Hall");
    await press("Enter");
    await page.locator(".screen-name").getByText("Hall").waitFor();
    await expectFocus();

    await reach(/^Revoke.*Hall/);
    await press("Enter");
    await reach(/^Revoke$/, "Shift+Tab");
    await press("Enter");

    await page.locator(".screen-name").waitFor({ state: "detached" });
    await expectFocus();
  });
});
