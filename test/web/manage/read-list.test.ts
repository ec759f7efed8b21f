import { expect } from "chai";
import { readList } from "../../../web/manage/doctors/read-list.ts";
import { suggestCode } from "../../../web/manage/doctors/suggest-code.ts";
import type { Doctor, Room } from "../../../web/manage/clinic-lists.ts";

const rooms: Room[] = [{ id: "room-3", name: "3", area_id: null }];
const here: Doctor = {
  id: "doctor-1",
  name: "Dr. Here",
  code: "HERE",
  specialty: null,
  ticket_prefix: "A",
  area_id: null,
  room_id: null,
  kind: "person",
  daily_capacity: null,
  retired_at: null,
  created_at: "2026-11-22T08:15:00.000Z",
};
const read = (text: string) => readList(text, { doctors: [here], rooms });
const verdicts = (text: string) => read(text).map(({ verdict }) => verdict.name);

describe("a pasted list of doctors", () => {
  it("is read with commas, semicolons or tabs, and with a separator inside of quotation marks", () => {
    for (const text of [
      'Dr. Ada Byron,"Heart, lungs",3,AB',
      "Dr. Ada Byron;Heart, lungs;3;AB",
      "Dr. Ada Byron\tHeart, lungs\t3\tAB",
    ]) {
      const [line] = read(text);

      expect(line).to.deep.equal({
        line: 1,
        name: "Dr. Ada Byron",
        specialty: "Heart, lungs",
        room: "3",
        roomId: "room-3",
        code: "AB",
        verdict: { name: "new" },
      });
    }
  });

  it("leaves out headings and empty lines, and keeps the numbers of the others", () => {
    const lines = read("Name, Specialty\n\nDr. Ada Byron\r\nDr. New");

    expect(lines.map(({ line, name }) => [line, name])).to.deep.equal([
      [3, "Dr. Ada Byron"],
      [4, "Dr. New"],
    ]);
  });

  it("says what is wrong with a line", () => {
    const wrong = read(`, Cardiology\n${"x".repeat(201)}\nDr. A, , 17\nDr. B, , , HERE\nDr. C, ${"x".repeat(101)}`);

    expect(wrong.map(({ verdict }) => (verdict.name === "wrong" ? verdict.why : verdict.name))).to.deep.equal([
      "noName",
      "nameTooLong",
      "noSuchRoom",
      "codeTaken",
      "specialtyTooLong",
    ]);
  });

  it("adds nobody who is here or in the list already, unless each has a code", () => {
    expect(verdicts("dr.  HERE\nDr. New\nDr. New, Surgery\nDr. New, , , NEW2\nDr. Here, , , OTHER")).to.deep.equal([
      "known",
      "new",
      "twice",
      "new",
      "new",
    ]);
  });

  it("gives each new one a code of their own", () => {
    expect(read("Dr. Ada Here\nDr. Bob Here\nDr. 王").map(({ code }) => code)).to.deep.equal(["HERE2", "HERE3", "D1"]);
  });
});

describe("a suggested code", () => {
  it("is the family name of a person, and all words of a service", () => {
    expect(suggestCode("Prof. Dr. med. Jürgen Groß", "person", new Set())).to.equal("GROSS");
    expect(suggestCode("Dr. Søren Østergård", "person", new Set())).to.equal("OSTERGARD");
    expect(suggestCode("Blood tests", "service", new Set())).to.equal("BLOOD-TESTS");
    expect(suggestCode("", "person", new Set(["D1"]))).to.equal("D2");
  });
});
