import { readFile } from "node:fs/promises";
import { expect } from "chai";
import type { Browser, Page } from "playwright-core";
import { findBarriers } from "../../support/axe.ts";
import { openBrowser } from "../../support/browser.ts";
import { sizes, type StaffPage } from "../../support/staff-page.ts";
import type { System } from "../../support/system.ts";
import { openManagedClinic } from "./managed-clinic.ts";

describe("import and export on the manager's page", function () {
  this.timeout(60_000);
  let system: System;
  let browser: Browser;
  let boss: StaffPage;
  let page: Page;
  before(async () => {
    browser = await openBrowser();
    ({ system, boss } = await openManagedClinic(browser));
    ({ page } = boss);
    await boss.goto(`${system.api.address}/manage#data`);
    await boss.signIn("boss");
    await page.locator("[data-part=data]").waitFor();
  });
  after(async () => {
    await browser.close();
    await system.close();
  });

  const file = (text: string) => ({ name: "patients.csv", mimeType: "text/csv", buffer: Buffer.from(text) });
  const chooseFile = (text: string) => page.getByLabel("CSV file").setInputFiles(file(text));
  const status = (text: RegExp) => page.getByRole("status").filter({ hasText: text }).waitFor();
  const names = async (): Promise<string[]> =>
    (await system.sql<{ name: string }[]>`select name from patients order by name`).map(({ name }) => name);

  it("tries a file as soon as it is chosen, and shows and saves what it would refuse", async () => {
    await chooseFile("name,age\nAnn Archer,30\nBen Baker,old\nCat Cole,1,2\n");
    await status(/1 new · 0 are here already · 2 lines refused/);

    const told = await page.getByRole("list", { name: "Lines that are refused" }).locator("li").allInnerTexts();
    const [saved] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: "Save this list" }).click(),
    ]);

    expect(told.map((line) => line.replaceAll(/\s+/g, " "))).to.have.length(2);
    expect(told[0]).to.match(/Line 3 +age/);
    expect(told[1]).to.match(/Line 4 +has 3 fields, and the header has 2/);
    expect(saved.suggestedFilename()).to.equal("refused patients.csv");
    expect(await readFile(await saved.path(), "utf8")).to.match(/^line,field,reason\r\n3,age,".*"\r\n4,,"has 3 fields/);
    expect(await names()).to.deep.equal([]);
    expect(await findBarriers(page)).to.deep.equal([]);
  });

  it("imports the other lines when somebody says so", async () => {
    await page.getByRole("button", { name: "Import 1 without the refused lines" }).click();
    await status(/Imported: 1 added/);

    expect(await names()).to.deep.equal(["Ann Archer"]);
  });

  it("imports a file without faults in two steps, by the keyboard too", async () => {
    await page.getByLabel("CSV file").focus();
    boss.takeInteractions();
    await chooseFile("\ufeffname;phone\r\nDan Dale;+1 234 567 890\r\n");
    await status(/1 new · 0 are here already · 0 lines refused/);
    await boss.press("Tab");
    await boss.press("Enter");
    await status(/Imported: 1 added/);

    expect(boss.takeInteractions()).to.equal(2);
    expect(await names()).to.deep.equal(["Ann Archer", "Dan Dale"]);
  });

  it("says what is wrong with a file that is none", async () => {
    await chooseFile("<!doctype html>");
    const alert = page.getByRole("alert");
    await alert.waitFor();

    expect(await alert.innerText()).to.include('line 1: the column "<!doctype_html>" is not known');
    expect(await findBarriers(page)).to.deep.equal([]);
  });

  it("tries the file again as what it is", async () => {
    await chooseFile("code,name\nD1,Dr. Smith\n");
    await page.getByRole("alert").waitFor();
    await page.getByRole("radio", { name: "Doctors" }).check();
    await status(/1 new/);
    await page.getByRole("button", { name: "Import 1" }).click();
    await status(/Imported: 1 added/);

    await page.getByRole("navigation").getByRole("link", { name: "Doctors", exact: true }).click();
    await page.getByText("Dr. Smith").waitFor();
    await page.getByRole("navigation").getByRole("link", { name: "Import, export" }).click();
  });

  it("gives out a file of each kind, and tells of both in the audit trail", async () => {
    const [patients] = await Promise.all([
      page.waitForEvent("download"),
      page.locator("[data-part=data]").getByRole("link", { name: "Patients" }).click(),
    ]);
    expect(patients.suggestedFilename()).to.equal("patients.csv");
    expect(await readFile(await patients.path(), "utf8")).to.include("Dan Dale,'+1234567890,");

    await page.getByRole("navigation").getByRole("link", { name: "Audit trail" }).click();
    await page.getByText("exported a file: Patients, 2 lines").waitFor();
    expect(await page.getByText("imported a file: Patients, 1 added").count()).to.equal(2);
  });

  it("fits a phone, and has no barrier in the dark", async () => {
    await page.goto(`${system.api.address}/manage#data`);
    await page.emulateMedia({ colorScheme: "dark" });
    await page.setViewportSize(sizes.phone);
    await page.locator("[data-part=data]").waitFor();
    await chooseFile("name,age\nAnn Archer,old\n");
    await status(/1 line refused/);

    expect(await page.evaluate("document.documentElement.scrollWidth - innerWidth")).to.be.at.most(0);
    expect(await findBarriers(page)).to.deep.equal([]);
    const complaints = boss.complaints.filter((text) => !/status of (400|401)/.test(text));
    expect(complaints).to.deep.equal([]);
  });
});
