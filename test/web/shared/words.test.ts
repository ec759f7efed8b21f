import { expect } from "chai";
import { de as boardDe } from "../../../web/board/words/de.ts";
import { en as board } from "../../../web/board/words/en.ts";
import { de as calendarDe } from "../../../web/desk/calendar/words/calendar-de.ts";
import { en as calendar } from "../../../web/desk/calendar/words/calendar-en.ts";
import { de as waitlistDe } from "../../../web/desk/waitlist/words/waitlist-de.ts";
import { en as waitlist } from "../../../web/desk/waitlist/words/waitlist-en.ts";
import { de as deskDe } from "../../../web/desk/words/de.ts";
import { en as desk } from "../../../web/desk/words/en.ts";
import { de as doctorDe } from "../../../web/doctor/words/de.ts";
import { en as doctor } from "../../../web/doctor/words/en.ts";
import { de as schedulesDe } from "../../../web/manage/schedules/words/de.ts";
import { en as schedules } from "../../../web/manage/schedules/words/en.ts";
import { de as manageDe } from "../../../web/manage/words/de.ts";
import { en as manage } from "../../../web/manage/words/en.ts";
import { de as screensDe } from "../../../web/screens/words/de.ts";
import { en as screens } from "../../../web/screens/words/en.ts";
import { chooseLanguage } from "../../../web/shared/words/choose-language.ts";
import { languages, Words, type Catalogue, type Message } from "../../../web/shared/words/words.ts";

const [english, german] = languages;

/** Of each page with texts of its own, all its catalogues. */
const pages: Record<string, [Catalogue, Catalogue]> = {
  board: [board, boardDe],
  desk: [desk, deskDe],
  "desk, calendar": [calendar, calendarDe],
  "desk, waitlist": [waitlist, waitlistDe],
  doctor: [doctor, doctorDe],
  manage: [manage, manageDe],
  "manage, schedules": [schedules, schedulesDe],
  screens: [screens, screensDe],
};

const texts = (message: Message | undefined): string[] =>
  typeof message === "string" ? [message] : Object.values(message ?? {});
const placeholders = (text: string): string[] =>
  [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? "").toSorted();

describe("the words of the pages", () => {
  for (const [page, [en, de]] of Object.entries(pages)) {
    it(`are the same in all languages: keys and placeholders of the page ${page}`, () => {
      expect(Object.keys(de).toSorted()).to.deep.equal(Object.keys(en).toSorted());
      for (const key of Object.keys(en)) {
        const wanted = new Set(texts(en[key]).flatMap(placeholders));
        const found = new Set(texts(de[key]).flatMap(placeholders));
        expect([...found], key).to.have.members([...wanted]);
        for (const text of [...texts(en[key]), ...texts(de[key])])
          expect(text.trim(), key).to.equal(text).and.not.equal("");
      }
    });
  }

  const catalogue = {
    greeting: "{name} is here",
    waiting: { one: "{count} waits for {doctor}", other: "{count} wait for {doctor}" },
  } as const;
  if (!english || !german) throw new Error("There are two languages");
  const words = new Words<typeof catalogue>(english, catalogue);

  it("fill in what is named, and count as the language does", () => {
    expect(words.say("greeting", { name: "Ada" })).to.equal("Ada is here");
    expect(words.say("waiting", { count: 1, doctor: "Dr. No" })).to.equal("1 waits for Dr. No");
    expect(words.say("waiting", { count: 1234, doctor: "Dr. No" })).to.equal("1,234 wait for Dr. No");
    expect(new Words<typeof catalogue>(german, catalogue).number(1234.5)).to.equal("1.234,5");
  });

  it("keep a name from turning the sentence around", () => {
    expect(words.say("greeting", { name: "مريم" })).to.equal("\u2068مريم\u2069 is here");
  });

  it("do not take what is in a name for a placeholder", () => {
    expect(words.say("greeting", { name: "{name}" })).to.equal("{name} is here");
  });

  it("are in the first language that there is, else in English", () => {
    expect(chooseLanguage(["fr-CA", "de-AT", "en"]).tag).to.equal("de");
    expect(chooseLanguage(["EN-us"]).tag).to.equal("en");
    expect(chooseLanguage([]).tag).to.equal("en");
  });
});
