import { needs, newPatient } from "../../contract/patient.ts";
import type { Fields, LineReader } from "../transfer-kind.ts";
import { phoneCell, trimmed, truth, whole } from "./cells.ts";

const needNames = Object.keys(needs.shape).map((name) => `needs_${name}`);
const names = ["name", "phone", "birth_date", "age", "gender", "email", "shares_phone", "ticket_only", ...needNames];
export const patientColumns = { known: names, required: ["name"] };

/** Counts, over a pass through a file, what sql/transfer/import_patients.sql must know of the lines before. */
export function patientReader(): LineReader {
  const phones = new Set<string>();
  const seen = new Map<string, number>();
  return (fields) => {
    const parsed = newPatient.safeParse(toPatient(fields));
    if (!parsed.success) return parsed;
    const { name, phone, birth_date } = parsed.data;
    const key = JSON.stringify([name, phone, birth_date]);
    const nth = (seen.get(key) ?? 0) + 1;
    seen.set(key, nth);
    const isPhoneBefore = phone !== null && phones.has(phone);
    if (phone !== null) phones.add(phone);
    return { success: true, data: { ...parsed.data, nth, is_phone_before: isPhoneBefore } };
  };
}

function toPatient(fields: Fields): object {
  const wanted = needNames
    .filter((name) => name in fields)
    .map((name) => [name.slice("needs_".length), truth(fields[name])]);
  return {
    name: fields["name"] ?? "",
    phone: phoneCell(fields["phone"]),
    birth_date: trimmed(fields["birth_date"]),
    age: whole(fields["age"]),
    gender: fields["gender"],
    email: trimmed(fields["email"]),
    shares_phone: truth(fields["shares_phone"]),
    ticket_only: truth(fields["ticket_only"]),
    needs: Object.fromEntries(wanted),
  };
}
