import type { JSX } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { useVisit } from "../../shared/access/entrance.tsx";
import { useWords } from "../../shared/words/use-words.tsx";
import type { en } from "../words/en.ts";
import type { Invited } from "./accounts.tsx";

/** The link with which somebody sets their password. It is shown this once: the server keeps no copy. */
export function InvitationLink({ invited, onClose }: { invited: Invited; onClose: () => void }): JSX.Element {
  const words = useWords<typeof en>();
  const { time } = useVisit();
  const id = useId();
  const link = useRef<HTMLInputElement>(null);
  const [isCopied, setCopied] = useState(false);
  const { name, invitation } = invited;
  useEffect(() => link.current?.focus(), []);

  async function copy(): Promise<void> {
    link.current?.select();
    try {
      await navigator.clipboard.writeText(invitation?.url ?? "");
    } catch {
      // Pages that came without TLS have no clipboard.
      document.execCommand("copy");
    }
    setCopied(true);
  }

  return (
    <div class="panel invitation" role="group" aria-label={words.say("invitationOf", { name })}>
      {invitation ? (
        <>
          <label for={id}>{words.say("invitationFor", { name })}</label>
          <div class="buttons">
            <input
              ref={link}
              id={id}
              readOnly
              value={invitation.url}
              onFocus={(event) => event.currentTarget.select()}
            />
            <button type="button" class="main-action" onClick={() => void copy()}>
              {words.say("copy")}
            </button>
            <button type="button" onClick={onClose}>
              {words.say("handedOver")}
            </button>
          </div>
          <p>{words.say("invitationEnds", { time: time.dayAndClock(new Date(invitation.expires_at)) })}</p>
          <p role="status">{isCopied && words.say("copied")}</p>
        </>
      ) : (
        <div class="buttons">
          <p role="status">{words.say("noInvitation", { name })}</p>
          <button type="button" onClick={onClose}>
            {words.say("close")}
          </button>
        </div>
      )}
    </div>
  );
}
