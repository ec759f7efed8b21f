import type { Queue, Section, StaffAppointment } from "../../../client/queue-client.ts";
import { entryStageOf, type EntryStage } from "../../shared/live/entry-stage.ts";
import type { Post } from "../post/post.ts";

export type StaffSection = Section<"staff">;

/** A patient of one of the queues that are served here. */
export interface Row {
  appointment: StaffAppointment;
  section: StaffSection;
  stage: EntryStage;
}

/** What there is to do at a post. */
export interface Work {
  sections: readonly StaffSection[];
  /** The patient who is called here, or here already. */
  here: Row | undefined;
  /** The doctor's other patients who are called, or with somebody, in another room. */
  elsewhere: readonly Row[];
  /** Whom the next call calls, as far as the queue tells. */
  next: Row | undefined;
  /** In the order of their turns. */
  waiting: readonly Row[];
  onHold: readonly Row[];
  skipped: readonly Row[];
  /** Not here yet, by time. */
  booked: readonly Row[];
  /** Booked by phone or video, by time: they begin without a check-in. */
  remote: readonly Row[];
  /** The newest first. */
  served: readonly Row[];
  /** Who should not have to wait until whoever is here is done. */
  emergency: Row | undefined;
}

/** What somebody chose at the page. */
export interface Choice {
  /** Which of several patients to show. */
  shownId?: string | undefined;
  /** From which of several queues to call; undefined: in turn. */
  pinnedId?: string | undefined;
}

/** Sorts out whom a post has to do with: pure, so that it may be asked at each change. */
export function workAt(queue: Pick<Queue<"staff">, "doctors">, post: Post, { shownId, pinnedId }: Choice = {}): Work {
  const sections = queue.doctors.filter(({ doctor }) => post.doctorIds.includes(doctor.id));
  const rows = sections.flatMap(rowsOf);
  const at = (stage: EntryStage): Row[] => rows.filter((row) => row.stage === stage);
  const present = [...at("in_consultation"), ...at("called")].filter((row) => isMine(row, post));
  const here =
    present.find(({ appointment }) => appointment.appointment_id === shownId) ??
    present.find((row) => row.appointment.queue?.place_id === placeIdOf(post, row.section)) ??
    present[0];
  const waiting = at("waiting").sort(byTurn);
  const busy = busyPatients(queue);
  const callable = waiting.filter(({ appointment }) => !busy.has(appointment.patient.id));
  const next =
    callable.find(({ section }) => section.doctor.id === pinnedId) ??
    (pinnedId === undefined ? callable[0] : undefined);
  const booked = at("booked").sort(byTime);
  const emergency = callable.find(({ appointment }) => appointment.queue?.priority === 2);
  return {
    sections,
    here,
    elsewhere: present.filter((row) => row !== here),
    next,
    waiting,
    onHold: at("on_hold").sort(byTurn),
    skipped: at("skipped").sort(byTurn),
    booked: booked.filter(({ appointment }) => appointment.mode === "in_person"),
    remote: booked.filter(({ appointment }) => appointment.mode !== "in_person"),
    served: at("served").sort((a, b) => completedMs(b) - completedMs(a)),
    emergency: here && here.appointment.queue?.priority !== 2 ? emergency : undefined,
  };
}

/** Where a section's patients are called to from a post: a room, or the doctor where there is none. */
export const placeIdOf = ({ roomId }: Post, { kind, room, doctor }: StaffSection): string =>
  roomId ?? (kind === "person" ? room?.id : undefined) ?? doctor.id;

/** When the next booked patient should come, and how many should be here already and are not. */
export function comingAt(booked: readonly Row[], now: Date): { next: string | undefined; late: number } {
  const times = booked.map(({ appointment }) => appointment.starts_at).filter((time) => time !== null);
  const late = times.filter((time) => Date.parse(time) < now.getTime()).length;
  return { next: times.find((time) => Date.parse(time) >= now.getTime()), late };
}

const rowsOf = (section: StaffSection): Row[] =>
  section.appointments.map((appointment) => ({ appointment, section, stage: entryStageOf(appointment) }));

/** A doctor's patient is the doctor's in any room. Those of a service are divided among the rooms that serve it. */
const isMine = ({ appointment, section }: Row, post: Post): boolean =>
  section.kind === "person" || appointment.queue?.place_id === placeIdOf(post, section);

/** Patients who are with another doctor at the moment, of which the next call takes none. A doctor sees the own ones alone. */
function busyPatients({ doctors }: Pick<Queue<"staff">, "doctors">): ReadonlySet<string> {
  const rows = doctors.flatMap(rowsOf).filter(({ stage }) => stage === "called" || stage === "in_consultation");
  return new Set(rows.map(({ appointment }) => appointment.patient.id));
}

function byTurn(a: Row, b: Row): number {
  const [one, other] = [a.appointment.queue, b.appointment.queue];
  if (!one || !other) return 0;
  // Within one queue the server's order stands; it knows more than the turn.
  if (a.section === b.section && one.rank !== null && other.rank !== null) return one.rank - other.rank;
  return other.priority - one.priority || Date.parse(one.turn_at) - Date.parse(other.turn_at);
}

const byTime = (a: Row, b: Row): number =>
  (a.appointment.starts_at ?? "9").localeCompare(b.appointment.starts_at ?? "9") ||
  a.appointment.slot - b.appointment.slot;

const completedMs = ({ appointment }: Row): number => Date.parse(appointment.queue?.completed_at ?? "") || 0;
