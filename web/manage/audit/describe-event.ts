import { isDay, writeShortDay } from "../../shared/times/day.ts";
import type { Words } from "../../shared/words/words.ts";
import type { Lists } from "../clinic-lists.ts";
import { fileKinds } from "../data/file-kinds.ts";
import { allSettings } from "../settings/setting-list.ts";
import type { en } from "../words/en.ts";
import type { AuditEvent } from "./audit-filter.ts";

type Catalogue = typeof en;
type Key = keyof Catalogue & `ev_${string}`;

/** What is told of an event with the name of whom it is about, by its action and the table that changed. */
const sentences: Readonly<Record<string, Key>> = {
  "insert patients": "ev_patientAdded",
  "update patients": "ev_patientChanged",
  "delete patients": "ev_patientDeleted",
  "erase patients": "ev_patientErased",
  "merge patients": "ev_patientsMerged",
  "insert appointments": "ev_booked",
  "update appointments": "ev_appointmentChanged",
  "delete appointments": "ev_appointmentDeleted",
  "insert queue_entries": "ev_checkedIn",
  "update queue_entries": "ev_entryChanged",
  "delete queue_entries": "ev_entryDeleted",
  "insert doctors": "ev_doctorAdded",
  "update doctors": "ev_doctorChanged",
  "delete doctors": "ev_doctorDeleted",
  "insert doctor_days": "ev_dayChanged",
  "update doctor_days": "ev_dayChanged",
  "delete doctor_days": "ev_dayChanged",
  "insert rooms": "ev_roomAdded",
  "update rooms": "ev_roomChanged",
  "delete rooms": "ev_roomDeleted",
  "insert areas": "ev_areaAdded",
  "update areas": "ev_areaChanged",
  "delete areas": "ev_areaDeleted",
  "insert accounts": "ev_accountAdded",
  "update accounts": "ev_accountChanged",
  "delete accounts": "ev_accountDeleted",
  "set_password accounts": "ev_passwordReset",
  "accept_invitation accounts": "ev_invitationAccepted",
  "sign_in_refused accounts": "ev_wrongPassword",
  "insert screens": "ev_screenAdded",
  "update screens": "ev_screenChanged",
  "delete screens": "ev_screenDeleted",
  "insert tasks": "ev_taskAdded",
  "update tasks": "ev_taskChanged",
  "delete tasks": "ev_taskDeleted",
  "insert clinics": "ev_clinicAdded",
  "update clinics": "ev_settingsChanged",
  "sign_in sessions": "ev_signedIn",
  "sign_out sessions": "ev_signedOut",
  "revoke sessions": "ev_sessionEnded",
  "issue sessions": "ev_linkIssued",
  "call appointments": "ev_call",
  "call_next appointments": "ev_callNext",
  "recall appointments": "ev_recall",
  "acknowledge appointments": "ev_acknowledge",
  "start appointments": "ev_start",
  "hold appointments": "ev_hold",
  "resume appointments": "ev_resume",
  "serve appointments": "ev_serve",
  "skip appointments": "ev_skip",
  "requeue appointments": "ev_requeue",
  "no_show appointments": "ev_noShow",
  "leave appointments": "ev_leave",
  "transfer appointments": "ev_transfer",
  "prioritise appointments": "ev_prioritise",
  "move appointments": "ev_move",
  "undo appointments": "ev_undo",
  "close appointments": "ev_close",
};

/** What happened, in a sentence without its subject: "booked A12 with Dr. Smith for Mon 30 Nov". */
export function describeEvent(event: AuditEvent, lists: Lists, words: Words<Catalogue>): string {
  const { action, entity, after } = event;
  if (action === "refuse") {
    const { reason, times } = after ?? {};
    return words.say("refused", { what: entity ?? "", reason: textOf(reason), count: Number(times ?? 1) });
  }
  const file = fileKinds.find((kind) => kind === entity);
  if (file && (action === "import" || action === "export")) {
    const count = String(after?.["added"] ?? after?.["lines"]);
    return words.say(action === "import" ? "didImportFile" : "didExportFile", {
      what: words.say(`file_${file}`),
      count,
    });
  }
  if (entity === "appointments" && action === "update" && after?.["status"] === "cancelled")
    return words.say("ev_cancelled");
  const settings = allSettings
    .filter(({ name }) => name in (after ?? {}))
    .map(({ name }) => words.say(`set_${name}`))
    .join(", ");
  const key =
    settings === "" && `${action} ${entity}` === "update clinics"
      ? "ev_clinicChanged"
      : sentences[`${action} ${entity}`];
  if (key === undefined) return words.say("otherEvent", { action, entity: entity ?? "" });
  return say(words, key, {
    name: nameOf(event, lists),
    ticket: ticketOf(event),
    doctor: doctorOf(event, lists),
    room:
      /to room (.*?)(?:, as the next| again)?$| in room (.*)$/.exec(textOf(after?.["summary"]))?.slice(1).join("") ??
      "",
    date: dateOf(event, words.language.tag === "en" ? "en-GB" : words.language.tag),
    settings,
  });
}

/** Who did it: the name of an account, or what stands for one. */
export function describeActor({ actor_name, actor_role }: AuditEvent, words: Words<Catalogue>): string {
  if (actor_name !== null) return actor_name;
  switch (actor_role) {
    case "anybody":
    case "nobody":
    case null:
      return words.say("by_nobody");
    case "patient":
      return words.say("by_patient");
    case "screen":
      return words.say("by_screen");
    default:
      return actor_role;
  }
}

/** A sentence takes what it names of all that is known. */
function say(words: Words<Catalogue>, key: Key, values: Record<string, string>): string {
  return (words.say as (key: Key, values: Record<string, string>) => string).call(words, key, values);
}

function nameOf({ entity, entity_id, before, after, action }: AuditEvent, lists: Lists): string {
  const told = textOf(after?.["name"] ?? before?.["name"]);
  if (told !== "") return told;
  if (action === "sign_in_refused") return entity_id ?? "?";
  const known = { doctors: lists.doctors, rooms: lists.rooms, areas: lists.areas }[entity ?? ""];
  return known?.find(({ id }) => id === entity_id)?.name ?? "";
}

function ticketOf({ before, after }: AuditEvent): string {
  const row = after ?? before ?? {};
  const told = row["ticket"] ?? /\b[A-Z]{1,3}\d+\b/.exec(textOf(row["summary"]))?.[0];
  return textOf(told);
}

function doctorOf({ entity, entity_id, before, after }: AuditEvent, { doctors }: Lists): string {
  const id = entity === "doctor_days" ? entity_id?.split(" ")[0] : (after?.["doctor_id"] ?? before?.["doctor_id"]);
  return doctors.find((one) => one.id === id)?.name ?? "?";
}

function dateOf({ entity, entity_id, before, after }: AuditEvent, locale: string): string {
  const date = textOf(entity === "doctor_days" ? entity_id?.split(" ")[1] : (after?.["date"] ?? before?.["date"]));
  return isDay(date) ? writeShortDay(date, locale) : date;
}

const textOf = (value: unknown): string =>
  typeof value === "string" ? value : value === undefined || value === null ? "" : JSON.stringify(value);
