import type { ErrorAnswer } from "../../../contract/error.ts";
import type { ImportReport, TransferKind } from "../../../contract/transfer.ts";
import { basePath } from "../../shared/clinic/base-path.ts";

/** What came of a file: its report; what is wrong with it as a whole; or nothing, because no answer came. */
export type Sent =
  | { name: "report"; report: ImportReport }
  | { name: "refused"; message: string }
  | { name: "signed-out" }
  | { name: "lost" };

/** Sends a file to be tried or imported. Never rejects. */
export async function sendFile(
  file: File,
  kind: TransferKind,
  { isDry, isPartial }: { isDry: boolean; isPartial: boolean },
): Promise<Sent> {
  try {
    const response = await fetch(`${basePath}/api/v1/imports/${kind}?dry_run=${isDry}&partial=${isPartial}`, {
      method: "POST",
      headers: { "Content-Type": "text/csv" },
      body: file,
    });
    const answer: unknown = await response.json();
    if (response.ok) return { name: "report", report: answer as ImportReport };
    if (response.status === 401) return { name: "signed-out" };
    return { name: "refused", message: (answer as ErrorAnswer).message };
  } catch {
    return { name: "lost" };
  }
}
