import type { Session } from "../../contract/session.ts";

/** Whether somebody may do what the desk does: a manager may do all that staff may. */
export const isOfStaff = ({ role }: Session): boolean => role === "staff" || role === "manager";
