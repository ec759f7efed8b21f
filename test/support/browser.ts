import chromium from "@sparticuz/chromium";
import { chromium as playwright, type Browser } from "playwright-core";
import { closed, opened } from "./leaks.ts";

/** With these it would not do what browsers do: it sends no Origin, and lets pages read those of others. */
const lessSecure = new Set(["--disable-web-security", "--allow-running-insecure-content"]);

/** A real Chromium: the one that CHROMIUM_PATH names, or the one that comes with npm. */
export async function openBrowser(): Promise<Browser> {
  const browser = await playwright.launch({
    executablePath: process.env["CHROMIUM_PATH"] ?? (await chromium.executablePath()),
    args: [
      ...chromium.args.filter((arg) => !lessSecure.has(arg)),
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
