import type { JSX } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Area } from "../../contract/area.ts";
import { ApiError, ValidationError } from "../../client/errors.ts";
import { rest } from "../shared/access/rest-client.ts";
import { explainError } from "../shared/actions/explain-error.ts";
import { useWords } from "../shared/words/use-words.tsx";
import type { Words } from "../shared/words/words.ts";
import type { en } from "./words/en.ts";

interface Props {
  areas: Area[];
  onPaired: () => Promise<void>;
}

/** Takes the code that a screen shows, a name for the screen and, where the clinic has some, the waiting area it is for. */
export function PairForm({ areas, onPaired }: Props): JSX.Element {
  const words = useWords<typeof en>();
  const [result, setResult] = useState<{ text: string; isError: boolean } | undefined>(undefined);
  const [isBusy, setBusy] = useState(false);
  const code = useRef<HTMLInputElement>(null);
  const name = useRef<HTMLInputElement>(null);
  const area = useRef<HTMLSelectElement>(null);
  useLayoutEffect(() => {
    if (code.current) code.current.value = codeInAddress();
    (codeInAddress() === "" ? code : name).current?.focus();
  }, []);

  async function pair(event: Event): Promise<void> {
    event.preventDefault();
    if (isBusy || !code.current || !name.current) return;
    setBusy(true);
    setResult(undefined);
    const area_id = area.current?.value || null;
    const body = { user_code: code.current.value, name: name.current.value, area_id };
    try {
      await rest.call("approveScreen", { body });
      setResult({ text: words.say("isPaired", { name: body.name }), isError: false });
      code.current.value = name.current.value = "";
      await onPaired();
    } catch (error) {
      setResult({ text: explain(error, words), isError: true });
    }
    code.current?.focus();
    setBusy(false);
  }

  return (
    <form class="card" aria-labelledby="pair-title" onSubmit={(event) => void pair(event)}>
      <h2 id="pair-title">{words.say("pairScreen")}</h2>
      <p class="quiet">{words.say("pairHint", { address: `${location.host}/screen` })}</p>
      <label for="code">{words.say("code")}</label>
      <input
        ref={code}
        id="code"
        name="code"
        class="code-input"
        autocomplete="off"
        autocapitalize="characters"
        spellcheck={false}
        maxLength={20}
        placeholder={words.say("eightLetters")}
        required
      />
      <label for="screen-name">{words.say("name")}</label>
      <input
        ref={name}
        id="screen-name"
        name="screen-name"
        autocomplete="off"
        maxLength={100}
        placeholder={words.say("exampleName")}
        required
      />
      {areas.length > 0 && (
        <>
          <label for="screen-area">{words.say("shows")}</label>
          <select ref={area} id="screen-area" name="screen-area">
            <option value="">{words.say("allAreas")}</option>
            {areas.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </>
      )}
      <button type="submit" class="main-action" aria-disabled={isBusy}>
        {words.say("pair")}
      </button>
      <div role="alert">{result?.isError && <p class="error">{result.text}</p>}</div>
      <div role="status">{result && !result.isError && <p class="success">{result.text}</p>}</div>
    </form>
  );
}

function codeInAddress(): string {
  return new URLSearchParams(location.search).get("user_code") ?? "";
}

/** The server's message names fields as programs do; what is wrong is what matters. */
function explain(error: unknown, words: Words<typeof en>): string {
  if (error instanceof ApiError && error.code === "NotFound") return words.say("codeNotFound");
  if (!(error instanceof ValidationError) || error.fields.length === 0) return explainError(error, { words }).text;
  const labels: Record<string, string> = { user_code: words.say("code"), name: words.say("name") };
  return `${error.fields.map(({ field, reason }) => `${labels[field] ?? field}: ${reason}`).join("; ")}.`;
}
