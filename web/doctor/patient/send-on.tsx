import type { JSX } from "preact";
import { useSending } from "../../shared/actions/use-actions.tsx";
import { useDraft } from "../../shared/drafts/use-draft.ts";
import { ActionNotice } from "../../shared/parts/action-notice.tsx";
import { Dialog } from "../../shared/parts/dialog.tsx";
import { nothingAfter } from "../deeds/after.ts";
import type { Destination } from "../deeds/destinations.ts";
import { useSurgery } from "../surgery.tsx";
import type { Row } from "../work/work.ts";
import { DestinationChips } from "./destination-chips.tsx";

interface Props {
  row: Row;
  destinations: readonly Destination[];
  onClose: () => void;
}

/** Sends somebody on who is not being seen at the moment. */
export function SendOn({ row, destinations, onClose }: Props): JSX.Element {
  const { deeds, words } = useSurgery();
  const { appointment_id: id, ticket } = row.appointment;
  const [draft, change, clear] = useDraft(`send ${id}`, nothingAfter);
  const { doctorId, isReturn, text } = draft;
  const where = destinations.find((one) => one.id === doctorId)?.name;
  const sending = useSending(where === undefined);
  const send = (): void => {
    if (where === undefined) return;
    const reason = text.trim();
    const said = words.say(isReturn ? "youSentAndBack" : "youSent", { ticket, where });
    const fields = { doctor_id: doctorId, return: isReturn, ...(reason !== "" && { reason }) };
    void deeds.act(row, "transfer", said, { fields }).then((isDone) => {
      if (!isDone) return;
      clear();
      onClose();
    });
  };
  return (
    <Dialog title={words.say("send", { ticket })} onClose={onClose}>
      <div class="form">
        <DestinationChips
          destinations={destinations}
          doctorId={doctorId}
          isReturn={isReturn}
          text={text}
          change={change}
        />
        <ActionNotice at={id} />
        <div class="buttons">
          <button type="button" class="main-action" {...sending} onClick={send}>
            {where === undefined ? words.say("sendOn") : words.say("sendTo", { ticket, where })}
          </button>
        </div>
      </div>
    </Dialog>
  );
}
