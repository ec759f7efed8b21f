import { expect } from "chai";
import type { Section } from "../../client/queue-client.ts";
import { search } from "../../web/desk/search.ts";

const patients = [
  { name: "Søren Østergård", phone: "+4530123456" },
  { name: "Siobhán O’Connor", phone: "+353851234567" },
  { name: "Jürgen Groß", phone: "+491701234567" },
  { name: "Łukasz Wałęsa", phone: "030123456789" },
];

const doctor = (name: string, people: typeof patients): Section => ({
  doctor: { id: name, name, code: `DOC-${name.length}`, specialty: "Cardiology" },
  area: null,
  room: null,
  is_present: true,
  state: "present",
  notice: null,
  returns_at: null,
  total_appointments: people.length,
  checked_in_count: 0,
  appointments: people.map((person, index) => ({
    appointment_id: person.name,
    slot: index + 1,
    time_slot: null,
    status: "booked",
    ticket: `A${index + 1}`,
    starts_at: null,
    source: "booking",
    outcome: null,
    mode: "in_person",
    patient: { id: person.name, age: null, gender: null, ...person },
    queue: null,
  })),
});

const sections = [doctor("Dr. Françoise", patients), doctor("Dr. No-one", [])];

/** The names of the patients that are found. */
const find = (words: string): string[] => search(sections, words).flatMap(({ found }) => [...found]);

describe("the search of the monitor", () => {
  const typed: Record<string, number> = {
    ostergard: 0,
    "SOREN oster": 0,
    Østergård: 0,
    "o'connor": 1,
    "o’connor": 1,
    oconnor: 1,
    "siobhan o`connor": 1,
    "o´connor": 1,
    gross: 2,
    "jurgen groß": 2,
    lukasz: 3,
    walesa: 3,
    a4: 3,
    // As people write numbers: with and without the country's code.
    "+491701234567": 2,
    "+49 170 1234567": 2,
    "0049 170 1234567": 2,
    "+49 (0)170 / 123-4567": 2,
    "0170 1234567": 2,
    "01701234567": 2,
    "jürgen 0170": 2,
    "170 123": 2,
    "085 123 4567": 1,
    "+49 30 123456789": 3,
    "030 123456789": 3,
  };
  for (const [words, index] of Object.entries(typed)) {
    it(`finds ${patients[index]?.name} by ${words}`, () => {
      expect(find(words)).to.deep.equal([patients[index]?.name]);
    });
  }

  it("shows everything for no words, and a doctor's whole day for the doctor", () => {
    const everybody = patients.map(({ name }) => name);

    for (const words of ["", "  ", "francoise", "cardiology", "doc-13"]) {
      expect(find(words), words).to.deep.equal(everybody);
    }
  });

  it("does not take two digits, or a number of somebody else, for a phone number", () => {
    for (const words of ["99", "0", "+49 170 7654321", "1234567890123456", "soren 0170", "nobody"]) {
      expect(find(words), words).to.deep.equal([]);
    }
  });
});
