import type { Actor } from "./actor.ts";
import type { Sql, Statement } from "./database.ts";

export interface Screen {
  id: string;
  name: string;
  created_at: Date;
  created_by: string | null;
  /** When it got a token last. */
  seen_at: Date | null;
}

/** What a screen that waits is told, in the terms of RFC 8628; see sql/access/poll_screen.sql. */
export interface ScreenPoll {
  outcome: "authorization_pending" | "slow_down" | "expired_token" | "access_denied" | "approved";
  interval_s: number | null;
  screen_id: string | null;
  screen_name: string | null;
  session_id: string | null;
  token_expires_at: Date | null;
}

export interface NewDeviceAuthorization {
  deviceCodeHash: string;
  userCode: string;
  /** The network that asks. */
  from: string;
  expiresInS: number;
  intervalS: number;
}

/** `asked` is false when another screen shows this code. @throws CQ009 too many wait. */
export function askForScreen(sql: Sql, authorization: NewDeviceAuthorization): Statement<{ asked: boolean }> {
  const { deviceCodeHash, userCode, from, expiresInS, intervalS } = authorization;
  return sql<[{ asked: boolean }]>`
    select ask_for_screen(${deviceCodeHash}, ${userCode}, ${from}, ${expiresInS}, ${intervalS}) as asked
  `;
}

export function pollScreen(sql: Sql, deviceCodeHash: string, tokenLifetimeS: number): Statement<ScreenPoll> {
  return sql<[ScreenPoll]>`select * from poll_screen(${deviceCodeHash}, ${tokenLifetimeS})`;
}

/** @throws CQ001 no screen shows this code. */
export function approveScreen(
  sql: Sql,
  { userCode, name, tokenLifetimeS, actor }: { userCode: string; name: string; tokenLifetimeS: number; actor: Actor },
): Statement<Screen> {
  return sql<[Screen]>`
    select id, name, created_at, created_by, null::timestamptz as seen_at
    from approve_screen(${userCode}, ${name}, ${tokenLifetimeS}, ${sql.json(actor)})
  `;
}

/** The screens in use. */
export async function listScreens(sql: Sql): Promise<Screen[]> {
  return sql<Screen[]>`
    select screen.id, screen.name, screen.created_at, screen.created_by, max(session.renewed_at) as seen_at
    from screens screen
    left join sessions session on session.screen_id = screen.id
    where screen.revoked_at is null
    group by screen.id
    order by screen.name collate "C", screen.id
  `;
}

/** @throws CQ001 no such screen. */
export function revokeScreen(sql: Sql, id: string, actor: Actor): Statement {
  return sql<[object]>`select revoke_screen(${id}, ${sql.json(actor)})`;
}
