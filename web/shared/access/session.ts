import type { Session } from "../../../contract/session.ts";

/** Whether somebody may do what the desk does: a manager may do all that staff may. */
export const isOfStaff = ({ role }: Session): boolean => role === "staff" || role === "manager";

/** The pages that somebody may go to. Where nobody signs in, everybody is a manager. */
export function pagesOf(session: Session | undefined): readonly ("desk" | "doctor" | "manage")[] {
  if (session === undefined) return ["desk", "doctor", "manage"];
  switch (session.role) {
    case "manager":
      return ["desk", "doctor", "manage"];
    case "staff":
      return ["desk", "doctor"];
    case "doctor":
      return ["desk", "doctor"];
    default:
      return [];
  }
}
