import { useRef } from "preact/hooks";
import type { ClinicClient } from "../../../client/clinic-client.ts";
import { ApiError } from "../../../client/errors.ts";
import type { Body } from "../../../client/rest-client.ts";
import { useVisit } from "../../shared/access/entrance.tsx";
import type { WayOn } from "../../shared/actions/actions.ts";
import type { Done } from "../../shared/actions/journal.ts";
import { useActions } from "../../shared/actions/use-actions.tsx";
import { useWords } from "../../shared/words/use-words.tsx";
import { writeTime } from "../calendar/write-time.ts";
import { useDesk } from "../desk-context.ts";
import type { en } from "../words/en.ts";
import type { RequestKeys } from "./request-keys.ts";
import type { NewPerson } from "./same-person.ts";
import { findTakers } from "./who-takes.ts";

/** Somebody known, or somebody new. */
export type Who = { id: string } | { person: NewPerson; sharesPhone: boolean };

interface WalkIn {
  /** Undefined: whoever is free soonest. */
  doctorId: string | undefined;
  priority: number;
  reason: string;
}

interface Booking {
  doctorId: string;
  date: string;
  note: string;
}

interface VisitDeeds {
  walkIn: (who: Who, how: WalkIn) => void;
  book: (who: Who, how: Booking) => void;
}

/**
 * Takes in and books, each once however often it is tried: a lost answer is asked for again with the same key.
 *
 * @param onDone called when it is done in the end
 */
export function useVisitDeeds(job: string, keys: RequestKeys, onDone: () => void): VisitDeeds {
  const words = useWords<typeof en>();
  const actions = useActions();
  const desk = useDesk();
  const { time } = useVisit();
  const registered = useRef(new Map<string, string>()).current;

  /** Does it, and once more with the same key where the answer was lost. */
  function once<T>(send: (client: ClinicClient) => Promise<T>, tell: (answer: T) => Done): void {
    void actions.do({
      at: job,
      send,
      done: tell,
      find: async (client) => {
        const done = tell(await send(client));
        return { at: done.at, done };
      },
      onDone,
      ways: (error) => waysOf(error),
    });
  }

  const waysOf = (error: unknown): WayOn[] =>
    waysToAppointment(error, words.say("showAppointment"), (id) => desk.open({ name: "row", id }));

  return {
    walkIn: (who, { doctorId, priority, reason }) => {
      const body: Body<"addWalkIn"> = {
        ...(doctorId === undefined ? { any_of: findTakers(desk).map(({ id }) => id) } : { doctor_id: doctorId }),
        ...("id" in who ? { patient_id: who.id } : { patient: newPatient(who) }),
        ...(priority > 0 && { priority }),
        ...(reason !== "" && { reason }),
      };
      const idempotencyKey = keys.keyOf(body);
      once(
        (client) => client.walkIn(body, { idempotencyKey }),
        ({ appointment, transition }) => {
          const doctor = desk.doctors().find(({ id }) => id === appointment.doctor_id)?.name ?? "";
          return {
            text: words.say("didWalkIn", { ticket: appointment.ticket, doctor }),
            at: transition?.at ?? desk.now().toISOString(),
            undo: transition ? { appointmentId: appointment.id, transition: transition.id } : undefined,
          };
        },
      );
    },
    book: (who, { doctorId, date, note }) => {
      const told = { doctor_id: doctorId, date, ...(note !== "" && { note }) };
      const idempotencyKey = keys.keyOf({ who, ...told });
      const book = async (client: ClinicClient) => {
        const patient_id = "id" in who ? who.id : await register(client, who, registered);
        return client.book({ ...told, patient_id }, { idempotencyKey });
      };
      once(book, ({ ticket, starts_at }) => ({
        text: words.say("didBook", { ticket, day: writeTime({ date, startsAt: starts_at }, words.locale, time) }),
        at: desk.now().toISOString(),
      }));
    },
  };
}

/** A way to the appointment because of which somebody was refused. */
export function waysToAppointment(error: unknown, label: string, show: (id: string) => void): WayOn[] {
  const id = error instanceof ApiError && !Array.isArray(error.details) ? error.details?.["appointment_id"] : undefined;
  return typeof id === "string" ? [{ label, act: () => show(id) }] : [];
}

function newPatient({ person, sharesPhone }: Extract<Who, { person: NewPerson }>): Body<"registerPatient"> {
  const { name, birthDate, phone } = person;
  return {
    name,
    ...(birthDate !== "" && { birth_date: birthDate }),
    ...(phone !== "" && { phone }),
    ...(sharesPhone && { shares_phone: true }),
  };
}

/** Registers somebody once, also where booking them takes several tries. */
export async function register(
  client: ClinicClient,
  who: Extract<Who, { person: NewPerson }>,
  registered: Map<string, string>,
): Promise<string> {
  const body = newPatient(who);
  const text = JSON.stringify(body);
  const id = registered.get(text) ?? (await client.registerPatient(body)).id;
  registered.set(text, id);
  return id;
}
