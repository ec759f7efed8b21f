import { networkInterfaces } from "node:os";
import { expect } from "chai";
import { z } from "zod";
import { authSettings, openTokens } from "../../access/auth-settings.ts";
import { StartError } from "../../platform/settings.ts";

const local = ["127.0.0.1", "127.0.0.2", "::1", "localhost"];
const addresses = Object.values(networkInterfaces()).flatMap((found) => found ?? []);
const lan = addresses.flatMap(({ internal, address }) => (internal ? [] : [address]));
const open = ["0.0.0.0", "::", "192.168.1.10", ...lan, "::ffff:127.0.0.1", "127.0.0.1.example.org"];

/** What the start of a process says to these settings; empty when it goes on. */
function refusalOf({ HOST = "127.0.0.1", ...settings }: Record<string, string>): string {
  try {
    openTokens(z.object(authSettings).parse(settings), HOST)?.close();
    return "";
  } catch (error) {
    if (error instanceof StartError) return error.message;
    throw error;
  }
}

describe("the settings of sign-in", () => {
  const whole = {
    AUTH_JWKS_URL: "https://example.org/keys",
    AUTH_ISSUER: "https://example.org",
    AUTH_AUDIENCE: "clinic",
  };
  const secret = { AUTH_SECRET: "x".repeat(32) };

  it("may be left out where only this machine can reach the process", () => {
    for (const HOST of local) expect(refusalOf({ HOST }), HOST).to.equal("");
    for (const HOST of open) expect(refusalOf({ HOST }), HOST).to.match(/^HOST: .*AUTH_SECRET/);
  });

  it("may not be left out in production, whatever the address", () => {
    for (const HOST of [...local, ...open])
      expect(refusalOf({ HOST, NODE_ENV: "production" }), HOST).to.match(/^AUTH_SECRET: /);
  });

  it("are a secret, or all of a provider, or both", () => {
    for (const settings of [secret, whole, { ...secret, ...whole }])
      expect(refusalOf({ HOST: "0.0.0.0", NODE_ENV: "production", TRUST_PROXY: "loopback", ...settings })).to.equal("");
  });

  for (const missing of ["AUTH_JWKS_URL", "AUTH_ISSUER", "AUTH_AUDIENCE"] as const) {
    it(`are refused without ${missing} where the rest of a provider is given`, () => {
      const { [missing]: _, ...half } = whole;

      for (const other of [{}, secret]) expect(refusalOf({ ...half, ...other })).to.include(missing);
    });
  }
});
