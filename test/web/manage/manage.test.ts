import { expect } from "chai";
import type { Browser, Page } from "playwright-core";
import { createAccount, password } from "../../support/accounts.ts";
import { findBarriers } from "../../support/axe.ts";
import { openBrowser } from "../../support/browser.ts";
import { Clinic } from "../../support/clinic.ts";
import { eventually } from "../../support/eventually.ts";
import type { Rest } from "../../support/rest.ts";
import { StaffPage } from "../../support/staff-page.ts";
import type { System } from "../../support/system.ts";
import { openManagedClinic } from "./managed-clinic.ts";

const sections = ["doctors", "rooms", "accounts", "screens", "settings", "data", "audit"];

describe("the manager's page", function () {
  this.timeout(60_000);
  let system: System;
  let browser: Browser;
  let boss: StaffPage;
  let page: Page;
  let other: Rest;
  before(async () => {
    browser = await openBrowser();
    ({ system, boss, other } = await openManagedClinic(browser));
    ({ page } = boss);
    await createAccount(system.database, "anna");
    await boss.goto(`${system.api.address}/manage`);
    await boss.signIn("boss");
    await page.locator("[data-part=doctors]").waitFor();
  });
  after(async () => {
    await browser.close();
    await system.close();
  });

  const button = (name: string | RegExp, exact = true) => page.getByRole("button", { name, exact });
  const go = (section: string) =>
    page.getByRole("navigation").getByRole("link", { name: section, exact: true }).click();
  const step = (name: string) => page.locator(`.start [data-step=${name}]`);

  it("is nobody's but a manager's, who is led back otherwise", async () => {
    const anna = await StaffPage.open(browser);
    // Another host, because some browsers keep the cookies of all their contexts together.
    await anna.goto(`${system.api.address.replace("127.0.0.1", "localhost")}/manage`);
    await anna.signIn("anna");
    await anna.page.getByText("Only a manager can do this.").waitFor();

    expect(await anna.page.getByRole("link", { name: "Back to the desk" }).getAttribute("href")).to.equal("/");
    expect(await anna.page.locator("[data-part]").count()).to.equal(0);
    await anna.signOut();
  });

  describe("in an empty clinic", () => {
    it("leads to doctors, rooms and the first patient", async () => {
      await page.getByText("No doctors yet. Add one, or paste a list.").waitFor();
      expect(await page.locator(".start [data-done=true]").count()).to.equal(0);
      expect(await step("patient").getByRole("link").getAttribute("href")).to.equal("/");

      await step("rooms").getByRole("link").click();

      await page.locator("[data-part=rooms]").waitFor();
      await eventually(async () => {
        expect(await page.evaluate("document.activeElement.textContent")).to.equal("Rooms and waiting areas");
      });
    });

    it("adds several rooms at once, in an area", async () => {
      await page.getByLabel("New waiting areas").fill("Ground floor");
      await page.keyboard.press("Enter");
      await page.locator('[data-place="Ground floor"]').waitFor();
      await page.getByLabel("New rooms").fill("10, 9, 10, Lab");
      await page.getByLabel("Patients wait in").selectOption("Ground floor");
      await button("Add rooms").click();
      await page.locator('[data-place="Lab"]').waitFor();

      expect(await page.locator("[data-places=rooms] .row-name").allInnerTexts()).to.deep.equal(["9", "10", "Lab"]);
      expect(await step("rooms").getAttribute("data-done")).to.equal("true");
    });

    it("says which lines of a pasted list it cannot take, adds the others, and keeps the wrong ones", async () => {
      await go("Doctors");
      await button("Paste a list").click();
      const list = page.getByLabel("One doctor a line");
      await list.fill(
        "Name, Specialty, Room\nDr. Ada Byron, Cardiology, 9\nDr. Bob Lin, Surgery, 17\nDr. Ada Byron\nDr. Cyd",
      );
      const verdicts = () =>
        page.locator(".preview li").evaluateAll((items) => items.map((item) => item.getAttribute("data-verdict")));
      expect(await verdicts()).to.deep.equal(["new", "wrong", "twice", "new"]);
      await page.getByText("There is no room 17.").waitFor();

      await button("Add 2 doctors").click();

      await page.getByText("2 doctors were added.").waitFor();
      expect(await list.inputValue()).to.equal("Dr. Bob Lin, Surgery, 17");
      await list.fill("Dr. Ada Byron\nDr. Bob Lin, Surgery, Lab");
      expect(await verdicts()).to.deep.equal(["known", "new"]);
      await button("Add 1 doctor").click();
      await page.locator("[data-doctor=LIN]").waitFor();
      expect(await page.locator("[data-doctor]").count()).to.equal(3);
      await page.keyboard.press("Escape");
      expect((await other.get("/api/v1/doctors")).body).to.have.length(3);
    });

    it("puts its list of steps away once the first patient is there", async () => {
      const { body: doctors } = await other.get("/api/v1/doctors");
      const { id, patientId } = await other.bookNew(doctors[0].id, await other.today());
      await other.checkIn(id, patientId);

      await page.reload();
      await page.locator("[data-doctor=BYRON]").waitFor();

      await eventually(async () => expect(await page.locator(".start").count()).to.equal(0));
    });
  });

  describe("has doctors", () => {
    it("adds one with a suggested code, and keeps what was typed over a reload", async () => {
      await button("Add a doctor or service").click();
      await page.getByLabel("Name").fill("Blood tests");
      await page.getByRole("radio", { name: /^Service/ }).check();
      await page.reload();
      await button("Add a doctor or service").click();
      expect(await page.getByLabel("Name").inputValue()).to.equal("Blood tests");
      expect(await page.getByLabel("Code").inputValue()).to.equal("BLOOD-TESTS");
      await page.getByLabel("Ticket letters").fill("a1");
      await page.keyboard.press("Enter");
      await page.getByText("1 to 3 letters A to Z.").waitFor();
      await page.getByLabel("Ticket letters").fill("lab");

      await page.keyboard.press("Enter");

      await page.locator("[data-doctor=BLOOD-TESTS]").getByText("Tickets").waitFor();
      const { body } = await other.get("/api/v1/doctors");
      expect(body.find(({ code }: { code: string }) => code === "BLOOD-TESTS")).to.include({
        kind: "service",
        ticket_prefix: "LAB",
      });
    });

    it("renames, retires and brings back", async () => {
      await button("Change Dr. Cyd").click();
      await page.getByLabel("Name").fill("Dr. Cyd Rose");
      await page.keyboard.press("Enter");
      await page.locator("[data-doctor=CYD]").getByText("Dr. Cyd Rose").waitFor();

      await button(/^Retire .?Dr. Cyd Rose/).click();
      await page.getByText("1 retired").click();
      await button("Bring back Dr. Cyd Rose").click();

      await button(/^Retire .?Dr. Cyd Rose/).waitFor();
      await page.locator(".last-line").getByText("you brought back").waitFor();
    });

    it("finds out what became of one whose answer was lost, and sends nobody twice", async () => {
      const doctors = "**/api/v1/doctors";
      await page.route(doctors, async (route) => {
        if (route.request().method() !== "POST") return route.continue();
        await route.fetch();
        return route.abort();
      });
      await button("Add a doctor or service").click();
      await page.getByLabel("Name").fill("Dr. Lost");
      await page.keyboard.press("Enter");

      await page.getByText("Connected. It was done once").waitFor();

      await page.unroute(doctors);
      await button("Discard").click();
      await page.locator("[data-doctor=LOST]").waitFor();
      expect(await page.locator("[data-doctor=LOST]").count()).to.equal(1);
    });
  });

  describe("has rooms", () => {
    it("explains why a room or an area cannot be deleted, also where that is news", async () => {
      await go("Rooms");
      await button("Delete Ground floor").click();
      await page.getByText(/in use by: room 9, room 10, room Lab\. Move them/).waitFor();
      await button("Close").click();
      await button("Delete 10").click();
      await page.getByText("can be chosen no longer").waitFor();
      const { body: rooms } = await other.get("/api/v1/rooms");
      const ten = rooms.find(({ name }: { name: string }) => name === "10");
      const late = await other.addDoctor({ name: "Dr. Late", code: "LATE", room_id: ten.id });

      await button("Delete", true).click();

      await page.locator('[data-place="10"]').getByText("This is in use.").waitFor();
      await button("Delete 10").click();
      await page.getByText(/in use by: Dr. Late/).waitFor();
      await other.patch(`/api/v1/doctors/${late.id}`, { room_id: null });
      await button("Close").click();
      await button("Delete 10").click();
      await button("Delete", true).click();
      await eventually(async () => expect(await page.locator('[data-place="10"]').count()).to.equal(0));
    });
  });

  describe("has accounts", () => {
    it("invites somebody, who signs in by the link", async () => {
      await go("Accounts");
      await button("Invite somebody").click();
      await page.getByLabel("Name to sign in with").fill("Dora");
      await page.getByRole("radio", { name: "Doctor" }).check();
      await button("Make the link").click();
      await page.getByText("Please choose the doctor.").waitFor();
      await page.getByLabel("For which doctor").selectOption("Dr. Ada Byron");
      await button("Make the link").click();
      const url = await page.getByLabel("Hand this link to").inputValue();
      await page.locator("[data-account=dora]").getByText("invited, until").waitFor();

      const dora = await StaffPage.open(browser);
      await dora.goto(url.replace("127.0.0.1", "localhost"));
      await dora.page.getByLabel("Password, at least").fill(password);
      await dora.page.keyboard.press("Enter");

      await dora.page.locator(".account").getByText("dora").waitFor();
      await dora.signOut();
      await page.reload();
      const row = page.locator("[data-account=dora]");
      await row.getByText("Dr. Ada Byron").waitFor();
      expect(await row.innerText()).not.to.include("invited");
      expect(await page.content()).not.to.include(url);
    });

    it("makes a doctor's account another doctor's", async () => {
      const row = page.locator("[data-account=dora]");
      await button("Change dora").click();
      await row.getByText("dora is signed out").waitFor();
      await row.getByLabel("For which doctor").selectOption("Dr. Cyd Rose");
      await button("Save", true).click();

      await row.getByText("Doctor · Dr. Cyd Rose").waitFor();
      expect(await row.getByLabel("For which doctor").count()).to.equal(0);
    });

    it("does not let anybody decide about their own", async () => {
      expect(await page.locator("[data-account=boss] button").count()).to.equal(0);
    });

    it("disables one after saying what ends, and its screens where that is wanted", async () => {
      const credentials = { name: "anna", password };
      await go("Doctors");
      await go("Accounts");
      await button("Disable anna").click();
      await page.getByText("anna is not signed in now").waitFor();
      await page.keyboard.press("Escape");
      const { body: session } = await system.rest.post("/api/v1/sessions", credentials);
      const anna = system.restAs(session.token);
      const { body: device } = await system.rest.post("/api/v1/screens/device_authorization", {});
      const pairing = { user_code: device.user_code, name: "Hall" };
      expect((await anna.post("/api/v1/screens", pairing)).status).to.equal(201);
      await go("Screens");
      await page
        .locator("[data-screen=Hall][data-silent=false]")
        .getByText(/paired .* by anna/)
        .waitFor();
      await go("Accounts");
      await button("Disable anna").click();
      await page.getByText("1 session of anna ends").waitFor();
      await page.keyboard.press("Escape");
      await system.rest.post("/api/v1/sessions", credentials);
      await button("Disable anna").click();
      await page.getByText("2 sessions of anna end").waitFor();
      await page.getByLabel("Revoke the screen that this account paired").check();

      await button("Disable", true).click();

      await page.getByText("1 disabled").waitFor();
      await eventually(async () => expect((await anna.get("/api/v1/sessions")).status).to.equal(401));
      expect((await system.rest.post("/api/v1/sessions", credentials)).status).to.equal(401);
      expect((await other.get("/api/v1/screens")).body).to.deep.equal([]);
    });

    it("lets a disabled one back by a new link", async () => {
      await page.getByText("1 disabled").click();
      await button(/New link for anna/).click();
      await button("New link", true).click();

      const url = await page.getByLabel("Hand this link to").inputValue();

      const token = new URLSearchParams(new URL(url).hash.slice(1)).get("invite");
      const accepted = await system.rest.post("/api/v1/sessions/invitation", { token, password: `${password}!` });
      expect(accepted.status).to.equal(201);
    });
  });

  describe("has settings", () => {
    it("saves what was changed, which is kept until then", async () => {
      await go("Settings");
      await page.getByLabel("Name of the clinic").fill("East End");
      await page.getByLabel("By arrival").check();
      await page.getByLabel("Minutes that walk-ins stand back").fill("16");
      await page.getByText("A whole number from 0 to 15.").waitFor();
      await page.reload();
      expect(await page.getByLabel("Name of the clinic").inputValue()).to.equal("East End");
      await page.getByText("3 changes are not saved").waitFor();
      await page.getByLabel("Minutes that walk-ins stand back").fill("5");

      await button("Save").click();

      await page.getByText("Everything is saved.").waitFor();
      const { body } = await other.get("/api/v1/clinic/settings");
      expect(body).to.include({ name: "East End", queue_order: "arrival", walk_in_delay_minutes: 5, timezone: "UTC" });
    });

    it("tells the later of two managers what the other one changed, before it changes that", async () => {
      const capacity = page.getByLabel("Bookings a doctor takes a day");
      await capacity.fill("12");
      await other.patch("/api/v1/clinic", { daily_capacity: 15, max_bookings_ahead: 7 });

      await button("Save").click();

      const told = page.locator(".surprises");
      await told.getByText("Nothing was saved yet").waitFor();
      expect(await told.innerText()).to.match(/Bookings a doctor takes a day.*carla.*10.*15.*Yours: 12/);
      expect((await other.get("/api/v1/clinic/settings")).body.daily_capacity).to.equal(15);
      await button("Take theirs").click();
      expect(await capacity.inputValue()).to.equal("15");
      await capacity.fill("20");
      await other.patch("/api/v1/clinic", { max_bookings_ahead: 9 });
      await button("Save").click();
      await told.getByText("Somebody else has also changed").waitFor();
      expect(await told.innerText()).to.match(/Bookings of a patient ahead.*7.*9/);
      expect((await other.get("/api/v1/clinic/settings")).body).to.include({
        daily_capacity: 20,
        max_bookings_ahead: 9,
      });
    });
  });

  describe("has the audit trail", () => {
    const events = () =>
      page.locator(".event").evaluateAll((items) => items.map((item) => item.getAttribute("data-event")));

    it("finds who did what, a page at a time", async () => {
      for (let number = 0; number < 40; number++) await other.post("/api/v1/areas", { name: `Area ${number}` });
      await go("Audit trail");
      await button("Show more").click();
      await eventually(async () => expect((await events()).length).to.be.greaterThan(50));

      await page.getByLabel("Who", { exact: true }).fill("boss");
      await page.getByLabel("What", { exact: true }).selectOption("Settings");

      await eventually(async () => expect(await events()).to.deep.equal(["update clinics", "update clinics"]));
      await page.getByText("changed settings: Bookings a doctor takes a day").waitFor();
      await page.getByLabel("From", { exact: true }).fill("2000-01-02");
      await page.getByLabel("Until", { exact: true }).fill("2000-01-03");
      await page.getByText("0 events").waitFor();
      await button("Show everything").click();
      await eventually(async () => expect((await events()).length).to.equal(50));
    });

    it("finds what it has about a patient, an appointment or a doctor", async () => {
      const about = page.getByLabel("About", { exact: true });
      await about.selectOption("A patient");
      await page.getByLabel("Name or phone").fill("john");
      await button("Search").click();
      await button(/^John Doe/).click();
      await eventually(async () => expect(await events()).to.deep.equal(["insert patients"]));
      await button("Everybody and everything").click();
      await about.selectOption("An appointment");
      await page.getByLabel("Ticket").fill("a1");
      await button("Search").click();
      await button(/A1/).click();
      await eventually(async () => expect(await events()).to.include("insert appointments"));
      await button("Everybody and everything").click();
      await about.selectOption("A doctor");
      await page.getByLabel("A doctor").selectOption("Dr. Cyd Rose");
      await eventually(async () => {
        expect(await events()).to.deep.equal(["update doctors", "update doctors", "update doctors", "insert doctors"]);
      });
      await button("Show everything").click();
    });
  });

  describe("as a whole", () => {
    it("keeps nobody out, in both themes and read from right to left, on a phone and large", async () => {
      for (const [colorScheme, direction, width, rules] of [
        ["light", "ltr", 1280, "all but colours"],
        ["dark", "rtl", 390, "all"],
        ["light", "ltr", 1920, "colours"],
      ] as const) {
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize({ width, height: 844 });
        await page.evaluate(`document.documentElement.dir = "${direction}"`);
        for (const section of sections) {
          await page.evaluate(`location.hash = "${section}"`);
          await page.locator(`[data-part=${section}] .part-head`).waitFor();
          await eventually(async () => expect(await page.locator(".loading").count()).to.equal(0));
          const opener = { doctors: /^Change .?Dr. Cyd/, rooms: /^Delete .?Lab/, accounts: "Invite somebody" }[section];
          if (opener) await button(opener, false).first().click();
          expect(await findBarriers(page, rules), `${section} ${colorScheme}`).to.deep.equal([]);
          expect(
            await page.evaluate("document.documentElement.scrollWidth <= innerWidth"),
            `${section} ${width}`,
          ).to.equal(true);
          await page.keyboard.press("Escape");
        }
      }
    });

    it("shows a long list to the keyboard, too", async () => {
      await page.evaluate('location.hash = "doctors"');
      await button("Paste a list").click();
      await page
        .getByLabel("One doctor a line")
        .fill(Array.from({ length: 30 }, (_none, row) => `Dr. Row${row}`).join("\n"));
      await button("Add 30 doctors").waitFor();

      expect(await findBarriers(page)).to.deep.equal([]);
      await button("Discard").click();
      await page.keyboard.press("Escape");
    });

    it("speaks German, and complains of nothing", async () => {
      await page.locator(".account .who").click();
      await page.getByLabel("Language").selectOption("de");
      await page.getByRole("heading", { name: "Ärzte und Leistungen" }).waitFor();
      await go("Konten");
      await button("anna sperren").click();
      await page.getByText("1 Sitzung von anna endet,").waitFor();
      await page.keyboard.press("Escape");
      await system.rest.post("/api/v1/sessions", { name: "anna", password: `${password}!` });
      await button("anna sperren").click();
      await page.getByText("2 Sitzungen von anna enden,").waitFor();
      await page.keyboard.press("Escape");
      const complaints = boss.complaints.filter((text) => !/status of (401|409)|ERR_FAILED/.test(text));
      expect(complaints).to.deep.equal([]);
    });

    it("is everybody's where nobody signs in, and says that accounts do not count yet", async () => {
      const open = await Clinic.open();
      try {
        await page.goto(`${open.address}/manage#accounts`);
        await page.getByText("Nobody has to sign in here at the moment.").waitFor();
        await go("Doctors");
        await page.getByRole("heading", { name: "Doctors and services" }).waitFor();
      } finally {
        await open.close();
      }
    });
  });
});
