import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import type { DatabaseWatch } from "../../db/database-watch.ts";
import { actorOf } from "../../access/actor-of.ts";
import { CannotVerify, ForeignPage, TokenError } from "../../access/authentication-errors.ts";
import type { Clinic } from "../../access/clinics.ts";
import type { Identity } from "../../access/identity.ts";
import { openModeRefusal } from "../../access/open-mode.ts";
import { isOwnOrigin } from "../../access/own-origin.ts";
import { Allowance } from "../../platform/allowance.ts";
import { clientAddress, isSecure, networkOf } from "../../platform/client-address.ts";
import type { Caller } from "./callers.ts";
import type { ConnectionContext } from "./connection.ts";
import { NotAdmitted } from "./not-admitted.ts";

/** A client that may have a WebSocket. */
export interface Admitted {
  /** The clinic whose address it connected to. */
  clinic: Clinic;
  /** Whom the token of the upgrade named; without one the client has some seconds to send it. */
  identity: Identity | undefined;
  /** All connections of the same identity; without one, of the same address. */
  caller: Caller;
  address: string;
  /** `networkOf` the address. */
  network: string;
}

interface AdmissionOptions {
  watch: DatabaseWatch;
  /** How many WebSockets there may be. */
  maxConnections: number;
  /** Called when the socket of a client that was counted has closed. */
  onClosed: (stream: Socket) => void;
}

/** Decides who may connect, before there is a WebSocket: how many, from where, from which page, and with which token. */
export class Admission {
  #context: ConnectionContext;
  #options: AdmissionOptions;
  #upgrades: Allowance;
  /** Connections, and clients whose token is being checked. */
  #count = 0;
  #byNetwork = new Map<string, number>();
  #isClosed = false;

  constructor(context: ConnectionContext, options: AdmissionOptions) {
    this.#context = context;
    this.#options = options;
    this.#upgrades = new Allowance(context.config.MAX_UPGRADES_PER_SECOND, 1);
  }

  /** True once nobody is admitted any more, because the process is about to end. */
  get isClosed(): boolean {
    return this.#isClosed;
  }

  close(): void {
    this.#isClosed = true;
  }

  /**
   * Admits the client of an upgrade to the clinic with this code. The client counts from before its token is checked until its
   * socket has closed.
   *
   * @returns undefined when the client has gone meanwhile.
   * @throws NotAdmitted
   */
  async admit(request: IncomingMessage, stream: Socket, code: string | undefined): Promise<Admitted | undefined> {
    const { callers, config } = this.#context;
    const address = clientAddress(request, config.TRUST_PROXY);
    const network = networkOf(address);
    this.#checkIsOpen();
    this.#checkOpenMode(request);
    this.#checkDatabase();
    this.#checkLimits(network);
    this.#countUntilClosed(stream, network);
    const clinic = await this.#findClinic(code);
    const identity = await this.#identify(request, { clinic, address });
    if (stream.destroyed) return undefined;
    this.#checkIsOpen();
    // Asked last: a connection that is admitted from here on is ended when the clinic is suspended.
    if (this.#context.revocations.isSuspended(clinic.id))
      throw new NotAdmitted(403, "This clinic is closed", "ClinicSuspended");
    const caller = callers.of(identity, network);
    if (!caller.mayConnect()) {
      throw new NotAdmitted(503, `Too many connections ${identity ? "with this token" : "from here without a token"}`);
    }
    return { clinic, identity, caller, address, network };
  }

  #checkIsOpen(): void {
    if (this.#isClosed) throw new NotAdmitted(503, "Restarting");
  }

  #checkOpenMode({ headers }: IncomingMessage): void {
    const { authenticator, config } = this.#context;
    if (!authenticator.isOpen) return;
    const pages = { allowedOrigins: config.ALLOWED_ORIGINS, apiPort: config.API_PORT };
    const refusal = openModeRefusal(headers, pages);
    if (refusal !== undefined) throw new NotAdmitted(403, refusal);
  }

  #checkDatabase(): void {
    const { mismatch } = this.#options.watch;
    if (mismatch !== undefined) throw new NotAdmitted(503, mismatch);
  }

  #checkLimits(network: string): void {
    const fromNetwork = this.#byNetwork.get(network) ?? 0;
    if (this.#count >= this.#options.maxConnections) throw new NotAdmitted(503, "Too many connections");
    if (fromNetwork >= this.#context.config.MAX_CONNECTIONS_PER_ADDRESS) {
      throw new NotAdmitted(503, "Too many connections from here");
    }
    if (!this.#upgrades.take()) throw new NotAdmitted(503, "Too many connections at once");
  }

  /**
   * This one listener does everything that has to be done once a socket has closed, because each further listener would take
   * memory for every connection.
   */
  #countUntilClosed(stream: Socket, network: string): void {
    this.#count += 1;
    this.#byNetwork.set(network, (this.#byNetwork.get(network) ?? 0) + 1);
    stream.on("close", () => {
      this.#count -= 1;
      const left = (this.#byNetwork.get(network) ?? 1) - 1;
      if (left === 0) this.#byNetwork.delete(network);
      else this.#byNetwork.set(network, left);
      this.#options.onClosed(stream);
    });
  }

  async #findClinic(code: string | undefined): Promise<Clinic> {
    let clinic: Clinic | undefined;
    try {
      clinic = await this.#context.clinics.find(code);
    } catch {
      throw new NotAdmitted(503, "The clinic cannot be looked up at the moment");
    }
    if (!clinic) throw new NotAdmitted(404, "Clinic not found");
    return clinic;
  }

  /** The identity that the token of an upgrade names; undefined when the upgrade bears none. */
  async #identify(request: IncomingMessage, from: { clinic: Clinic; address: string }): Promise<Identity | undefined> {
    const { authenticator, config } = this.#context;
    const { headers } = request;
    const overTls = isSecure(request, config.TRUST_PROXY);
    // A browser sends its cookie along with any page's connection.
    const pages = { allowedOrigins: config.ALLOWED_ORIGINS, apiPort: config.API_PORT, overTls };
    const signed = { headers, clinic: from.clinic, overTls, mayUseCookie: isOwnOrigin(headers, pages) };
    try {
      return (await authenticator.identify(signed))?.identity;
    } catch (error) {
      if (error instanceof TokenError) throw this.#refusal(401, error.message, from);
      if (error instanceof ForeignPage) throw this.#refusal(403, error.message, from);
      if (error instanceof CannotVerify) throw new NotAdmitted(503, "Tokens cannot be checked at the moment");
      throw error;
    }
  }

  /** Records in the audit trail what was wrong with a token, and makes the answer. */
  #refusal(status: 401 | 403, reason: string, { clinic, address }: { clinic: Clinic; address: string }): NotAdmitted {
    this.#context.refusals.record(clinic.id, "WebSocket", reason, actorOf(undefined, { address }));
    return new NotAdmitted(status, reason);
  }
}
