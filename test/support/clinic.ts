import { freePort } from "../../embedded/free-port.ts";
import { noon } from "./clinic-clock.ts";
import { createDatabase, type TestDatabase } from "./database.ts";
import { Rest } from "./rest.ts";
import { Service, type Settings } from "./service.ts";
import { Socket } from "./socket.ts";

/** A day far enough ahead that bookings are allowed, whatever the time zone. */
export const someDay = daysFromNow(30);
export const nextDay = daysFromNow(31);

/** A whole clinic for a test file: a database of its own, the api and the realtime process. */
export class Clinic {
  readonly database: TestDatabase;
  api: Service;
  realtime: Service;

  private constructor(database: TestDatabase, api: Service, realtime: Service) {
    this.database = database;
    this.api = api;
    this.realtime = realtime;
  }

  static async open(settings: Settings = {}): Promise<Clinic> {
    const database = await createDatabase();
    const [api, realtime] = await Promise.all([
      startApi(database.url, settings),
      startRealtime(database.url, settings),
    ]);
    return new Clinic(database, api, realtime);
  }

  /** A clinic whose pages find its WebSocket, and which knows them for its own: each process is told the other's port. */
  static async openWithPages(settings: Settings = {}): Promise<Clinic> {
    const database = await createDatabase();
    const API_PORT = await freePort();
    const realtime = await startRealtime(database.url, { ...settings, API_PORT });
    const api = await startApi(database.url, { ...settings, API_PORT, REALTIME_PORT: realtime.port });
    return new Clinic(database, api, realtime);
  }

  get sql(): TestDatabase["sql"] {
    return this.database.sql;
  }

  /** A REST client with a token. */
  restAs(token: string): Rest {
    return new Rest(this.api.address, { authorization: `Bearer ${token}` });
  }

  get rest(): Rest {
    return new Rest(this.api.address);
  }

  get socketUrl(): string {
    return socketUrl(this.realtime);
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
    await Promise.all([this.api.stop(), this.realtime.stop()]);
    await this.database.drop();
  }
}

export const startApi = (databaseUrl: string, settings: Settings = {}): Promise<Service> =>
  Service.start("api/main", { DATABASE_URL: databaseUrl, API_PORT: 0, ...settings });

export const startRealtime = (databaseUrl: string, settings: Settings = {}): Promise<Service> =>
  Service.start("realtime/main", { DATABASE_URL: databaseUrl, REALTIME_PORT: 0, ...settings });

export const socketUrl = (realtime: Service): string => `${realtime.address.replace("http", "ws")}/api/v1/ws/queue`;

/** The date so many days after the one at the tests' clinics. */
export function daysFromNow(days: number): string {
  return new Date(noon.getTime() + days * 86_400_000).toISOString().slice(0, 10);
}
