import { reservedPort } from "./reserved-port.ts";
import { Clinic, startApi, startRealtime } from "./clinic.ts";
import { createDatabase, type TestDatabase } from "./database.ts";
import { clinicId } from "./default-clinic.ts";
import type { Service, Settings } from "./service.ts";

/**
 * A system of a test's own: a database, and an api and a realtime process with any settings, which it may stop and break.
 * As a clinic it is the default one.
 */
export class System extends Clinic {
  readonly database: TestDatabase;
  declare api: Service;
  declare realtime: Service;

  private constructor(database: TestDatabase, api: Service, realtime: Service) {
    super({
      id: clinicId,
      code: "default",
      basePath: "",
      databaseUrl: database.url,
      sql: database.sql,
      api,
      realtime,
    });
    this.database = database;
  }

  /** A system of parts that were started otherwise. */
  static of(database: TestDatabase, api: Service, realtime: Service): System {
    return new System(database, api, realtime);
  }

  static override async open(settings: Settings = {}): Promise<System> {
    const database = await createDatabase();
    const [api, realtime] = await Promise.all([
      startApi(database.url, settings),
      startRealtime(database.url, settings),
    ]);
    return new System(database, api, realtime);
  }

  /** A system whose pages find its WebSocket, and which knows them for its own: each process is told the other's port. */
  static async openWithPages(settings: Settings = {}): Promise<System> {
    const database = await createDatabase();
    const API_PORT = await reservedPort();
    const realtime = await startRealtime(database.url, { ...settings, API_PORT });
    const api = await startApi(database.url, { ...settings, API_PORT, REALTIME_PORT: realtime.port });
    return new System(database, api, realtime);
  }

  override async close(): Promise<void> {
    await Promise.all([this.api.stop(), this.realtime.stop()]);
    await this.database.drop();
  }
}
