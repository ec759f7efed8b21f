import type { JSX } from "preact";
import { useLayoutEffect } from "preact/hooks";
import { Dialog } from "../../shared/parts/dialog.tsx";
import { useWords } from "../../shared/words/use-words.tsx";
import { useDesk } from "../desk-context.ts";
import type { en } from "../words/en.ts";

interface Props {
  title: string;
  paper: "ticket" | "list";
  children: JSX.Element;
}

/** Shows what will be printed, and prints it alone. */
export function PrintDialog({ title, paper, children }: Props): JSX.Element {
  const words = useWords<typeof en>();
  const desk = useDesk();
  useLayoutEffect(() => {
    document.documentElement.dataset["paper"] = paper;
    return () => delete document.documentElement.dataset["paper"];
  }, [paper]);
  return (
    <Dialog title={title} onClose={() => desk.open(undefined)}>
      <div class="buttons no-print">
        <button type="button" class="main-action" data-autofocus onClick={() => print()}>
          {words.say("print")}
        </button>
      </div>
      {children}
    </Dialog>
  );
}
