import { reservedPort } from "./reserved-port.ts";
import { startApi, startRealtime } from "./clinic.ts";
import { createDatabase } from "./database.ts";
import { Proxy } from "./proxy.ts";
import type { Service, Settings } from "./service.ts";
import { System } from "./system.ts";

/** A system whose pages reach it through proxies, which a test makes slow or cuts. What the test itself asks goes around them. */
export class ProxiedSystem {
  readonly system: System;
  readonly rest: Proxy;
  readonly socket: Proxy;
  readonly #settings: Settings;

  private constructor(system: System, rest: Proxy, socket: Proxy, settings: Settings) {
    this.system = system;
    this.rest = rest;
    this.socket = socket;
    this.#settings = settings;
  }

  static async open(settings: Settings = {}): Promise<ProxiedSystem> {
    const database = await createDatabase();
    const [apiPort, realtimePort] = [await reservedPort(), await reservedPort()];
    const [rest, socket] = await Promise.all([Proxy.open(apiPort), Proxy.open(realtimePort)]);
    // Each process is told how pages reach the other.
    const ofRealtime = { ...settings, REALTIME_PORT: realtimePort, API_PORT: rest.port };
    const ofApi = { ...settings, API_PORT: apiPort, REALTIME_URL: `ws://127.0.0.1:${socket.port}/api/v1/ws/queue` };
    const [api, realtime] = await Promise.all([startApi(database.url, ofApi), startRealtime(database.url, ofRealtime)]);
    return new ProxiedSystem(System.of(database, api, realtime), rest, socket, ofApi);
  }

  /** Where the pages are. */
  get address(): string {
    return `http://127.0.0.1:${this.rest.port}`;
  }

  /** Makes the network slow, in milliseconds for each way of each part. */
  slowDown(delayMs: number): void {
    this.rest.delayMs = this.socket.delayMs = delayMs;
  }

  cut(): void {
    this.rest.cut();
    this.socket.cut();
  }

  mend(): void {
    this.rest.mend();
    this.socket.mend();
  }

  /** Starts the api again where it was. */
  async restartApi(): Promise<Service> {
    const { system } = this;
    await system.api.stop();
    system.api = await startApi(system.database.url, this.#settings);
    return system.api;
  }

  async close(): Promise<void> {
    await Promise.all([this.rest.close(), this.socket.close()]);
    await this.system.close();
  }
}
