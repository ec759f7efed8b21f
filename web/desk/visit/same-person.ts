import type { ClinicClient } from "../../../client/clinic-client.ts";
import { nameKey } from "../../shared/names/name-key.ts";
import type { KnownPatient } from "../box/patient-search.ts";

export interface NewPerson {
  name: string;
  birthDate: string;
  phone: string;
}

/** Somebody who may be the same person: `phone` is known already, or name and birth date are. */
export interface MaybeSame {
  patient: KnownPatient;
  why: "phone" | "name";
}

/** Looks whether somebody new is known already. Without a doubt nobody is asked. */
export async function findSamePerson(client: ClinicClient, person: NewPerson): Promise<MaybeSame | undefined> {
  if (person.phone.trim() !== "") {
    const patient = await client.call("findPatientByPhone", { query: { phone: person.phone } });
    if (patient) return { patient, why: "phone" };
  }
  const { patients } = await client.findPatients(person.name);
  const patient = patients.find((one) => isSame(one, person));
  return patient && { patient, why: "name" };
}

function isSame({ name, birth_date }: KnownPatient, person: NewPerson): boolean {
  return nameKey(name) === nameKey(person.name) && person.birthDate !== "" && birth_date === person.birthDate;
}
