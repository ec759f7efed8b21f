import chromium from "@sparticuz/chromium";
import { chromium as playwright, type Browser } from "playwright-core";
import { closed, opened } from "./leaks.ts";

/** A real Chromium: the one that CHROMIUM_PATH names, or the one that comes with npm. */
export async function openBrowser(): Promise<Browser> {
  const browser = await playwright.launch({
    executablePath: process.env["CHROMIUM_PATH"] ?? (await chromium.executablePath()),
    args: [
      ...chromium.args,
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
    headless: true,
  });
  opened(browser, "a browser");
  browser.on("disconnected", () => closed(browser));
  return browser;
}
