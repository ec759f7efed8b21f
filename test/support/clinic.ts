import { randomBytes, randomUUID } from "node:crypto";
import type { Sql } from "../../db/database.ts";
import { noon } from "./clinic-clock.ts";
import { openSql } from "./database.ts";
import { Rest } from "./rest.ts";
import { Service, type Settings } from "./service.ts";
import { findShared } from "./shared.ts";
import { Socket } from "./socket.ts";
import { tokenFor } from "./tokens.ts";

/** A day far enough ahead that bookings are allowed, whatever the time zone. */
export const someDay = daysFromNow(30);
export const nextDay = daysFromNow(31);

/** What a clinic decides, by the columns of the table. */
export type ClinicSettings = Record<string, string | number | boolean>;

interface Server {
  address: string;
  port: number;
}

/** What a clinic is made of. */
type Parts = Pick<Clinic, "id" | "code" | "basePath" | "databaseUrl" | "sql" | "api" | "realtime">;

/**
 * A clinic of a test's own, in a system that test files share. Nothing that it does shows in another clinic, so its SQL
 * names the clinic wherever it does not name a row; what it inserts without one is the clinic's.
 *
 * Tests that stop, break or configure the processes, or say something about the default clinic or about all clinics,
 * open a `System`.
 */
export class Clinic {
  readonly id: string;
  readonly code: string;
  /** What the paths of the clinic begin with. */
  readonly basePath: string;
  readonly databaseUrl: string;
  readonly sql: Sql & AsyncDisposable;
  readonly api: Server;
  realtime: Server;
  #ownRealtime: Service | undefined;

  protected constructor({ id, code, basePath, databaseUrl, sql, api, realtime }: Parts) {
    this.id = id;
    this.code = code;
    this.basePath = basePath;
    this.databaseUrl = databaseUrl;
    this.sql = sql;
    this.api = api;
    this.realtime = realtime;
  }

  /** A new clinic in which nobody signs in. */
  static async open(settings: ClinicSettings = {}): Promise<Clinic> {
    return Clinic.#add("open", settings);
  }

  /** A new clinic in which everybody signs in. */
  static async openWithSignIn(settings: ClinicSettings = {}): Promise<Clinic> {
    return Clinic.#add("with-sign-in", settings);
  }

  /**
   * A new clinic whose WebSocket is a process of its own, for what its settings do: where `AUTH_SECRET` is one of them,
   * everybody signs in.
   */
  static async openWithRealtime(settings: Settings, ofClinic: ClinicSettings = {}): Promise<Clinic> {
    const clinic = await Clinic.#add("AUTH_SECRET" in settings ? "with-sign-in" : "open", ofClinic);
    clinic.#ownRealtime = await startRealtime(clinic.databaseUrl, settings);
    clinic.realtime = clinic.#ownRealtime;
    return clinic;
  }

  static async #add(name: "open" | "with-sign-in", settings: ClinicSettings): Promise<Clinic> {
    const { databaseUrl, api, realtime } = await findShared(name);
    const [id, code] = [randomUUID(), `test-${randomBytes(6).toString("hex")}`];
    const sql = await openSql(`${databaseUrl}?test.clinic_id=${id}`);
    await sql`insert into clinics ${sql({ id, code, name: "Clinic", ...settings })}`;
    return new Clinic({
      id,
      code,
      basePath: `/c/${code}`,
      databaseUrl,
      sql,
      api: serverAt(api),
      realtime: serverAt(realtime),
    });
  }

  /** Where the clinic's pages and calls begin. */
  get address(): string {
    return this.api.address + this.basePath;
  }

  get socketUrl(): string {
    return socketUrl(this.realtime, this.basePath);
  }

  /** A token of this clinic: see `tokenFor`. */
  async tokenFor(...[claims, lifetimeMs]: Parameters<typeof tokenFor>): Promise<string> {
    return tokenFor({ clinic: this.id, ...claims }, lifetimeMs);
  }

  /** A REST client with a token. */
  restAs(token: string): Rest {
    return new Rest(this.address, { authorization: `Bearer ${token}` });
  }

  get rest(): Rest {
    return new Rest(this.address);
  }

  async connect(): Promise<Socket> {
    return Socket.open(this.socketUrl);
  }

  async connectAs(token: string): Promise<Socket> {
    return Socket.open(this.socketUrl, { headers: { authorization: `Bearer ${token}` } });
  }

  async watch(date: string): Promise<Socket> {
    const socket = await this.connect();
    await socket.subscribe(date);
    return socket;
  }

  async close(): Promise<void> {
    await this.#ownRealtime?.stop();
    await this.sql[Symbol.asyncDispose]();
  }
}

export const startApi = (databaseUrl: string, settings: Settings = {}): Promise<Service> =>
  Service.start("api/main", { DATABASE_URL: databaseUrl, API_PORT: 0, ...settings });

export const startRealtime = (databaseUrl: string, settings: Settings = {}): Promise<Service> =>
  Service.start("realtime/main", { DATABASE_URL: databaseUrl, REALTIME_PORT: 0, ...settings });

export const socketUrl = (realtime: { address: string }, basePath = ""): string =>
  `${realtime.address.replace("http", "ws")}${basePath}/api/v1/ws/queue`;

/** The date so many days after the one at the tests' clinics. */
export function daysFromNow(days: number): string {
  return new Date(noon.getTime() + days * 86_400_000).toISOString().slice(0, 10);
}

function serverAt(address: string): Server {
  return { address, port: Number(new URL(address).port) };
}
