import type { View } from "../db/queries/queue-changes.ts";
import type { Identity } from "../access/identity.ts";
import type { AskedView } from "../contract/websocket/view.ts";
import { everything, ProtocolError, type Scope, type SubscribeRequest } from "./protocol.ts";

/** What of a date a subscription shows. */
export interface Sight {
  view: View;
  scope: Scope;
}

/**
 * What somebody gets to see: what their token allows, or less, where they ask for less.
 *
 * @throws ProtocolError (forbidden) when they ask for more.
 */
export function sightOf(identity: Identity, { view, doctorId }: Pick<SubscribeRequest, "view" | "doctorId">): Sight {
  const asked = view ?? allOf(identity);
  if (asked === undefined || !mayAsk(identity, asked)) {
    throw forbidden(`A ${identity.role} may not see ${asked === undefined ? "any queue" : `the ${asked} view`}`);
  }
  switch (asked) {
    case "staff":
    case "public":
      return { view: asked, scope: doctorId === undefined ? everything : { doctorId } };
    case "doctor":
      return { view: "staff", scope: { doctorId: ownSection(identity, doctorId) } };
    case "patient":
      return { view: "patient", scope: { doctorId, patientId: identity.patientId } };
  }
}

/** The most that somebody may see; undefined for a token that is bound to scopes without `read`. */
function allOf({ role, scopes }: Identity): AskedView | undefined {
  if (scopes && !scopes.has("read")) return undefined;
  switch (role) {
    case "staff":
    case "service":
      return "staff";
    case "screen":
      return "public";
    case "doctor":
    case "patient":
      return role;
  }
}

function mayAsk(identity: Identity, view: AskedView): boolean {
  const all = allOf(identity);
  if (all === "staff") return view !== "patient";
  return view === all || (all === "doctor" && view === "public");
}

function ownSection({ doctorId: own }: Identity, asked: string | undefined): string {
  const doctorId = asked ?? own;
  if (doctorId === undefined) throw new ProtocolError("invalid_doctor_id", "Missing 'doctor_id': whose section");
  if (own !== undefined && own !== doctorId) throw forbidden("A doctor may see their own section only");
  return doctorId;
}

const forbidden = (message: string): ProtocolError => new ProtocolError("forbidden", message);
