import { useVisit } from "../shared/access/entrance.tsx";

/** Whether whoever is here may change the clinic: its managers, and everybody where nobody signs in. */
export function useIsManager(): boolean {
  const { control, session } = useVisit();
  return control.access.name === "open" || session?.role === "manager";
}
