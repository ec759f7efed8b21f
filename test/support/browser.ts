import chromium from "@sparticuz/chromium";
import { chromium as playwright, type Browser } from "playwright-core";
import { closed, opened } from "./leaks.ts";

/** With these it would not do what browsers do: it sends no Origin, and lets pages read those of others. */
const lessSecure = new Set(["--disable-web-security", "--allow-running-insecure-content"]);

/** With these it draws and scripts in one process, which starts sooner, and which nobody's browser does. */
const ofOneProcess = new Set(["--single-process", "--no-zygote", "--in-process-gpu"]);

/**
 * A real Chromium: the one that CHROMIUM_PATH names, or the one that comes with npm.
 *
 * @param inOneProcess false where its parts are to be processes of their own, as people's browsers have them
 */
export async function openBrowser({ inOneProcess = true } = {}): Promise<Browser> {
  const browser = await playwright.launch({
    executablePath: process.env["CHROMIUM_PATH"] ?? (await chromium.executablePath()),
    args: [
      ...chromium.args.filter((arg) => !lessSecure.has(arg) && (inOneProcess || !ofOneProcess.has(arg))),
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
