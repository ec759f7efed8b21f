import { expect } from "chai";
import type { ClinicClient } from "../../../client/clinic-client.ts";
import { AlreadyCalledError, StaleError, UnavailableError, UnauthorizedError } from "../../../client/errors.ts";
import { Actions, type Surroundings } from "../../../web/shared/actions/actions.ts";
import { Journal } from "../../../web/shared/actions/journal.ts";
import { ClinicTime } from "../../../web/shared/times/clinic-time.ts";
import { Drafts } from "../../../web/shared/drafts/drafts.ts";
import { de } from "../../../web/shared/words/de.ts";
import { en } from "../../../web/shared/words/en.ts";
import { languages, Words } from "../../../web/shared/words/words.ts";
import { eventually } from "../../support/eventually.ts";

const [english, german] = languages;
if (!english || !german) throw new Error("There is no English, or no German");
const words = new Words<typeof en>(english, en);
const time = new ClinicTime("UTC");
const failure = { status: 409, code: "x", message: "", details: null, requestId: null };
const lost = new UnavailableError({ ...failure, status: 0, code: "unreachable" });

function make(fields: Partial<Surroundings> = {}): { actions: Actions; journal: Journal } {
  const journal = new Journal(new Drafts(undefined, "anna"), 600_000);
  const actions = new Actions({
    client: {} as ClinicClient,
    words: () => words,
    time: () => time,
    offlineSince: () => undefined,
    onSignedOut: () => {},
    journal,
    ...fields,
  });
  return { actions, journal };
}

const done = { text: "you called A7", at: "2026-11-23T10:41:00Z", undo: { appointmentId: "a", transition: "t" } };

