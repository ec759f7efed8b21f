import { networkInterfaces } from "node:os";
import { expect } from "chai";
import type { Browser } from "playwright-core";
import { createAccount, password } from "../support/accounts.ts";
import { openBrowser } from "../support/browser.ts";
import { System } from "../support/system.ts";
import { secret } from "../support/tokens.ts";

/** An address that browsers do not trust more than others, as they do loopback. */
const address = Object.values(networkInterfaces())
  .flat()
  .find((one) => one && !one.internal && one.family === "IPv4")?.address;

describe("the pages at an address of another machine, without TLS", function () {
  this.timeout(60_000);
  let clinic: System;
  let browser: Browser;
  before(async function () {
    if (address === undefined) return this.skip();
    clinic = await System.openWithPages({ AUTH_SECRET: secret, HOST: "0.0.0.0" });
    await createAccount(clinic.database, "desk");
    browser = await openBrowser();
  });
  after(async () => {
    await browser?.close();
    await clinic?.close();
  });

  it("pair a television, show the queue on it, and sign out", async () => {
    const origin = `http://${address}:${clinic.api.port}`;
    const tv = await (await browser.newContext()).newPage();
    const desk = await (await browser.newContext()).newPage();
    await tv.goto(`${origin}/screen`);
    await tv.locator(".code").waitFor();
    const code = await tv.locator(".code").innerText();

    await desk.goto(`${origin}/screens#user_code=${code}`);
    await desk.getByLabel("Name").fill("desk");
    await desk.getByLabel("Password").fill(password);
    await desk.keyboard.press("Enter");
    await desk.locator(".linked-code").waitFor();
    await desk.getByLabel("Name", { exact: true }).fill("Hall");
    await desk.keyboard.press("Enter");
    await desk.locator("[data-screen-id]").getByText("Hall").waitFor();
    await tv.locator('.board[data-connection="live"]').waitFor();
    await desk.locator(".account .who").click();
    await desk.getByRole("button", { name: "Sign out" }).click();
    await desk.getByRole("heading", { name: "Sign in" }).waitFor();

    expect((await desk.context().cookies()).map(({ name }) => name)).to.deep.equal([]);
  });
});
