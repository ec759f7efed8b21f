import { allSettings, type ClinicSettings, type Setting, type SettingName } from "./setting-list.ts";

/** A setting as a form has it: numbers are texts while they are typed. */
export type Typed = string | boolean | readonly string[];

/** What somebody has changed and not saved, and what it was when they began. */
export interface SettingsDraft {
  typed: Partial<Record<SettingName, Typed>>;
  base: Partial<Record<SettingName, Typed>>;
}

export const noDraft: SettingsDraft = { typed: {}, base: {} };

/** A setting that somebody else has changed meanwhile: from what to what. */
export interface Surprise {
  name: SettingName;
  from: Typed;
  to: Typed;
}

/** A saved setting as a form has it. */
export function typedOf(settings: ClinicSettings, name: SettingName): Typed {
  const value = settings[name];
  return typeof value === "number" ? String(value) : value;
}

export const isEqual = (one: Typed | undefined, other: Typed | undefined): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

/** The draft after a change of one setting. One that is as it was is no change. */
export function withTyped(draft: SettingsDraft, saved: ClinicSettings, name: SettingName, typed: Typed): SettingsDraft {
  const { [name]: _typed, ...others } = draft.typed;
  const { [name]: base = typedOf(saved, name), ...otherBases } = draft.base;
  if (isEqual(typed, typedOf(saved, name))) return { typed: others, base: otherBases };
  return { typed: { ...others, [name]: typed }, base: { ...otherBases, [name]: base } };
}

/** What a draft would change of what is saved. */
export function changedNames({ typed }: SettingsDraft, saved: ClinicSettings): SettingName[] {
  return allSettings
    .map(({ name }) => name)
    .filter((name) => typed[name] !== undefined && !isEqual(typed[name], typedOf(saved, name)));
}

/** Where somebody else changed the same setting to something else than the draft wants. */
export function conflictsOf({ typed, base }: SettingsDraft, now: ClinicSettings): Surprise[] {
  return allSettings.flatMap(({ name }) => {
    const [from, to] = [base[name], typedOf(now, name)];
    if (typed[name] === undefined || from === undefined) return [];
    return isEqual(from, to) || isEqual(typed[name], to) ? [] : [{ name, from, to }];
  });
}

/** What else is otherwise than it was, beside what the draft is about. */
export function othersChanged({ typed }: SettingsDraft, before: ClinicSettings, now: ClinicSettings): Surprise[] {
  return allSettings.flatMap(({ name }) => {
    const [from, to] = [typedOf(before, name), typedOf(now, name)];
    return typed[name] !== undefined || isEqual(from, to) ? [] : [{ name, from, to }];
  });
}

/** Why a setting cannot be as it is typed; undefined where it can. */
export function wrongOf(setting: Setting, typed: Typed): "nameNeeded" | "numberWrong" | "languageNeeded" | undefined {
  const text = String(typed).trim();
  switch (setting.kind) {
    case "text":
    case "zone":
      return text === "" ? "nameNeeded" : undefined;
    case "number": {
      const isWithin = Number(text) >= setting.least && Number(text) <= setting.most;
      return /^\d{1,5}$/.test(text) && isWithin ? undefined : "numberWrong";
    }
    case "languages":
      return Array.isArray(typed) && typed.length === 0 ? "languageNeeded" : undefined;
    default:
      return undefined;
  }
}

/** What to send for a draft: the names and values of what it changes. */
export function bodyOf(draft: SettingsDraft, saved: ClinicSettings): Partial<ClinicSettings> {
  const entries = changedNames(draft, saved).map((name) => {
    const typed = draft.typed[name];
    const isNumber = typeof saved[name] === "number";
    return [name, isNumber ? Number(typed) : typeof typed === "string" ? typed.trim() : typed];
  });
  return Object.fromEntries(entries) as Partial<ClinicSettings>;
}
