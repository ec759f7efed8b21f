import type * as contract from "../../contract/screen.ts";
import type { Actor } from "../actor.ts";
import type { Sql, Statement } from "../database.ts";
import type { Row } from "../row.ts";

export type Screen = Row<contract.Screen, "created_at" | "seen_at">;

/** What a screen that waits is told, in the terms of RFC 8628; see sql/access/screens/poll_screen.sql. */
export interface ScreenPoll {
  outcome: "authorization_pending" | "slow_down" | "expired_token" | "access_denied" | "approved";
  interval_s: number | null;
  screen_id: string | null;
  screen_name: string | null;
  area_id: string | null;
  session_id: string | null;
  database_id: string | null;
  /** For how many seconds from now its token may be issued. */
  token_lifetime_s: number | null;
}

export interface NewDeviceAuthorization {
  deviceCodeHash: string;
  userCode: string;
  /** The network that asks. */
  from: string;
  expiresInS: number;
  intervalS: number;
}

export interface NewScreen {
  userCode: string;
  name: string;
  areaId: string | null;
  tokenLifetimeS: number;
  actor: Actor;
}

/** `asked` is false when another screen shows this code, or when too many ask and this one should wait. */
export function askForScreen(
  sql: Sql,
  clinicId: string,
  authorization: NewDeviceAuthorization,
): Statement<{ asked: boolean; wait_s: number }> {
  const { deviceCodeHash, userCode, from, expiresInS, intervalS } = authorization;
  return sql<[{ asked: boolean; wait_s: number }]>`
    select * from ask_for_screen(${clinicId}, ${deviceCodeHash}, ${userCode}, ${from}, ${expiresInS}, ${intervalS})
  `;
}

export function pollScreen(
  sql: Sql,
  clinicId: string,
  deviceCodeHash: string,
  tokenLifetimeS: number,
): Statement<ScreenPoll> {
  return sql<[ScreenPoll]>`select * from poll_screen(${clinicId}, ${deviceCodeHash}, ${tokenLifetimeS})`;
}

/** @throws CQ001 no screen shows this code, or no such area · CQ012 whoever asks has just lost the right to. */
export function approveScreen(sql: Sql, clinicId: string, screen: NewScreen): Statement<Screen> {
  const { userCode, name, areaId, tokenLifetimeS, actor } = screen;
  return sql<[Screen]>`
    select id, name, area_id, created_at, created_by, false as is_creator_disabled, null::timestamptz as seen_at
    from approve_screen(${clinicId}, ${userCode}, ${name}, ${areaId}, ${tokenLifetimeS}, ${sql.json(actor)})
  `;
}

/** The screens in use. */
export async function listScreens(sql: Sql, clinicId: string): Promise<Screen[]> {
  return sql<Screen[]>`
    select screen.id, screen.name, screen.area_id, screen.created_at, screen.created_by, max(session.renewed_at) as seen_at,
      bool_or(creator.disabled_at is not null) as is_creator_disabled
    from screens screen
    left join sessions session on (session.clinic_id, session.screen_id) = (screen.clinic_id, screen.id)
    left join accounts creator on (creator.clinic_id, creator.id) = (session.clinic_id, session.issued_by)
    where screen.clinic_id = ${clinicId} and screen.revoked_at is null
    group by screen.clinic_id, screen.id
    order by screen.name collate "C", screen.id
  `;
}

/** The names of the screens in use that an account paired. */
export async function listScreensPairedBy(sql: Sql, clinicId: string, accountName: string): Promise<string[]> {
  const screens = await sql<{ name: string }[]>`
    select screen.name
    from accounts creator
    join sessions session on (session.clinic_id, session.issued_by) = (creator.clinic_id, creator.id)
    join screens screen on (screen.clinic_id, screen.id) = (session.clinic_id, session.screen_id)
    where (creator.clinic_id, creator.name) = (${clinicId}, ${accountName}) and screen.revoked_at is null
    order by screen.name collate "C", screen.id
  `;
  return screens.map(({ name }) => name);
}

/** @throws CQ001 no such screen. */
export function revokeScreen(sql: Sql, clinicId: string, id: string, actor: Actor): Statement {
  return sql<[object]>`select revoke_screen(${clinicId}, ${id}, ${sql.json(actor)})`;
}
