import { randomBytes, randomUUID } from "node:crypto";
import { SignJWT, UnsecuredJWT, type JWTPayload } from "jose";
import { hashPassword } from "../../access/passwords.ts";
import { addAccount } from "../../db/queries/accounts.ts";
import { operator, password as goodPassword } from "../support/accounts.ts";
import type { System } from "../support/system.ts";
import { Provider } from "../support/provider.ts";
import { unique, type Rest } from "../support/rest.ts";
import { beginSession, secret, tokenFor } from "../support/tokens.ts";

/** Whom the clinic knows; each service has one scope alone, or none. */
export const known = [
  "manager",
  "operator",
  "kiosk",
  "staff",
  "provider's staff",
  "doctor",
  "screen",
  "patient",
  "service book",
  "service check_in",
  "service read",
  "service",
] as const;
export type Known = (typeof known)[number];

/** Whose token says nothing to the clinic. */
export const strangers = [
  "garbage",
  "expired",
  "wrong key",
  "wrong audience",
  "wrong issuer",
  "alg none",
  "another HMAC",
  "provider's public key as secret",
  "provider's kid, another key",
  "provider's token for somebody else",
  "provider's token, expired",
  "another clinic's issuer",
  "another clinic's issuer, provider's key",
  "signed out",
  "revoked screen",
] as const;
export type Stranger = (typeof strangers)[number];

export type Caller = Known | "nobody" | Stranger;
export const everyCaller: readonly Caller[] = [...known, "nobody", ...strangers];

/** Somebody whom a doctor treats, and the words that must not be read by whoever has no business with them. */
export interface Owned {
  doctorId: string;
  patientId: string;
  secrets: string[];
}

type Accounts = Record<"manager" | "operator" | "staff" | "doctor" | "service", string>;

/** All callers of a clinic with sign-in, and whose data there is: `own` of the doctor and the patient who call. */
export class Callers {
  readonly own: Owned;
  /** Another patient of the doctor who calls. */
  readonly neighbour: Owned;
  readonly other: Owned;
  #clinic: System;
  #provider: Provider;
  #strangers: Record<Stranger, string>;
  #accounts: Accounts;
  #screenId: string;

  private constructor(fields: {
    clinic: System;
    provider: Provider;
    own: Owned;
    neighbour: Owned;
    other: Owned;
    strangers: Record<Stranger, string>;
    accounts: Accounts;
    screenId: string;
  }) {
    this.#clinic = fields.clinic;
    this.#provider = fields.provider;
    this.own = fields.own;
    this.neighbour = fields.neighbour;
    this.other = fields.other;
    this.#strangers = fields.strangers;
    this.#accounts = fields.accounts;
    this.#screenId = fields.screenId;
  }

  static async open(clinic: System, provider: Provider): Promise<Callers> {
    const rest = clinic.restAs(await tokenFor({ role: "staff" }));
    const own = await addOwned(rest, "Wilhelmina Ownpatient");
    const neighbour = { ...(await addOwned(rest, "Ottilie Neighbour")), doctorId: own.doctorId };
    const other = await addOwned(rest, "Zacharias Otherpatient");
    const { body: doctor } = await rest.get(`/api/v1/doctors/${own.doctorId}`);
    const usual = { doctorCode: null, scope: "", passwordHash: await hashPassword(goodPassword) };
    for (const account of [
      { ...usual, name: "anna", role: "staff" },
      { ...usual, name: "mona", role: "manager" },
      { ...usual, name: "otto", role: "operator" },
      { ...usual, name: "dora", role: "doctor", doctorCode: doctor.code as string },
      { ...usual, name: "bot", role: "service", scope: "book check_in read" },
    ]) {
      await addAccount(clinic.sql, clinic.id, account, operator);
    }
    const rows = await clinic.sql<{ name: string; id: string }[]>`select name, id from accounts`;
    const ids = Object.fromEntries(rows.map(({ name, id }) => [name, id]));
    const screen = await pairScreen(clinic, rest);
    return new Callers({
      clinic,
      provider,
      own,
      neighbour,
      other,
      strangers: await makeStrangers(clinic, provider, rest),
      accounts: {
        manager: ids["mona"] ?? "",
        operator: ids["otto"] ?? "",
        staff: ids["anna"] ?? "",
        doctor: ids["dora"] ?? "",
        service: ids["bot"] ?? "",
      },
      screenId: screen.id,
    });
  }