describe("an action of a page", () => {
  it("is pending at once, taken once however often it is pressed, and told when it is answered", async () => {
    const { actions, journal } = make();
    let answer: (value: string) => void = () => {};
    const send = (): Promise<string> => new Promise((resolve) => (answer = resolve));

    const first = actions.do({ at: "A7", send, done: () => done });
    expect(actions.state("A7")?.name).to.equal("pending");
    expect(await actions.do({ at: "A7", send: () => Promise.reject(new Error("sent twice")) })).to.equal(undefined);
    answer("ok");

    expect(await first).to.equal("ok");
    expect(actions.state("A7")).to.equal(undefined);
    expect(journal.newestUndoable(new Date(done.at))?.text).to.equal(done.text);
  });

  it("is not sent without a connection, says so, and can be taken again", async () => {
    let since: Date | undefined = new Date("2026-11-23T10:09:00Z");
    const { actions } = make({ offlineSince: () => since });
    let sent = 0;

    await actions.do({ at: "A7", send: () => Promise.resolve(++sent) });
    const state = actions.state("A7");
    expect(sent).to.equal(0);
    expect(state).to.include({ name: "refused", kind: "offline" });
    expect(state && "text" in state && state.text).to.include("10:09. Your text is kept. Nothing is sent.");
    since = undefined;
    expect(state && "text" in state && state.text).to.equal("Connected. It was not done.");
    if (state?.name === "refused") state.ways[0]?.act();

    await eventually(() => expect(sent).to.equal(1));
  });

  it("tells whoever began it that it is done, also by trying again, and where it was found out later", async () => {
    let isOffline = true;
    const { actions } = make({ offlineSince: () => (isOffline ? new Date() : undefined) });
    const answers: unknown[] = [];

    await actions.do({ at: "A7", send: () => Promise.resolve("ok"), onDone: (answer) => answers.push(answer) });
    expect(answers).to.deep.equal([]);
    isOffline = false;
    const state = actions.state("A7");
    if (state?.name === "refused") state.ways[0]?.act();
    await eventually(() => expect(answers).to.deep.equal(["ok"]));
    await actions.do<string>({
      at: "A7",
      send: () => Promise.reject(lost),
      find: () => Promise.resolve({ at: done.at }),
      onDone: (answer) => answers.push(answer),
    });

    expect(answers).to.deep.equal(["ok", undefined]);
  });

  it("tells what was the case instead, with the way on", async () => {
    const { actions } = make();
    const error = new AlreadyCalledError({
      ...failure,
      details: { room: "Room 2", called_at: "2026-11-23T10:41:30Z", stage: "called" },
    });

    await actions.do({
      at: "A7",
      ticket: "A7",
      send: () => Promise.reject(error),
      ways: () => [{ label: "Call A8?", act: () => {} }],
    });

    const state = actions.state("A7");
    expect(state).to.include({ name: "refused", text: "Room 2 called A7 at 10:41." });
    expect(state?.name === "refused" && state.ways.map(({ label }) => label)).to.deep.equal(["Call A8?"]);
  });

  it("says in words where somebody is who moved meanwhile", async () => {
    const { actions } = make();
    const stale = (stage: string, room: object | null) =>
      new StaleError({ ...failure, details: { entry: { stage, room, version: 3 } } });

    await actions.do({
      at: "a",
      ticket: "A7",
      send: () => Promise.reject(stale("in_consultation", { name: "room 2" })),
    });
    await actions.do({ at: "b", ticket: "A7", send: () => Promise.reject(stale("left", null)) });

    expect(actions.state("a")).to.include({ text: "A7 is now in room 2. Nothing was changed." });
    expect(actions.state("b")).to.include({ text: "A7 is now: Left. Nothing was changed." });
  });

  it("tells it in the language of the moment, until the entry has changed again", async () => {
    let spoken: Words<typeof en> = words;
    const { actions } = make({ words: () => spoken });
    const error = new StaleError({ ...failure, details: { entry: { stage: "left", room: null, version: 3 } } });
    await actions.do({ at: "A7", ticket: "A7", send: () => Promise.reject(error) });
    const text = (): string | undefined => {
      const state = actions.state("A7");
      return state && "text" in state ? state.text : undefined;
    };

    expect(text()).to.equal("A7 is now: Left. Nothing was changed.");
    spoken = new Words<typeof en>(german, de);
    expect(text()).to.equal("A7 ist jetzt: Gegangen. Nichts wurde geändert.");
    actions.dismissOlder("A7", 3);
    expect(text()).to.equal("A7 ist jetzt: Gegangen. Nichts wurde geändert.");
    actions.dismissOlder("A7", 4);
    expect(text()).to.equal(undefined);
  });

  it("finds out, once there is a connection, what came of it when its answer was lost", async () => {
    let since: Date | undefined = new Date();
    const { actions, journal } = make({ offlineSince: () => since });
    since = undefined;
    let asked = 0;
    const find = () => (++asked === 1 ? Promise.reject(lost) : Promise.resolve({ at: done.at, done }));

    const doing = actions.do({ at: "A7", send: () => Promise.reject(lost), find });
    await eventually(() => expect(actions.state("A7")?.name).to.equal("checking"));
    await doing;

    expect(actions.state("A7")).to.deep.equal({ name: "found", text: "Connected. It was done once, at 10:41." });
    expect(journal.entries.map(({ text }) => text)).to.deep.equal([done.text]);
  });

  it("says that it was not done where it was not", async () => {
    const { actions, journal } = make();

    await actions.do({
      at: "A7",
      send: () => Promise.reject(lost),
      find: () => Promise.resolve({ at: undefined }),
    });

    expect(actions.state("A7")).to.include({ name: "refused", text: "Connected. It was not done." });
    expect(journal.entries).to.deep.equal([]);
  });

  it("asks to sign in where the session has ended, and can then be taken again", async () => {
    let asked = 0;
    const { actions } = make({ onSignedOut: () => asked++ });

    await actions.do({ at: "A7", send: () => Promise.reject(new UnauthorizedError({ ...failure, status: 401 })) });

    expect(asked).to.equal(1);
    const state = actions.state("A7");
    expect(state?.name === "refused" && state.ways.length).to.equal(1);
  });
});

describe("the journal", () => {
  it("lets be undone what the contract lets, newest first, once, and keeps it over a reload", () => {
    const drafts = new Drafts(undefined, "anna");
    const journal = new Journal(drafts, 600_000);
    const other = { ...done, text: "you held A8", undo: { appointmentId: "b", transition: "u" } };
    journal.add(done);
    journal.add(done);
    journal.add(other);
    const at = (minutes: number): Date => new Date(Date.parse(done.at) + minutes * 60_000);

    expect(journal.newestUndoable(at(9))?.text).to.equal("you held A8");
    journal.markUndone("u");
    const reloaded = new Journal(drafts, 600_000);

    expect(reloaded.newestUndoable(at(9))?.text).to.equal("you called A7");
    expect(reloaded.newestUndoable(at(10))).to.equal(undefined);
    expect(reloaded.entries.map(({ isUndone }) => isUndone)).to.deep.equal([true, false]);
  });
});
