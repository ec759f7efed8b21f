import type { Identity } from "../../access/identity.ts";
import type { AskedView } from "../../contract/websocket/view.ts";
import { everything, filterParts } from "../feeds/part-filter.ts";
import { ProtocolError, type SubscribeRequest, type Subscription } from "./protocol.ts";

/**
 * Which audience somebody belongs to, and which parts of its feed they get: all that their token allows, or less where they
 * ask for less. Feeds know audiences and parts only, not people.
 *
 * @throws ProtocolError (forbidden) when they ask for more.
 */
export function audienceOf(
  identity: Identity,
  { view, doctorId }: Pick<SubscribeRequest, "view" | "doctorId">,
): Pick<Subscription, "audience" | "parts"> {
  const asked = view ?? allOf(identity);
  if (asked === undefined || !mayAsk(identity, asked)) {
    throw forbidden(`The role ${identity.role} may not see ${asked === undefined ? "any queue" : `the ${asked} view`}`);
  }
  switch (asked) {
    case "staff":
    case "public": {
      const { areaId } = identity;
      const isAll = doctorId === undefined && areaId === undefined;
      return { audience: asked, parts: isAll ? everything : filterParts({ doctorId, areaId }) };
    }
    case "doctor":
      return { audience: "staff", parts: filterParts({ doctorId: ownSection(identity, doctorId) }) };
    case "patient":
      return { audience: "patient", parts: filterParts({ reader: identity.patientId, doctorId }) };
  }
}

/** The most that somebody may see; undefined for a role that sees no queue, and for scopes without `read`. */
function allOf({ role, scopes }: Identity): AskedView | undefined {
  if (scopes && !scopes.has("read")) return undefined;
  switch (role) {
    case "manager":
    case "staff":
    case "service":
      return "staff";
    case "screen":
      return "public";
    case "doctor":
    case "patient":
      return role;
    case "operator":
    case "kiosk":
      return undefined;
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
