import type { Response } from "express";
import { z } from "zod";
import { invitationUrl, makeInvitation } from "../../access/invitation.ts";
import type { Revocations } from "../../access/revocations.ts";
import type { Tokens } from "../../access/tokens.ts";
import { account, accountUpdate, invitedAccount, newAccount, newInvitation } from "../../contract/account.ts";
import { id } from "../../contract/fields.ts";
import {
  changeAccount,
  dismissAccount,
  inviteAccount,
  reinviteAccount,
  showAccounts,
  type ShownAccount,
} from "../../db/queries/clinic-accounts.ts";
import type { Database } from "../../db/database.ts";
import { notFound } from "../api-error.ts";
import { basePathOf } from "../clinic-of.ts";
import { ownAddress } from "../own-address.ts";
import { route, type Route } from "../route.ts";

const path = "/api/v1/accounts";
const tag = "Accounts";
const params = z.object({ id });
export const invitationLifetimeS = 7 * 86_400;

export interface AccountRoutesOptions {
  database: Database;
  tokens: Tokens | undefined;
  revocations: Revocations;
}

/** What a manager decides about who signs in. Passwords are chosen by those whose they are, on the page of a link. */
export function accountRoutes({ database, tokens, revocations }: AccountRoutesOptions): Route[] {
  /** The page that links lead to, to be asked for before anything is written; null where nobody signs in with a password. */
  const pageOf = (response: Response): string | null =>
    tokens?.canIssue ? `${ownAddress(response.req)}${basePathOf(response)}/` : null;
  /** The link that nobody but its reader gets. */
  const tellInvitation = ({ name, invited_until }: ShownAccount, token: string, page: string | null) =>
    page === null ? null : { name, url: invitationUrl(page, token, name), expires_at: invited_until };

  return [
    route(
      {
        method: "get",
        path,
        tag,
        operationId: "listAccounts",
        summary: "List the clinic's accounts by name, disabled ones too",
        access: ["manager"],
        status: 200,
        answer: z.array(account),
      },
      ({ caller: { clinicId } }) => database.read((sql) => showAccounts(sql, clinicId)),
    ),
    route(
      {
        method: "post",
        path,
        tag,
        operationId: "addAccount",
        summary: "Add an account; whoever it is for sets its password by a link",
        access: ["manager"],
        body: newAccount,
        status: 201,
        answer: invitedAccount,
        errors: ["NotFound", "AlreadyExists"],
      },
      async ({ body, caller: { clinicId, actor }, response }) => {
        const page = pageOf(response);
        const { token, digest } = makeInvitation();
        const invitation = { digest, lifetimeS: invitationLifetimeS };
        const added = await database.write((sql) => inviteAccount(sql, clinicId, body, invitation, actor));
        return { ...added, invitation: tellInvitation(added, token, page) };
      },
    ),
    route(
      {
        method: "get",
        path: `${path}/{id}`,
        tag,
        operationId: "getAccount",
        summary: "Get an account",
        access: ["manager"],
        params,
        status: 200,
        answer: account,
        errors: ["NotFound"],
      },
      async ({ params, caller: { clinicId } }) => {
        const [found] = await database.read((sql) => showAccounts(sql, clinicId, params.id));
        if (!found) throw notFound("Account");
        return found;
      },
    ),
    route(
      {
        method: "patch",
        path: `${path}/{id}`,
        tag,
        operationId: "changeAccount",
        summary:
          "Make a manager of staff or the other way round, or change what a service may do or whose a doctor's account is",
        access: ["manager"],
        params,
        body: accountUpdate,
        status: 200,
        answer: account,
        errors: ["NotFound", "InUse"],
      },
      async ({ params, body, caller: { clinicId, actor } }) => {
        const changed = await database.write((sql) => changeAccount(sql, clinicId, params.id, body, actor));
        await revocations.refresh();
        return changed;
      },
    ),
    route(
      {
        method: "post",
        path: `${path}/{id}/invitation`,
        tag,
        operationId: "inviteAccount",
        summary: "Replace an account's password by a link to choose another one; a disabled account is in use again",
        access: ["manager"],
        params,
        body: newInvitation,
        status: 201,
        answer: invitedAccount,
        errors: ["NotFound", "InUse"],
      },
      async ({ params, body, caller: { clinicId, actor }, response }) => {
        const page = pageOf(response);
        const { token, digest } = makeInvitation();
        const invitation = { digest, lifetimeS: invitationLifetimeS, ...body };
        const invited = await database.write((sql) => reinviteAccount(sql, clinicId, params.id, invitation, actor));
        await revocations.refresh();
        return { ...invited, invitation: tellInvitation(invited, token, page) };
      },
    ),
    route(
      {
        method: "delete",
        path: `${path}/{id}`,
        tag,
        operationId: "disableAccount",
        summary: "Disable an account, and end its sessions and the links that it issued to patients",
        access: ["manager"],
        params,
        query: z.object({
          screens: z.enum(["true", "false"]).optional().meta({ description: "Revoke the screens that it paired, too" }),
        }),
        status: 204,
        errors: ["NotFound", "InUse"],
      },
      async ({ params, query: { screens }, caller: { clinicId, actor } }) => {
        await database.write((sql) => dismissAccount(sql, clinicId, params.id, screens === "true", actor));
        await revocations.refresh();
      },
    ),
  ];
}
