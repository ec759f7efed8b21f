import { z } from "zod";
import type { Revocations } from "../../access/revocations.ts";
import type { Tokens } from "../../access/tokens.ts";
import { id } from "../../contract/fields.ts";
import { newPatientToken, token } from "../../contract/session.ts";
import type { Database } from "../../db/database.ts";
import { linkPatient, unlinkPatient } from "../../db/queries/sessions.ts";
import { Refusal } from "../api-error.ts";
import { route, type Route } from "../route.ts";
import { claimsFor, issue, issuerOf } from "./issue.ts";

const path = "/api/v1/patients/{id}/tokens";

export interface PatientTokenRoutesOptions {
  database: Database;
  tokens: Tokens | undefined;
  revocations: Revocations;
}

/** Patients do not sign in: staff, or a service that books for them, give them a token. */
export const patientTokenRoutes = ({ database, tokens, revocations }: PatientTokenRoutesOptions): Route[] => [
  route(
    {
      method: "post",
      path,
      tag: "Sessions",
      operationId: "issuePatientToken",
      summary: "Issue a token with which a patient sees their own appointments",
      access: ["staff", "book"],
      params: z.object({ id }),
      body: newPatientToken,
      status: 201,
      answer: token,
      errors: ["NotFound"],
    },
    async ({ params, body, caller }) => {
      const issuer = issuerOf(tokens);
      // The token may do no more than its issuer, and a token that may not read is of no use to a patient.
      const { scopes } = caller.identity;
      if (scopes && !scopes.has("read")) throw new Refusal("Forbidden", "This takes the scope read as well");
      const link = { patientId: params.id, scopes, lifetimeS: body.expires_in };
      const session = await database.write((sql) => linkPatient(sql, caller.clinicId, link, caller.actor));
      return issue(issuer, await claimsFor(database, session), session.token_lifetime_s);
    },
  ),
  route(
    {
      method: "delete",
      path,
      tag: "Sessions",
      operationId: "revokePatientTokens",
      summary: "Revoke all tokens that were issued to a patient",
      access: ["staff"],
      params: z.object({ id }),
      status: 204,
      errors: ["NotFound"],
    },
    async ({ params, caller: { clinicId, actor } }) => {
      await database.write((sql) => unlinkPatient(sql, clinicId, params.id, actor));
      await revocations.refresh();
    },
  ),
];
