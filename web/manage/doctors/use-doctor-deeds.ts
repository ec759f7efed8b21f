import type { ClinicClient } from "../../../client/clinic-client.ts";
import type { Body } from "../../../client/rest-client.ts";
import type { Found } from "../../shared/actions/actions.ts";
import { useActions } from "../../shared/actions/use-actions.tsx";
import { useWords } from "../../shared/words/use-words.tsx";
import type { Doctor } from "../clinic-lists.ts";
import { useLists } from "../lists.tsx";
import type { en } from "../words/en.ts";
import type { ListLine } from "./read-list.ts";

/** A doctor as a form has it: nothing is an empty text. */
export interface DoctorFields {
  name: string;
  specialty: string;
  kind: "person" | "service";
  room_id: string;
  area_id: string;
  code: string;
  prefix: string;
}

interface DoctorDeeds {
  /** Gives the doctor; undefined where it was refused. */
  add: (fields: DoctorFields) => Promise<{ name: string } | undefined>;
  /** Sends what was typed and no more, so that nobody undoes what another changes at the same time. */
  change: (doctor: Doctor, typed: Partial<DoctorFields>) => Promise<{ name: string } | undefined>;
  /** Adds those lines of a list that are new, and gives their number. */
  addList: (lines: readonly ListLine[]) => Promise<number | undefined>;
}

/** What adds and changes doctors. @param at where it is begun */
export function useDoctorDeeds(at: string): DoctorDeeds {
  const words = useWords<typeof en>();
  const actions = useActions();
  const { reload } = useLists();

  const add = async (fields: DoctorFields): Promise<{ name: string } | undefined> => {
    const body = bodyOf(fields);
    const text = words.say("didAdd", { name: body.name });
    const added = await actions.do({
      at,
      send: (client) => client.call("addDoctor", { body }),
      done: ({ created_at }) => ({ text, at: created_at }),
      find: (client) => findByCode(client, body.code, text),
    });
    await reload();
    return added;
  };

  const change = async (doctor: Doctor, typed: Partial<DoctorFields>): Promise<{ name: string } | undefined> => {
    const body = changesOf(doctor, typed);
    if (Object.keys(body).length === 0) return doctor;
    const text = words.say("didChange", { name: body.name ?? doctor.name });
    const changed = await actions.do({
      at,
      send: (client) => client.call("changeDoctor", { params: { id: doctor.id }, body }),
      done: () => ({ text, at: new Date().toISOString() }),
      find: async (client) => {
        const now = await client.call("getDoctor", { params: { id: doctor.id } });
        return { at: Object.keys(changesOf(now, typed)).length === 0 ? new Date().toISOString() : undefined };
      },
    });
    await reload();
    return changed;
  };

  const addList = async (lines: readonly ListLine[]): Promise<number | undefined> => {
    const wanted = lines.filter(({ verdict }) => verdict.name === "new");
    const last = wanted[wanted.length - 1];
    const text = words.say("didAddMany", { count: wanted.length });
    const count = await actions.do({
      at,
      send: async (client) => {
        // One after another, so that their tickets' letters are in the order of the list.
        for (const line of wanted) await client.call("addDoctor", { body: bodyOfLine(line) });
        return wanted.length;
      },
      done: () => ({ text, at: new Date().toISOString() }),
      find: (client) => findByCode(client, last?.code ?? "", text),
    });
    await reload();
    return count;
  };

  return { add, change, addList };
}

async function findByCode(client: ClinicClient, code: string, text: string): Promise<Found> {
  const doctors = await client.call("listDoctors", { query: { retired: "true" } });
  const found = doctors.find((one) => one.code === code);
  return { at: found?.created_at, done: found && { text, at: found.created_at } };
}

const bodyOf = ({ name, specialty, kind, room_id, area_id, code, prefix }: DoctorFields): Body<"addDoctor"> => ({
  name: name.trim(),
  code: code.trim(),
  kind,
  specialty: specialty.trim() || null,
  room_id: room_id || null,
  area_id: area_id || null,
  ticket_prefix: prefix || null,
});

const bodyOfLine = ({ name, specialty, roomId, code }: ListLine): Body<"addDoctor"> => ({
  name,
  code,
  specialty: specialty || null,
  room_id: roomId,
});

/** What of a doctor is otherwise than typed. */
function changesOf(doctor: Doctor, typed: Partial<DoctorFields>): Body<"changeDoctor"> {
  const { name, specialty, kind, room_id, area_id } = typed;
  const wanted = {
    ...(name !== undefined && { name: name.trim() }),
    ...(specialty !== undefined && { specialty: specialty.trim() || null }),
    ...(kind !== undefined && { kind }),
    ...(room_id !== undefined && { room_id: room_id || null }),
    ...(area_id !== undefined && { area_id: area_id || null }),
  };
  const different = Object.entries(wanted).filter(([key, value]) => doctor[key as keyof typeof wanted] !== value);
  return Object.fromEntries(different);
}
