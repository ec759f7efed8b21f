import { expect } from "chai";
import { Clinic } from "../support/clinic.ts";

describe("the scripts and styles of the pages", () => {
  let clinic: Clinic;
  before(async () => {
    clinic = await Clinic.open();
  });
  after(() => clinic.close());

  it("come compressed to whoever takes that, and what is a patient's never does", async () => {
    const page = await fetch(`${clinic.api.address}/`);
    const script = /src="(\/assets\/[^"]+\.js)"/.exec(await page.text())?.[1] ?? "";
    const headers = { "accept-encoding": "gzip" };

    const asset = await fetch(`${clinic.api.address}${script}`, { headers });
    const patients = await fetch(`${clinic.api.address}/api/v1/patients?query=some-name-that-nobody-has`, { headers });

    expect([asset.status, asset.headers.get("content-encoding")]).to.deep.equal([200, "gzip"]);
    expect([patients.status, patients.headers.get("content-encoding")]).to.deep.equal([200, null]);
  });
});
