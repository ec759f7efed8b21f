import { expect } from "chai";
import type { Browser, Page } from "playwright-core";
import { createAccount, password } from "../support/accounts.ts";
import { openBrowser } from "../support/browser.ts";
import { System } from "../support/system.ts";
import { eventually } from "../support/eventually.ts";
import { secret, tokenFor } from "../support/tokens.ts";
import { clinicId } from "../support/default-clinic.ts";

describe("signing in to the staff monitor", function () {
  this.timeout(60_000);
  let clinic: System;
  let browser: Browser;
  let page: Page;
  let address: string;
  const complaints: string[] = [];
  before(async () => {
    clinic = await System.openWithPages({ AUTH_SECRET: secret });
    address = clinic.api.address;
    const staff = clinic.restAs(await tokenFor({ role: "staff" }));
    const today = await staff.today();
    const [mine, other] = [await staff.addDoctor({ name: "Dr. Mine" }), await staff.addDoctor({ name: "Dr. Other" })];
    for (const { id } of [mine, other]) await staff.bookNew(id, today);
    await createAccount(clinic.database, "desk");
    await createAccount(clinic.database, "dr.mine", mine.code);
    browser = await openBrowser();
    page = await browser.newPage();
    page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(error.message));
  });
  after(async () => {
    await browser.close();
    await clinic.close();
  });

  const live = () => page.locator('[data-connection="live"]').waitFor();
  async function signOut(from: Page): Promise<void> {
    await from.locator(".account .who").click();
    await from.getByRole("button", { name: "Sign out" }).click();
  }
  async function signIn(name: string, password: string): Promise<void> {
    await page.getByLabel("Name").fill(name);
    await page.getByLabel("Password").fill(password);
    await page.keyboard.press("Enter");
  }

  it("shows a form and nothing of patients, and says that a password is wrong", async () => {
    await page.goto(address);
    await page.getByRole("heading", { name: "Sign in" }).waitFor();

    await signIn("desk", "not the password");

    await page.getByRole("alert").getByText("Wrong name or password").waitFor();
    expect(await page.content()).not.to.include("John Doe");
    expect(await page.getByLabel("Password").getAttribute("autocomplete")).to.equal("current-password");
  });

  it("lets the right password in, and says who it is", async () => {
    await signIn("desk", password);

    await live();
    await page.getByText("John Doe").first().waitFor();
    expect(await page.locator(".account").innerText()).to.include("desk");
    expect(await page.locator(".card-of-doctor").count()).to.equal(2);
    expect(
      (await page.context().cookies()).map(({ name, httpOnly, sameSite }) => [name, httpOnly, sameSite]),
    ).to.have.deep.members([
      ["clinic_queue", true, "Strict"],
      ["clinic_queue_device", true, "Strict"],
    ]);
  });

  it("stays signed in over a reload, and leaves nothing of patients after signing out", async () => {
    await page.reload();
    await live();
    await page.getByText("John Doe").first().waitFor();

    await signOut(page);

    await page.getByRole("heading", { name: "Sign in" }).waitFor();
    expect(await page.content()).not.to.include("John Doe");
    await eventually(async () => {
      expect((await page.context().cookies()).map(({ name }) => name)).to.deep.equal(["clinic_queue_device"]);
    });
    await page.reload();
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
  });

  it("lets whoever was invited to a clinic choose a password, once", async () => {
    const operator = clinic.restAs(await tokenFor({ role: "operator" }));
    const east = { code: "east", name: "East", timezone: "UTC" };
    const { body } = await operator.post("/api/v1/clinics", east);
    const invited = await browser.newPage();

    // In a tab that shows the page already, the link changes the fragment alone.
    await invited.goto(new URL(".", body.invitation.url).href);
    await invited.getByRole("heading", { name: "Sign in" }).waitFor();
    await invited.goto(body.invitation.url);
    await invited.getByRole("heading", { name: "Choose a password" }).waitFor();
    expect(await invited.getByLabel("Name").inputValue()).to.equal("manager");
    await invited.getByLabel("Password, at least").fill(password);
    await invited.keyboard.press("Enter");
    await invited.locator('[data-connection="live"]').waitFor();

    expect(await invited.locator(".account").innerText()).to.include("manager");
    expect(new URL(invited.url()).hash).to.equal("");
    await invited.goto(body.invitation.url);
    await invited.getByText("You are signed in as manager in this browser.").waitFor();
    await invited.getByRole("button", { name: "Stay signed in as manager" }).click();
    await invited.locator('[data-connection="live"]').waitFor();
    await signOut(invited);
    await invited.getByRole("heading", { name: "Sign in" }).waitFor();
    await invited.goto("about:blank");
    await invited.goto(body.invitation.url);
    await invited.getByLabel("Password, at least").fill(password);
    await invited.keyboard.press("Enter");
    await invited.getByRole("alert").getByText("it was used, or has ended").waitFor();
    await invited.getByRole("button", { name: "I have a password" }).click();
    await invited.getByRole("heading", { name: "Sign in" }).waitFor();
  });

  it("stays signed in when the page slept for longer than a token lives, as a laptop does", async () => {
    const brief = await System.openWithPages({ AUTH_SECRET: secret, TOKEN_LIFETIME_S: 1 });
    const sleeper = await browser.newPage();
    try {
      await createAccount(brief.database, "desk");
      await sleeper.goto(brief.api.address);
      await sleeper.getByLabel("Name").fill("desk");
      await sleeper.getByLabel("Password").fill(password);
      const answered = sleeper.waitForResponse((response) => response.url().endsWith("/sessions") && response.ok());
      await sleeper.keyboard.press("Enter");
      const { token } = (await (await answered).json()) as { token: string };
      await sleeper.locator('[data-connection="live"]').waitFor();
      await sleeper.goto("about:blank");
      await eventually(async () => {
        expect((await brief.restAs(token).get("/api/v1/sessions")).status).to.equal(401);
      });

      await sleeper.goBack();

      await sleeper.locator('[data-connection="live"]').waitFor();
      expect(await sleeper.locator(".account").innerText()).to.include("desk");
    } finally {
      await brief.close();
    }
  });

  it("renews as often where the machine's clock is a day off", async () => {
    await createAccount(clinic.database, "tablet");
    const dayMs = 86_400_000;
    for (const offMs of [-dayMs, dayMs]) {
      const tablet = await browser.newPage({ locale: "en-GB" });
      await tablet.clock.install({ time: Date.now() + offMs });
      let renewals = 0;
      tablet.on("request", (request) => {
        if (request.method() === "POST" && request.url().endsWith("/api/v1/tokens")) renewals++;
      });
      // Another host, because some browsers keep the cookies of all their contexts together.
      await tablet.goto(`${address.replace("127.0.0.1", "localhost")}/screens`);
      await tablet.getByLabel("Name").fill("tablet");
      await tablet.getByLabel("Password").fill(password);
      await tablet.keyboard.press("Enter");
      await tablet.locator("#code").waitFor();

      // A session of hours is renewed every five minutes.
      await tablet.clock.runFor(200_000);
      expect(renewals, `too soon, ${offMs} ms off`).to.equal(0);
      await tablet.clock.runFor(110_000);
      await eventually(async () => expect(renewals, `in time, ${offMs} ms off`).to.equal(1));
      expect(await tablet.locator(".account").innerText()).to.include("tablet");
      await signOut(tablet);
      await tablet.getByRole("heading", { name: "Sign in" }).waitFor();
      await tablet.goto("about:blank");
    }
  });

  it("shows a doctor their own section", async () => {
    await signIn("dr.mine", password);
    await live();
    await page.locator(".card-of-doctor").first().waitFor();

    expect(await page.locator(".card-of-doctor h2").allInnerTexts()).to.deep.equal(["Dr. Mine"]);
    expect(await page.getByRole("link", { name: "Screens" }).count()).to.equal(0);
  });

  it("goes back to the form by itself when the session is ended elsewhere", async () => {
    await clinic.sql`select revoke_sessions(${clinicId}, id) from accounts where name = 'dr.mine'`;

    await page.getByRole("heading", { name: "Sign in" }).waitFor();

    await page.getByText("Your session has ended").waitFor();
    expect(await page.content()).not.to.include("John Doe");
  });

  it("says how long to wait after too many tries", async () => {
    for (let tries = 0; tries < 8; tries++) {
      await signIn("nobody", "wrong");
      await page
        .getByRole("alert")
        .getByText(/Wrong name|Too many/)
        .waitFor();
      if ((await page.getByRole("alert").innerText()).includes("Too many")) break;
    }

    expect(await page.getByRole("alert").innerText()).to.match(/Too many tries. Please wait (a|\d+) second/);
    await page.getByRole("button", { name: "Sign in", exact: true }).waitFor();
  });

  it("complained of nothing but the refusals", () => {
    expect(complaints.filter((text) => !/status of (401|429)|WebSocket/.test(text))).to.deep.equal([]);
  });
});
