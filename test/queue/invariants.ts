import { expect } from "chai";
import type { EntryRow, State, StepRow } from "./state.ts";

const isHolding = (stage: string | null): boolean => stage === "called" || stage === "in_consultation";
const isOfVersion = ({ action }: StepRow): boolean => action !== "acknowledge" && action !== "recall";

/** What has to be true of any state of a date, however it came about. */
export function expectInvariants(state: State): void {
  const queued = state.entries.filter(({ stage }) => stage !== null);
  expectUnique(queued.map(({ doctor, position }) => `${doctor} ${position}`));
  const holding = queued.filter(({ stage }) => isHolding(stage));
  expectUnique(holding.map(({ place }) => place));
  const exclusive = holding.filter(({ stage, isExclusive }) => stage === "in_consultation" && isExclusive);
  expectUnique(exclusive.map(({ doctor }) => doctor));
  const active = state.entries.filter(({ status }) => status !== "cancelled");
  expectUnique(active.map(({ doctor, slot }) => `${doctor} ${slot}`));
  expectPlaces(state, holding);
  expectHistory(state);
}

/** A place says who is there; and `after` names the newest step that filled or emptied it. */
function expectPlaces({ places, steps }: State, holding: EntryRow[]): void {
  const occupied = places.filter(({ appointment }) => appointment !== null);
  const pairs = (rows: { place: string | null; appointment: string | null }[]) =>
    rows.map(({ place, appointment }) => `${place} ${appointment}`).toSorted();
  expect(pairs(occupied)).to.deep.equal(pairs(holding));
  const byId = new Map(steps.map((step) => [step.id, step]));
  for (const { place, after } of places) expect(byId.get(after)?.place, "the place of its newest step").to.equal(place);
}

/** The steps of each appointment, from nothing, give its entry; and without those that were taken back, what stands. */
function expectHistory({ entries, steps }: State): void {
  for (const entry of entries) {
    const own = steps.filter(({ appointment }) => appointment === entry.appointment);
    own.sort((one, other) => one.ordinal - other.ordinal);
    expect(own.map(({ ordinal }) => ordinal)).to.deep.equal(own.map((_, index) => index + 1));
    if (own.length === 0) {
      expect(entry.version, entry.ticket).to.equal(null);
      continue;
    }
    expect(entry.stepCount).to.equal(own.length);
    expect(entry.version, entry.ticket).to.equal(own.filter(isOfVersion).length);
    expect(own.at(-1)?.to, entry.ticket).to.equal(entry.stage);
    const undone = new Set(own.map(({ undoes }) => undoes));
    const standing = own.filter(({ id, action }) => !undone.has(id) && action !== "undo");
    if (entry.stage === null) {
      expect(standing.filter(isOfVersion)).to.deep.equal([]);
      continue;
    }
    const { stage, doctor, callCount, calledAt, startedAt, completedAt } = entry;
    const shown = { stage, doctor, callCount, calledAt, startedAt, completedAt };
    expect(shown, entry.ticket).to.deep.equal(replay(own));
    const stands = standing.findLast(isOfVersion);
    expect([stands?.to, stands?.doctor], entry.ticket).to.deep.equal([stage, doctor]);
  }
}

type Replayed = Pick<EntryRow, "stage" | "doctor" | "callCount" | "calledAt" | "startedAt" | "completedAt">;

const never = { callCount: 0, calledAt: null, startedAt: null, completedAt: null };

function replay(steps: StepRow[]): Replayed {
  let now: Replayed = { stage: null, doctor: "", ...never };
  const changes = new Map<string, Partial<Replayed>>();
  for (const step of steps) {
    expect(step.from, `${step.ordinal} ${step.action}`).to.equal(now.stage);
    const old = now;
    now =
      step.undoes === null
        ? { ...now, ...effectOf(step, now), stage: step.to, doctor: step.doctor }
        : { ...now, ...changes.get(step.undoes) };
    const changed = Object.entries(old).filter(([key, value]) => now[key as keyof Replayed] !== value);
    changes.set(step.id, Object.fromEntries(changed));
    expect(step.to, `${step.ordinal} ${step.action}`).to.equal(now.stage);
  }
  return now;
}

function effectOf({ action, from, at }: StepRow, { callCount, startedAt }: Replayed): Partial<Replayed> {
  switch (action) {
    case "check_in":
    case "walk_in":
      return never;
    case "call":
    case "call_next":
      return { calledAt: at, callCount: callCount + 1 };
    case "recall":
      return { callCount: callCount + 1 };
    case "start":
      return from === null ? { ...never, startedAt: at } : { startedAt: startedAt ?? at };
    case "serve":
      return { completedAt: at };
    case "requeue":
      return { completedAt: null, ...(from === "called" && { calledAt: null, callCount: callCount - 1 }) };
    case "transfer":
    case "return":
      return { callCount: 0, calledAt: null, completedAt: null };
    default:
      return {};
  }
}

function expectUnique(keys: unknown[]): void {
  expect(keys).to.deep.equal([...new Set(keys)]);
}
