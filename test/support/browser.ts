import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import chromium from "@sparticuz/chromium";
import { chromium as playwright, type Browser } from "playwright-core";
import { projectRoot } from "../../platform/project-root.ts";
import { closed, opened } from "./leaks.ts";

/** With these it would not do what browsers do: it sends no Origin, and lets pages read those of others. */
const lessSecure = new Set(["--disable-web-security", "--allow-running-insecure-content"]);

// Pages are drawn by the processor as they are; with this off, it does not play a graphics card first.
chromium.setGraphicsMode = false;

/** With these it draws and scripts in one process, which starts sooner, and which nobody's browser does. */
const ofOneProcess = new Set(["--single-process", "--no-zygote", "--in-process-gpu"]);

/**
 * A real Chromium: the one that CHROMIUM_PATH names, or the one that comes with npm.
 *
 * @param inOneProcess false where its parts are to be processes of their own, as people's browsers have them
 */
export async function openBrowser({ inOneProcess = true } = {}): Promise<Browser> {
  const browser = await playwright.launch({
    executablePath: process.env["CHROMIUM_PATH"] ?? (await unpackChromium()),
    args: [
      ...chromium.args.filter((arg) => !lessSecure.has(arg) && (inOneProcess || !ofOneProcess.has(arg))),
      "--no-sandbox",
      "--disable-gpu",
      "--disable-software-rasterizer",
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

/**
 * Unpacks the Chromium of npm where no other run has. It is unpacked into a new folder, which gets its name when all of
 * it is there, because several processes run tests at once, and one that is half written cannot be started.
 */
async function unpackChromium(): Promise<string> {
  const manifest = await readFile(new URL("node_modules/@sparticuz/chromium/package.json", projectRoot), "utf8");
  const { version } = JSON.parse(manifest) as { version: string };
  const home = join(tmpdir(), `clinic-queue-chromium-${version}`);
  if (!existsSync(home)) {
    const folder = await mkdtemp(`${home}-`);
    const unpack = 'import chromium from "@sparticuz/chromium"; await chromium.executablePath();';
    await promisify(execFile)(process.execPath, ["--input-type=module", "--eval", unpack], {
      cwd: fileURLToPath(projectRoot),
      env: { ...process.env, TMPDIR: folder },
    });
    // Fails where another process was first.
    await rename(folder, home).catch(() => rm(folder, { recursive: true }));
  }
  return join(home, "chromium");
}
