import { randomUUID } from "node:crypto";
import { expect } from "chai";
import { CannotVerify, ForeignPage, TokenError } from "../../access/authentication-errors.ts";
import { Authenticator } from "../../access/authenticator.ts";
import { anybody } from "../../access/identity.ts";
import { Revocations } from "../../access/revocations.ts";
import { Tokens } from "../../access/tokens.ts";
import { Database } from "../../db/database.ts";
import { rejection } from "../support/rejection.ts";
import { secret, tokenFor } from "../support/tokens.ts";

const clinic = { id: randomUUID(), code: "default", isDefault: true };
const request = { clinic, overTls: false, mayUseCookie: true };

describe("the authenticator", () => {
  // Tokens of no session need no database, and this one is never connected.
  const revocations = new Revocations(new Database({ url: "postgres://nobody@127.0.0.1:1/none", name: "test" }));
  const authenticator = new Authenticator(new Tokens({ secret }), revocations);

  it("knows the sender by the token in the header, or else by the cookie", async () => {
    const authorization = `Bearer ${await tokenFor({ role: "staff", sub: "anna" })}`;
    const cookie = `clinic_queue=${await tokenFor({ role: "staff", sub: "berta" })}`;

    const byHeader = await authenticator.identify({ ...request, headers: { authorization, cookie } });
    const byCookie = await authenticator.identify({ ...request, headers: { cookie } });

    expect([byHeader?.identity.subject, byHeader?.usesCookie]).to.deep.equal(["anna", false]);
    expect([byCookie?.identity.subject, byCookie?.usesCookie]).to.deep.equal(["berta", true]);
    expect(byHeader?.identity.clinicId).to.equal(clinic.id);
  });

  it("knows nobody without either, nor by a cookie that could have been set without TLS", async () => {
    const cookie = `clinic_queue=${await tokenFor({ role: "staff" })}`;

    expect(await authenticator.identify({ ...request, headers: {} })).to.equal(undefined);
    expect(await authenticator.identify({ ...request, headers: { cookie }, overTls: true })).to.equal(undefined);
  });

  it("refuses the cookie, and no token in the header, where a page of somebody else may have sent it", async () => {
    const token = await tokenFor({ role: "staff" });
    const cookie = `clinic_queue=${token}`;
    const foreign = { ...request, mayUseCookie: false };

    const refusal = await rejection(authenticator.identify({ ...foreign, headers: { cookie } }));
    const byHeader = await authenticator.identify({
      ...foreign,
      headers: { cookie, authorization: `Bearer ${token}` },
    });

    expect(refusal).to.be.instanceOf(ForeignPage);
    expect(byHeader?.usesCookie).to.equal(false);
  });

  it("refuses what is no token, a token of another clinic, and a token while nobody knows what was revoked", async () => {
    const elsewhere = await tokenFor({ role: "staff", clinic: randomUUID() });
    const unknown = await tokenFor({ role: "staff", clinic: clinic.id, sid: randomUUID(), db: randomUUID() });

    const basic = authenticator.identify({ ...request, headers: { authorization: "Basic YTpi" } });

    expect(await rejection(basic)).to.be.instanceOf(TokenError);
    expect(await rejection(authenticator.verify(elsewhere, clinic))).to.be.instanceOf(TokenError);
    expect(await rejection(authenticator.verify(unknown, clinic))).to.be.instanceOf(CannotVerify);
  });

  it("takes everybody for anybody in open mode, whatever they send", async () => {
    const open = new Authenticator(undefined, revocations);

    const sender = await open.identify({ ...request, headers: { authorization: "garbage" }, mayUseCookie: false });

    expect(sender).to.deep.equal({ identity: anybody, usesCookie: false });
    expect(await open.verify("garbage", clinic)).to.equal(anybody);
  });
});
