import { useRef, useState } from "preact/hooks";
import type { TransferKind } from "../../../contract/transfer.ts";
import { useVisit } from "../../shared/access/entrance.tsx";
import { useLists } from "../lists.tsx";
import { sendFile, type Sent } from "./send-file.ts";

interface Import {
  kind: TransferKind;
  file: File | undefined;
  /** What is under way. */
  busy: "trying" | "importing" | undefined;
  sent: Sent | undefined;
  /** Both try the file at once, where there is one. */
  chooseKind: (kind: TransferKind) => void;
  chooseFile: (file: File | undefined) => void;
  /** Tries the file again. */
  again: () => void;
  /** Imports what was tried; `isPartial`: without the lines that are refused. */
  run: (isPartial: boolean) => void;
}

/** A file on its way into the clinic: it is tried as soon as it is chosen, and imported when somebody says so. */
export function useImport(): Import {
  const { control } = useVisit();
  const { reload } = useLists();
  const [kind, setKind] = useState<TransferKind>("patients");
  const [file, setFile] = useState<File>();
  const [busy, setBusy] = useState<Import["busy"]>();
  const [sent, setSent] = useState<Sent>();
  const turn = useRef(0);

  async function send(file: File | undefined, kind: TransferKind, isDry: boolean, isPartial = false): Promise<void> {
    const own = ++turn.current;
    setSent(undefined);
    setBusy(file && (isDry ? "trying" : "importing"));
    if (!file) return;
    const answer = await sendFile(file, kind, { isDry, isPartial });
    if (answer.name === "signed-out") void control.check();
    if (answer.name === "report" && answer.report.imported && kind === "doctors") void reload();
    // Another file was chosen meanwhile.
    if (own !== turn.current) return;
    setSent(answer);
    setBusy(undefined);
  }

  return {
    kind,
    file,
    busy,
    sent,
    chooseKind: (kind) => {
      setKind(kind);
      void send(file, kind, true);
    },
    chooseFile: (file) => {
      setFile(file);
      void send(file, kind, true);
    },
    again: () => void send(file, kind, true),
    run: (isPartial) => void send(file, kind, false, isPartial),
  };
}
