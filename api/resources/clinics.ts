import { z } from "zod";
import { invitationUrl, makeInvitation } from "../../access/invitation.ts";
import type { Revocations } from "../../access/revocations.ts";
import type { Tokens } from "../../access/tokens.ts";
import { addedClinic, clinicChange, clinicCode, listedClinic, newClinic } from "../../contract/clinic.ts";
import { addClinic, administerClinic, listClinics } from "../../db/queries/clinics.ts";
import type { Database } from "../../db/database.ts";
import { ownAddress } from "../own-address.ts";
import { route, type Route } from "../route.ts";
import { invitationLifetimeS } from "./accounts.ts";
import { explainTimezone } from "./clinic.ts";

const path = "/api/v1/clinics";
const tag = "Clinics";

export interface ClinicsRoutesOptions {
  database: Database;
  tokens: Tokens | undefined;
  revocations: Revocations;
}

/** What operators do: they decide which clinics there are, and see nothing that is in them. */
export const clinicsRoutes = ({ database, tokens, revocations }: ClinicsRoutesOptions): Route[] => [
  route(
    {
      method: "get",
      path,
      tag,
      operationId: "listClinics",
      summary: "List the clinics",
      access: ["operator"],
      isOfDefaultClinic: true,
      status: 200,
      answer: z.array(listedClinic),
      errors: ["NotFound"],
    },
    () => database.read(listClinics),
  ),
  route(
    {
      method: "post",
      path,
      tag,
      operationId: "addClinic",
      summary: "Add a clinic, with an account for its manager, who gets a link to sign in with",
      access: ["operator"],
      isOfDefaultClinic: true,
      body: newClinic,
      status: 201,
      answer: addedClinic,
      errors: ["NotFound", "AlreadyExists"],
    },
    async ({ body, caller: { actor }, response }) => {
      // Before anything is written.
      const address = tokens?.canIssue ? ownAddress(response.req) : null;
      const { token, digest } = makeInvitation();
      const invitation = { digest, lifetimeS: invitationLifetimeS };
      const added = await database.write((sql) => addClinic(sql, body, invitation, actor)).catch(explainTimezone);
      if (address === null) return { ...added, invitation: null };
      const name = "manager";
      const url = invitationUrl(`${address}/c/${added.code}/`, token, name);
      const expires_at = new Date(added.created_at.getTime() + invitationLifetimeS * 1_000);
      return { ...added, invitation: { name, url, expires_at } };
    },
  ),
  route(
    {
      method: "patch",
      path: `${path}/{code}`,
      tag,
      operationId: "administerClinic",
      summary: "Rename a clinic, or suspend it and open it again",
      access: ["operator"],
      isOfDefaultClinic: true,
      params: clinicCode,
      body: clinicChange,
      status: 200,
      answer: listedClinic,
      errors: ["NotFound"],
    },
    async ({ params, body, caller: { actor } }) => {
      const changed = await database
        .write((sql) => administerClinic(sql, params.code, body, actor))
        .catch(explainTimezone);
      await revocations.refresh();
      return changed;
    },
  ),
];
