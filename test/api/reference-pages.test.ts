import { expect } from "chai";
import { Clinic } from "../support/clinic.ts";
import { Rest } from "../support/rest.ts";

describe("the API reference", () => {
  let clinic: Clinic;
  before(async () => {
    clinic = await Clinic.open();
  });
  after(() => clinic.close());

  it("describes every call of the contract in OpenAPI 3.1", async () => {
    const { body } = await clinic.rest.get("/openapi.json");

    expect(body.openapi).to.equal("3.1.0");
    const calls = Object.entries(body.paths as object).flatMap(([path, methods]) =>
      Object.keys(methods as object).map((method) => `${method} ${path.replace("/api/v1", "")}`),
    );
    expect(calls).to.include.members([
      "post /patients",
      "get /patients/search",
      "get /patients/{id}",
      "post /doctors",
      "get /doctors",
      "get /doctors/{id}",
      "post /doctors/{id}/availability",
      "get /doctors/{id}/availability",
      "post /appointments",
      "get /appointments/{id}",
      "get /appointments/doctors/{id}/appointments",
      "get /doctors/{id}/appointments",
      "post /checkins",
      "get /checkins/doctors/{id}/queue",
      "get /doctors/{id}/queue",
      "get /clinic",
    ]);
    const booking = body.paths["/api/v1/appointments"].post;
    const { properties, required } = booking.requestBody.content["application/json"].schema;
    // The date, or the time of a slot.
    expect(required).to.have.members(["patient_id", "doctor_id"]);
    expect(properties.date).to.deep.include({ type: "string", format: "date" });
    expect(Object.keys(booking.responses)).to.include.members(["201", "400", "404", "409", "422", "503"]);
  });

  it("shows it on a page that needs nothing from elsewhere", async () => {
    const page = await clinic.rest.get("/docs/");

    expect(page.status).to.equal(200);
    const links = [...(page.body as string).matchAll(/(?:src|href)="([^"]+)"/g)].map(([, link]) => link ?? "");
    expect(links).not.to.be.empty;
    for (const link of links) {
      expect(link).not.to.match(/^(https?:)?\/\//);
      expect((await clinic.rest.get(new URL(link, "http://x/docs/").pathname)).status, link).to.equal(200);
    }
  });

  it("binds no host to TLS, as no answer does: whether there is TLS is known to what is in front of us", async () => {
    const ofClinic = ["/docs/", "/docs/swagger-ui.css", "/openapi.json", "/", "/api/v1/clinic", "/none"];
    const ofProcess = ["/health", "/none"];
    for (const [address, paths] of [
      [clinic.address, ofClinic],
      [clinic.api.address, ofProcess],
      [clinic.realtime.address, ofProcess],
    ] as const) {
      for (const path of paths) {
        const { headers } = await new Rest(address).get(path);
        expect(headers.get("strict-transport-security"), address + path).to.equal(null);
      }
    }
  });
});
