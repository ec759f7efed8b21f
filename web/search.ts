import type { Section } from "../client/queue-client.ts";

/**
 * What of the sections answers to some words: a doctor who does comes with every appointment, another one with those
 * of the patients who do, or not at all. Accents and upper case make no difference.
 */
export function search(sections: Section[], words: string): { section: Section; found: ReadonlySet<string> }[] {
  const wanted = plain(words).split(/\s+/).filter(Boolean);
  const answers = (...texts: (string | null)[]): boolean => {
    const text = plain(texts.join(" "));
    return wanted.every((word) => text.includes(word));
  };
  return sections
    .map((section) => {
      const { name, code, specialty } = section.doctor;
      const appointments = answers(name, code, specialty)
        ? section.appointments
        : section.appointments.filter(({ patient, ticket }) => answers(patient.name, patient.phone, ticket));
      return { section, found: new Set(appointments.map((one) => one.appointment_id)) };
    })
    .filter(({ found }) => found.size > 0);
}

function plain(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}
