import type { JSX } from "preact";
import { useId } from "preact/hooks";
import { Chips } from "../../shared/parts/chips.tsx";
import { useWords } from "../../shared/words/use-words.tsx";
import { SelectField } from "../parts/select-field.tsx";
import type { en } from "../words/en.ts";
import { LanguageChoice } from "./language-choice.tsx";
import type { Setting } from "./setting-list.ts";
import { isEqual, type Typed, type wrongOf } from "./settings-draft.ts";
import { useWritten } from "./use-written.ts";
import { zoneNames } from "./zone-names.ts";

interface Props {
  setting: Setting;
  value: Typed;
  /** What counts at the moment. */
  saved: Typed;
  wrong: ReturnType<typeof wrongOf>;
  change: (value: Typed) => void;
}

/** A setting with a sentence on what it does and when that begins, and what it was where it was changed. */
export function SettingField({ setting, value, saved, wrong, change }: Props): JSX.Element {
  const words = useWords<typeof en>();
  const write = useWritten();
  const id = useId();
  const { name } = setting;
  const isChanged = !isEqual(value, saved);
  const limits = setting.kind === "number" ? { least: setting.least, most: setting.most } : { least: 0, most: 0 };
  return (
    <div class="setting" data-setting={name} data-changed={isChanged}>
      <Control setting={setting} value={value} change={change} id={id} isWrong={wrong !== undefined} />
      <div id={`${id}-told`} class="setting-about">
        {wrong !== undefined && (
          <p class="field-error">{wrong === "numberWrong" ? words.say(wrong, limits) : words.say(wrong)}</p>
        )}
        {isChanged && <p class="was">{words.say("was", { value: write(name, saved) })}</p>}
        <p class="quiet">{words.say(`about_${name}`)}</p>
      </div>
    </div>
  );
}

interface ControlProps extends Pick<Props, "setting" | "value" | "change"> {
  id: string;
  isWrong: boolean;
}

function Control({ setting, value, change, id, isWrong }: ControlProps): JSX.Element {
  const words = useWords<typeof en>();
  const label = words.say(`set_${setting.name}`);
  switch (setting.kind) {
    case "choice":
      return (
        <Chips
          label={label}
          options={setting.values.map((one) => ({ value: one, label: words.say(`choice_${one}`) }))}
          chosen={setting.values.find((one) => one === value)}
          choose={change}
        />
      );
    case "switch":
      return (
        <Chips
          label={label}
          options={[
            { value: "true", label: words.say(setting.on) },
            { value: "false", label: words.say(setting.off) },
          ]}
          chosen={value === true ? "true" : "false"}
          choose={(chosen) => change(chosen === "true")}
        />
      );
    case "languages":
      return <LanguageChoice label={label} chosen={typeof value === "object" ? value : []} choose={change} />;
    case "time":
      return <SelectField label={label} value={String(value)} change={change} options={timesWith(String(value))} />;
    default:
      return <TextControl setting={setting} value={value} change={change} id={id} isWrong={isWrong} label={label} />;
  }
}

/** The half hours at which a day may begin, and the time that is chosen, whatever it is. */
function timesWith(chosen: string): { value: string; label: string }[] {
  const times = Array.from({ length: 13 }, (_none, half) => `0${Math.floor(half / 2)}:${half % 2 === 0 ? "00" : "30"}`);
  const offered = times.includes(chosen) ? times : [chosen, ...times];
  return offered.map((time) => ({ value: time, label: time }));
}

function TextControl(props: ControlProps & { label: string }): JSX.Element {
  const { setting, value, change, id, isWrong, label } = props;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        type={setting.kind === "number" ? "number" : "text"}
        autocomplete="off"
        value={String(value)}
        {...(setting.kind === "text" && { maxLength: setting.longest })}
        {...(setting.kind === "number" && { min: setting.least, max: setting.most })}
        {...(setting.kind === "zone" && { list: `${id}-zones` })}
        aria-invalid={isWrong}
        aria-describedby={`${id}-told`}
        onInput={({ currentTarget }) => change(currentTarget.value)}
      />
      {setting.kind === "zone" && (
        <datalist id={`${id}-zones`}>
          {zoneNames().map((zone) => (
            <option key={zone} value={zone} />
          ))}
        </datalist>
      )}
    </div>
  );
}