  /** A token; whom the clinic knows gets one of a new session, so that one call cannot end another's. */
  async token(caller: Caller): Promise<string | undefined> {
    const { doctor, service } = this.#accounts;
    const ofService = async (scope: string) =>
      tokenFor({ sub: service, role: "service", ...(await this.#begin({ account: service, scope })) });
    switch (caller) {
      case "nobody":
        return undefined;
      case "manager":
      case "operator":
      case "staff": {
        const account = this.#accounts[caller];
        return tokenFor({ sub: account, role: caller, ...(await this.#begin({ account })) });
      }
      case "kiosk":
        return tokenFor({ role: "kiosk" });
      case "provider's staff":
        return this.#provider.token();
      case "doctor": {
        const session = await this.#begin({ account: doctor });
        return tokenFor({ sub: doctor, role: "doctor", doctor_id: this.own.doctorId, ...session });
      }
      case "screen": {
        const session = await this.#begin({ screen: this.#screenId });
        return tokenFor({ role: "screen", screen_id: this.#screenId, ...session });
      }
      case "patient": {
        const { patientId: patient_id } = this.own;
        return tokenFor({ role: "patient", patient_id, ...(await this.#begin({ patient: patient_id })) });
      }
      case "service book":
        return ofService("book");
      case "service check_in":
        return ofService("check_in");
      case "service read":
        return ofService("read");
      case "service":
        return ofService("");
      default:
        return this.#strangers[caller];
    }
  }

  get patients(): Owned[] {
    return [this.own, this.neighbour, this.other];
  }

  /** What must not be in any answer to a caller. */
  secretsFrom(caller: Caller): string[] {
    switch (caller) {
      case "manager":
      case "staff":
      case "provider's staff":
      case "service book":
      case "service read":
        return [];
      case "doctor":
        return this.other.secrets;
      case "patient":
        return [...this.neighbour.secrets, ...this.other.secrets];
      default:
        return this.patients.flatMap(({ secrets }) => secrets);
    }
  }

  async #begin(of: Parameters<typeof beginSession>[1]) {
    return beginSession(this.#clinic.sql, of);
  }
}

async function addOwned(rest: Rest, name: string): Promise<Owned> {
  const doctor = await rest.addDoctor({ name: `Dr. ${unique()}` });
  const email = `${name.replace(" ", ".").toLowerCase()}@example.org`;
  const patient = await rest.addPatient({ name, email, gender: "private" });
  return { doctorId: doctor.id, patientId: patient.id, secrets: [...name.split(" "), email, patient.phone] };
}

/** Lets a screen in, as the desk does. */
export async function pairScreen(clinic: System, staff: Rest): Promise<{ id: string; token: string }> {
  const { body: shown } = await clinic.rest.post("/api/v1/screens/device_authorization", {});
  const { body: screen } = await staff.post("/api/v1/screens", { user_code: shown.user_code, name: "Waiting room" });
  const { body: granted } = await clinic.rest.post("/api/v1/screens/token", {
    grant_type: "urn:ietf:params:oauth:grant-type:device_code",
    device_code: shown.device_code,
  });
  return { id: screen.id, token: granted.access_token };
}

async function makeStrangers(clinic: System, provider: Provider, staff: Rest): Promise<Record<Stranger, string>> {
  const claims = { sub: randomUUID(), role: "staff" } as const;
  const { alg, kid } = provider.key;
  const anotherClinics = await Provider.open();
  await anotherClinics.rotate(alg, kid);
  await anotherClinics.goDown();

  const { body: session } = await clinic.rest.post("/api/v1/sessions", { name: "anna", password: goodPassword });
  await clinic.restAs(session.token).delete("/api/v1/sessions");
  const screen = await pairScreen(clinic, staff);
  await staff.delete(`/api/v1/screens/${screen.id}`);

  return {
    garbage: "garbage",
    expired: await tokenFor(claims, -1_000),
    "wrong key": await sign({ ...claims }, randomBytes(32)),
    "wrong audience": await sign({ ...claims, aud: "somebody-else" }),
    "wrong issuer": await sign({ ...claims, iss: provider.issuer }),
    "alg none": new UnsecuredJWT({ ...claims }).setExpirationTime("1h").encode(),
    "another HMAC": await sign({ ...claims }, Buffer.from(secret), { alg: "HS512" }),
    "provider's public key as secret": await sign(
      { ...claims, iss: provider.issuer, aud: provider.audience },
      Buffer.from(await provider.publicKeyPem()),
      { alg: "HS256", kid },
    ),
    "provider's kid, another key": await provider.token({}, anotherClinics.key),
    "provider's token for somebody else": await provider.token({ aud: "somebody-else" }),
    "provider's token, expired": await provider.token({ exp: Math.floor(Date.now() / 1000) - 60 }),
    "another clinic's issuer": await anotherClinics.token({ aud: provider.audience }),
    "another clinic's issuer, provider's key": await provider.token({ iss: anotherClinics.issuer }),
    "signed out": session.token,
    "revoked screen": screen.token,
  };
}

async function sign(
  claims: JWTPayload,
  key: Uint8Array = Buffer.from(secret),
  header: { alg: string; kid?: string } = { alg: "HS256" },
): Promise<string> {
  return new SignJWT(claims).setProtectedHeader(header).setExpirationTime("1h").sign(key);
}
