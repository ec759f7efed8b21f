import { expect } from "chai";
import { isOwnOrigin } from "../../access/own-origin.ts";

describe("an origin", () => {
  const host = "clinic.example:8001";
  const pages = { allowedOrigins: [] as string[], apiPort: 8000, overTls: false };

  it("is our own when it is of the api on our host, or of our very origin", () => {
    expect(isOwnOrigin({ host, origin: "http://clinic.example:8000" }, pages)).to.equal(true);
    expect(isOwnOrigin({ host, origin: "http://clinic.example:8001" }, pages)).to.equal(true);
    expect(isOwnOrigin({ host: "clinic.example", origin: "https://clinic.example" }, pages)).to.equal(true);
  });

  it("is not when it is of another port or host, or names no origin", () => {
    expect(isOwnOrigin({ host, origin: "http://clinic.example:9000" }, pages)).to.equal(false);
    expect(isOwnOrigin({ host, origin: "http://other.example:8000" }, pages)).to.equal(false);
    expect(isOwnOrigin({ host, origin: "null" }, pages)).to.equal(false);
    expect(isOwnOrigin({ host }, pages)).to.equal(false);
    expect(isOwnOrigin({ origin: "http://clinic.example:8000" }, pages)).to.equal(false);
  });

  it("must have come over TLS where the connection does", () => {
    const overTls = { ...pages, overTls: true };

    expect(isOwnOrigin({ host: "clinic.example", origin: "https://clinic.example" }, overTls)).to.equal(true);
    expect(isOwnOrigin({ host: "clinic.example", origin: "http://clinic.example" }, overTls)).to.equal(false);
  });

  it("is our own where ALLOWED_ORIGINS names it, and no page is by a *", () => {
    const origin = "https://board.example";

    expect(isOwnOrigin({ host, origin }, { ...pages, allowedOrigins: [origin] })).to.equal(true);
    expect(isOwnOrigin({ host, origin }, { ...pages, allowedOrigins: "*" })).to.equal(false);
  });
});
