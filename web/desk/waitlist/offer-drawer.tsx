import type { JSX } from "preact";
import { useCallback, useEffect, useState } from "preact/hooks";
import { ApiError } from "../../../client/errors.ts";
import { useVisit } from "../../shared/access/entrance.tsx";
import { useActions, useClient, useSending } from "../../shared/actions/use-actions.tsx";
import { Icon } from "../../shared/parts/icon.tsx";
import { ActionNotice } from "../../shared/parts/action-notice.tsx";
import { Dialog } from "../../shared/parts/dialog.tsx";
import { keepingFocus } from "../../shared/parts/remember-focus.ts";
import { useDesk, type FreeTime } from "../desk-context.ts";
import { WaitingFacts, type Waiting } from "./waiting-facts.tsx";
import { useWaitlistWords } from "./words/use-waitlist-words.ts";

interface Props {
  slot: FreeTime;
  openTasks: number | undefined;
}

/** Whom to telephone about a time that became free, longest waiting first. */
export function OfferDrawer({ slot, openTasks }: Props): JSX.Element {
  const words = useWaitlistWords();
  const { time } = useVisit();
  const desk = useDesk();
  const client = useClient();
  const [matches, setMatches] = useState<readonly Waiting[]>();
  const [taken, setTaken] = useState<{ name: string; ticket: string }>();
  const { doctorId, startsAt } = slot;
  const read = useCallback(
    () =>
      client
        .call("listWaitlistMatches", { query: { doctor_id: doctorId, starts_at: startsAt } })
        .then(setMatches, () => undefined),
    [client, doctorId, startsAt],
  );
  // Another desk may telephone about it, too.
  useEffect(() => void read(), [read, openTasks]);
  const doctor = desk.doctors().find(({ id }) => id === doctorId)?.name ?? "";
  const told = { doctor, time: time.dayAndClock(new Date(startsAt), desk.now()) };
  return (
    <Dialog title={words.say("timeFree", told)} isDrawer onClose={() => desk.open(undefined)}>
      <div class="stack">
        {taken ? (
          <p role="status">
            <Icon name="served" /> {words.say("bookedForWaiting", { ...told, ...taken })}
          </p>
        ) : (
          <>
            <p class="quiet">{words.say("timeFreeAbout")}</p>
            {matches === undefined && <p aria-busy="true">{words.say("loading")}</p>}
            {matches?.length === 0 && <p role="status">{words.say("nobodyMatches")}</p>}
            <ul class="journal">
              {matches?.map((waiting) => (
                <MatchLine
                  key={waiting.id}
                  waiting={waiting}
                  slot={slot}
                  onTaken={(ticket) => setTaken({ name: waiting.patient.name, ticket })}
                  onAnswered={read}
                />
              ))}
            </ul>
          </>
        )}
      </div>
    </Dialog>
  );
}

interface MatchProps {
  waiting: Waiting;
  slot: FreeTime;
  onTaken: (ticket: string) => void;
  onAnswered: () => Promise<void>;
}

function MatchLine({ waiting, slot, onTaken, onAnswered }: MatchProps): JSX.Element {
  const words = useWaitlistWords();
  const desk = useDesk();
  const actions = useActions();
  const sending = useSending();
  const { id, patient } = waiting;
  const { name } = patient;
  const at = `offer ${id}`;
  const offered = { doctor_id: slot.doctorId, starts_at: slot.startsAt };

  const take = (): Promise<unknown> =>
    actions.do({
      at,
      // Asked again, it answers with what was booked.
      send: (client) => client.call("takeSlot", { params: { id }, body: offered }),
      done: ({ ticket, created_at }) => ({ text: words.say("didTake", { name, ticket }), at: created_at }),
      find: async (client) => {
        const booked = await client.call("listWaitlist", { query: { state: "booked", patient_id: patient.id } });
        const found = booked.find((one) => one.id === id)?.booked_id;
        if (!found) return { at: undefined };
        const { ticket, created_at } = await client.call("getAppointment", { params: { id: found } });
        onTaken(ticket);
        return { at: created_at, done: { text: words.say("didTake", { name, ticket }), at: created_at } };
      },
      onDone: (appointment) => appointment && onTaken(appointment.ticket),
      explain: (error) => {
        const who = giverIn(error);
        return who === undefined ? undefined : words.say("givenAwayBy", { who });
      },
    });

  const answer = (said: "no" | "no_answer"): Promise<unknown> =>
    actions
      .do({
        at,
        send: (client) => client.call("noteWaitlistAnswer", { params: { id }, body: { ...offered, answer: said } }),
        // Whoever said no is in the list no more; a try that is counted twice does no harm.
        find: async (client) => ({
          at: (await client.call("noteWaitlistAnswer", { params: { id }, body: { ...offered, answer: said } }))
            .updated_at,
        }),
      })
      .then(onAnswered);

  return (
    <li data-match={patient.id}>
      <WaitingFacts waiting={waiting} />
      <span class="buttons">
        <button
          type="button"
          class="main-action"
          aria-label={words.say("tookItName", { name })}
          {...sending}
          onClick={() => void keepingFocus(take)}
        >
          {words.say("tookIt")}
        </button>
        <button
          type="button"
          aria-label={words.say("noAnswerName", { name })}
          {...sending}
          onClick={() => void keepingFocus(() => answer("no_answer"))}
        >
          {words.say("noAnswerOffer")}
        </button>
        <button
          type="button"
          aria-label={words.say("saidNoName", { name })}
          {...sending}
          onClick={() => void keepingFocus(() => answer("no"))}
        >
          {words.say("saidNo")}
        </button>
        <button type="button" onClick={() => desk.open({ name: "patient", id: patient.id })}>
          {words.say("patient")}…
        </button>
      </span>
      <ActionNotice at={at} />
    </li>
  );
}

/** Who of the staff gave the time away from the waitlist; undefined where nobody did, or something else is wrong. */
function giverIn(error: unknown): string | undefined {
  if (!(error instanceof ApiError) || error.code !== "SlotTaken") return undefined;
  if (error.details === null || Array.isArray(error.details)) return undefined;
  const { taken_by: who } = error.details;
  return typeof who === "string" ? who : undefined;
}
