import { expect } from "chai";
import type { StaffAppointment } from "../../../client/queue-client.ts";
import { findDoctors, findToday, isOneErrorApart } from "../../../web/desk/box/find-today.ts";
import type { StaffSection } from "../../../web/desk/found.ts";

const patients = [
  { name: "Søren Østergård", phone: "+4530123456" },
  { name: "Siobhán O’Connor", phone: "+353851234567" },
  { name: "Jürgen Groß", phone: "+491701234567" },
  { name: "Łukasz Wałęsa", phone: "030123456789" },
];

const row = (person: (typeof patients)[number], index: number): StaffAppointment => ({
  appointment_id: person.name,
  slot: index + 1,
  time_slot: null,
  status: "booked",
  ticket: `A${index + 1}`,
  starts_at: null,
  ends_at: null,
  source: "booking",
  outcome: null,
  mode: "in_person",
  note: null,
  reason: null,
  patient: { id: person.name, age: null, gender: null, birth_date: null, needs: {}, ...person },
  queue: null,
});

const sections = [{ appointments: patients.map(row) } as StaffSection];

/** The names of the patients that are found. */
const find = (words: string): string[] => findToday(sections, words, 10).map(({ row }) => row.patient.name);

describe("finding somebody of today", () => {
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

  const misspelled: Record<string, number> = {
    ostergrad: 0,
    sören: 0,
    siobahn: 1,

    gros: 2,
    waleza: 3,
    walsa: 3,
  };
  for (const [words, index] of Object.entries(misspelled)) {
    it(`finds ${patients[index]?.name} by ${words}, with an error`, () => {
      expect(find(words)[0]).to.equal(patients[index]?.name);
    });
  }

  it("gives nobody for no words, and does not take an error in few letters for a name", () => {
    for (const words of ["", "  ", "gr0", "xyz"]) expect(find(words), words).to.deep.equal([]);
  });

  it("does not take two digits, or a number of somebody else, for a phone number", () => {
    for (const words of ["99", "0", "+49 170 7654321", "1234567890123456", "soren 0170", "nobody"]) {
      expect(find(words), words).to.deep.equal([]);
    }
  });

  it("puts whoever is to check in before others of the name", () => {
    const [first, second] = patients.map((person, index) => row({ ...person, name: "Maria López" }, index));
    if (!first || !second) throw new Error("There are two");
    const waiting = { ...first, queue: { stage: "waiting" } } as StaffAppointment;
    const both = [{ appointments: [waiting, second] } as StaffSection];

    expect(findToday(both, "maria lopez", 10).map((found) => found.row.ticket)).to.deep.equal(["A2", "A1"]);
    expect(findToday(both, "a1", 10).map((found) => found.row.ticket)).to.deep.equal(["A1"]);
  });

  it("gives the best of many in their order, those of a kind as the day has them", () => {
    const names = ["Rosa Lopez", "Lopez Rosa", "Lopes Rosa", "Lopez Ana", "Lopez Rosalia"];
    const rows = names.map((name, index) => row({ name, phone: "" }, index));

    const found = findToday([{ appointments: rows } as StaffSection], "lopez", 4);

    expect(found.map(({ row: { patient } }) => patient.name)).to.deep.equal([
      "Lopez Rosa",
      "Lopez Ana",
      "Lopez Rosalia",
      "Rosa Lopez",
    ]);
  });

  it("searches only the section that changed, as long as the same is typed", () => {
    let looks = 0;
    const quiet = {
      get appointments() {
        looks++;
        return patients.map(row);
      },
    } as StaffSection;
    const findWith = (person: (typeof patients)[number], words: string): number =>
      findToday([quiet, { appointments: [row(person, 0)] } as StaffSection], words, 10).length;
    const [first, second] = patients;
    if (!first || !second) throw new Error("There are two");

    expect(findWith(first, "sor")).to.equal(2);
    expect(findWith(second, "sor")).to.equal(1);
    expect(looks).to.equal(1);
    expect(findWith(second, "sio")).to.equal(2);
    expect(looks).to.equal(2);
  });

  it("finds doctors by the beginnings of name, specialty and code", () => {
    const doctors = [
      { name: "Dr. Françoise Ng", code: "DOC-1", specialty: "Cardiology" },
      { name: "Dr. Weber", code: "DOC-2", specialty: null },
    ];

    for (const words of ["ng", "franc", "cardio", "doc-1", "dr ng"]) {
      expect(
        findDoctors(doctors, words.replace("dr ", "dr. ")).map(({ code }) => code),
        words,
      ).to.deep.equal(["DOC-1"]);
    }
    expect(findDoctors(doctors, "")).to.deep.equal([]);
  });

  it("knows one error from two", () => {
    for (const [a, b] of [
      ["maier", "mayer"],
      ["maier", "maer"],
      ["maier", "maaier"],
      ["maier", "miaer"],
    ] as const) {
      expect(isOneErrorApart(a, b), `${a} ${b}`).to.equal(true);
      expect(isOneErrorApart(b, a), `${b} ${a}`).to.equal(true);
    }
    for (const [a, b] of [
      ["maier", "meyer"],
      ["maier", "mr"],
      ["abcd", "badc"],
    ] as const) {
      expect(isOneErrorApart(a, b), `${a} ${b}`).to.equal(false);
    }
  });
});
