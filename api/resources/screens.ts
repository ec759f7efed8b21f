import { createHash, randomBytes, randomInt } from "node:crypto";
import { z } from "zod";
import type { Database } from "../../db/database.ts";
import type { Revocations } from "../../access/revocations.ts";
import { approveScreen, askForScreen, listScreens, pollScreen, revokeScreen } from "../../db/queries/screens.ts";
import { networkOf } from "../../platform/client-address.ts";
import type { Tokens } from "../../access/tokens.ts";
import { ApiError } from "../api-error.ts";
import { id } from "../../contract/fields.ts";
import { deviceAuthorization, newScreen, screen, screenToken, screenTokenRequest } from "../../contract/screen.ts";
import { issue, issuerOf } from "./issue.ts";
import { basePathOf } from "../clinic-of.ts";
import { route, type Route } from "../route.ts";
import { screenTokenLifetimeS } from "./sessions.ts";

/** Consonants that are hard to mistake for one another, as RFC 8628 recommends in section 6.1. */
const codeLetters = "BCDFGHJKLMNPQRSTVWXZ";
/** Anybody may ask and poll: whoever holds the rows of a clinic's codes stops pairing there, and nothing else. */
const laneOf = (clinicId: string): string => `${clinicId} pairing`;
const expiresInS = 600;
const intervalS = 5;
const path = "/api/v1/screens";
const tag = "Screens";

export interface ScreenRoutesOptions {
  database: Database;
  tokens: Tokens | undefined;
  revocations: Revocations;
}

/** Screens get their token by the device flow of RFC 8628: a television has no keyboard to sign in with. */
export const screenRoutes = ({ database, tokens, revocations }: ScreenRoutesOptions): Route[] => [
  route(
    {
      method: "post",
      path: `${path}/device_authorization`,
      tag,
      operationId: "requestScreenCode",
      summary: "Ask for a code to show, as a new screen (RFC 8628, 3.1)",
      access: "anyone",
      class: "pairing",
      status: 200,
      answer: deviceAuthorization,
      errors: ["NotFound", "RateLimited"],
    },
    async ({ caller: { clinicId, actor }, response }) => {
      issuerOf(tokens);
      const deviceCode = randomBytes(32).toString("base64url");
      const deviceCodeHash = digest(deviceCode);
      const from = networkOf(actor.address ?? "");
      let code: string;
      let isFree: boolean;
      do {
        code = newUserCode();
        const request = { deviceCodeHash, userCode: code, from, expiresInS, intervalS };
        const { asked, wait_s } = await database.write((sql) => askForScreen(sql, clinicId, request), {
          lane: laneOf(clinicId),
        });
        if (wait_s > 0) throw new ApiError("RateLimited", "Too many screens ask for a code; please wait", null, wait_s);
        isFree = asked;
      } while (!isFree);
      const shown = `${code.slice(0, 4)}-${code.slice(4)}`;
      const page = `${response.req.protocol}://${response.req.get("Host")}${basePathOf(response)}/screens`;
      return {
        device_code: deviceCode,
        user_code: shown,
        verification_uri: page,
        // In the fragment, which browsers send to nobody: no log has a code that is good for a while.
        verification_uri_complete: `${page}#user_code=${shown}`,
        expires_in: expiresInS,
        interval: intervalS,
      };
    },
  ),
  route(
    {
      method: "post",
      path: `${path}/token`,
      tag,
      operationId: "pollScreenToken",
      summary: "Poll for the token, as a screen that shows a code (RFC 8628, 3.4)",
      access: "anyone",
      class: "pairing",
      body: screenTokenRequest,
      status: 200,
      answer: screenToken,
      errors: ["NotFound", "authorization_pending", "slow_down", "expired_token", "access_denied"],
    },
    async ({ body, caller: { clinicId } }) => {
      const issuer = issuerOf(tokens);
      const deviceCodeHash = digest(body.device_code);
      const poll = await database.write((sql) => pollScreen(sql, clinicId, deviceCodeHash, screenTokenLifetimeS), {
        lane: laneOf(clinicId),
      });
      const {
        outcome,
        screen_id,
        screen_name,
        area_id,
        session_id: sid,
        database_id: db,
        token_lifetime_s: lifetimeS,
      } = poll;
      if (outcome !== "approved") throw new ApiError(outcome, messages[outcome]);
      if (screen_id === null || sid === null || db === null || lifetimeS === null)
        throw new Error("approved without a session");
      const { token } = await issue(
        issuer,
        { sub: screen_id, role: "screen", screen_id, ...(area_id !== null && { area_id }), clinic: clinicId, sid, db },
        lifetimeS,
      );
      return {
        access_token: token,
        token_type: "Bearer",
        expires_in: Math.floor(lifetimeS),
        screen_id,
        name: screen_name,
        area_id,
      };
    },
  ),
  route(
    {
      method: "post",
      path,
      tag,
      operationId: "approveScreen",
      summary: "Pair the screen that shows this code, and name it",
      access: ["staff"],
      body: newScreen,
      status: 201,
      answer: screen,
      errors: ["NotFound"],
    },
    ({ body, caller: { clinicId, actor } }) =>
      database.write((sql) =>
        approveScreen(sql, clinicId, {
          userCode: body.user_code,
          name: body.name,
          areaId: body.area_id,
          tokenLifetimeS: screenTokenLifetimeS,
          actor,
        }),
      ),
  ),
  route(
    {
      method: "get",
      path,
      tag,
      operationId: "listScreens",
      summary: "List the screens in use",
      access: ["staff"],
      status: 200,
      answer: z.array(screen),
    },
    ({ caller: { clinicId } }) => database.read((sql) => listScreens(sql, clinicId)),
  ),
  route(
    {
      method: "delete",
      path: `${path}/{id}`,
      tag,
      operationId: "revokeScreen",
      summary: "Revoke a screen: it stops showing the queue within a second",
      access: ["staff"],
      params: z.object({ id }),
      status: 204,
      errors: ["NotFound"],
    },
    async ({ params, caller: { clinicId, actor } }) => {
      await database.write((sql) => revokeScreen(sql, clinicId, params.id, actor));
      await revocations.refresh();
    },
  ),
];

const messages = {
  authorization_pending: "The desk has not entered the code yet",
  slow_down: "Poll less often: wait 5 seconds longer between two polls from now on",
  expired_token: "The code is not valid any more: ask for a new one",
  access_denied: "The screen was revoked",
};

const newUserCode = (): string => Array.from({ length: 8 }, () => codeLetters[randomInt(codeLetters.length)]).join("");

/** Only this digest is stored, so that whoever reads the table cannot fetch a screen's token. */
const digest = (deviceCode: string): string => createHash("sha256").update(deviceCode).digest("base64url");
