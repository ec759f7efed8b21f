import { actorOf } from "../../access/actor-of.ts";
import type { Authenticator } from "../../access/authenticator.ts";
import type { Clinic } from "../../access/clinics.ts";
import type { Identity } from "../../access/identity.ts";
import type { Refusals } from "../../access/refusals.ts";
import { networkOf } from "../../platform/client-address.ts";
import type { Admitted } from "./admission.ts";
import type { Caller, Callers } from "./callers.ts";
import { ProtocolError } from "./protocol.ts";

interface VisitorContext {
  callers: Callers;
  authenticator: Authenticator;
  refusals: Refusals;
}

/** The person or program at the other end of one connection: its identity, and the caller that the connection counts for. */
export class Visitor {
  #context: VisitorContext;
  #identity: Identity | undefined;
  #caller: Caller;
  #address: string;
  readonly clinic: Clinic;

  constructor({ clinic, identity, caller, address }: Omit<Admitted, "network">, context: VisitorContext) {
    this.#context = context;
    this.#identity = identity;
    this.#address = address;
    this.clinic = clinic;
    this.#caller = caller;
    this.#caller.connect();
  }

  /** Undefined until a token has named somebody. */
  get identity(): Identity | undefined {
    return this.#identity;
  }

  /** All connections of the same identity; without one, of the same address. */
  get caller(): Caller {
    return this.#caller;
  }

  /**
   * Whom a token names.
   *
   * @throws as `Authenticator.verify` does.
   */
  verify(token: string): Promise<Identity> {
    return this.#context.authenticator.verify(token, this.clinic);
  }

  /**
   * Takes on the identity of another token. Once something is watched it must be the same person's, because watching goes
   * on. Before that it may be anybody's, because a browser may have sent its cookie unasked.
   *
   * @returns false, and changes nothing, when there are too many connections of that caller.
   * @throws ProtocolError (forbidden) when it is somebody else's.
   */
  become(identity: Identity, hasSubscribed: boolean): boolean {
    if (this.#identity && hasSubscribed && !isSamePerson(this.#identity, identity)) {
      throw new ProtocolError("forbidden", "The token is somebody else's: connect anew");
    }
    const caller = this.#context.callers.of(identity, networkOf(this.#address));
    if (caller !== this.#caller) {
      if (!caller.mayConnect()) return false;
      this.#caller.disconnect();
      this.#caller = caller;
      this.#caller.connect();
    }
    this.#identity = identity;
    return true;
  }

  /** Records in the audit trail that the visitor was refused something. */
  recordRefusal(reason: string): void {
    const actor = actorOf(this.#identity, { address: this.#address });
    this.#context.refusals.record(this.clinic.id, "WebSocket", reason, actor);
  }

  leave(): void {
    this.#caller.disconnect();
  }
}

function isSamePerson(a: Identity, b: Identity): boolean {
  const describe = ({ role, subject, doctorId, patientId, screenId, areaId, scopes }: Identity): string =>
    JSON.stringify({ role, subject, doctorId, patientId, screenId, areaId, scopes: scopes && [...scopes].toSorted() });
  return describe(a) === describe(b);
}
