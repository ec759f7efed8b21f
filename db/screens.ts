import type { Actor } from "./actor.ts";
import type { Sql } from "./database.ts";

export interface Screen {
  id: string;
  name: string;
  created_at: Date;
  created_by: string | null;
  /** When it got a token last. */
  seen_at: Date | null;
}

/** What a screen that waits is told, in the terms of RFC 8628; see sql/poll_screen.sql. */
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

/** False when another screen shows this code. @throws CQ009 too many wait. */
export async function askForScreen(sql: Sql, authorization: NewDeviceAuthorization): Promise<boolean> {
  const { deviceCodeHash, userCode, from, expiresInS, intervalS } = authorization;
  const [row] = await sql<[{ asked: boolean }]>`
    select ask_for_screen(${deviceCodeHash}, ${userCode}, ${from}, ${expiresInS}, ${intervalS}) as asked
  `;
  return row.asked;
}

export async function pollScreen(sql: Sql, deviceCodeHash: string, tokenLifetimeS: number): Promise<ScreenPoll> {
  const [poll] = await sql<[ScreenPoll]>`select * from poll_screen(${deviceCodeHash}, ${tokenLifetimeS})`;
  return poll;
}

/** @throws CQ001 no screen shows this code. */
export async function approveScreen(
  sql: Sql,
  { userCode, name, tokenLifetimeS, actor }: { userCode: string; name: string; tokenLifetimeS: number; actor: Actor },
): Promise<Screen> {
  const [screen] = await sql<[Screen]>`
    select id, name, created_at, created_by, null::timestamptz as seen_at
    from approve_screen(${userCode}, ${name}, ${tokenLifetimeS}, ${sql.json(actor)})
  `;
  return screen;
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
export async function revokeScreen(sql: Sql, id: string, actor: Actor): Promise<void> {
  await sql`select revoke_screen(${id}, ${sql.json(actor)})`;
}
