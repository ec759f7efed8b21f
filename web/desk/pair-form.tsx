import type { JSX } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Area } from "../../contract/area.ts";
import { call } from "../shared/rest.ts";

interface Props {
  areas: Area[];
  onPaired: () => Promise<void>;
}

/** Takes the code that a screen shows, a name for the screen and, where the clinic has some, the waiting area it is for. */
export function PairForm({ areas, onPaired }: Props): JSX.Element {
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
    const { status, message } = await call("POST", "/screens", { body });
    if (status === 201) {
      setResult({ text: `${body.name} is paired. It shows the queue within seconds.`, isError: false });
      code.current.value = name.current.value = "";
      await onPaired();
    } else {
      setResult({ text: status === 400 ? explain(message) : `${message}.`, isError: true });
    }
    code.current?.focus();
    setBusy(false);
  }

  return (
    <form class="card" aria-labelledby="pair-title" onSubmit={(event) => void pair(event)}>
      <h2 id="pair-title">Pair a screen</h2>
      <p class="quiet">Open {location.host}/screen on the screen. It shows a code to enter here.</p>
      <label for="code">Code</label>
      <input
        ref={code}
        id="code"
        name="code"
        class="code-input"
        autocomplete="off"
        autocapitalize="characters"
        spellcheck={false}
        maxLength={20}
        placeholder="8 letters"
        required
      />
      <label for="screen-name">Name</label>
      <input
        ref={name}
        id="screen-name"
        name="screen-name"
        autocomplete="off"
        maxLength={100}
        placeholder="Waiting room, ground floor"
        required
      />
      {areas.length > 0 && (
        <>
          <label for="screen-area">Shows</label>
          <select ref={area} id="screen-area" name="screen-area">
            <option value="">All waiting areas</option>
            {areas.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </>
      )}
      <button type="submit" class="main-action" aria-disabled={isBusy}>
        Pair
      </button>
      <div role="alert">{result?.isError && <p class="error">{result.text}</p>}</div>
      <div role="status">{result && !result.isError && <p class="success">{result.text}</p>}</div>
    </form>
  );
}

function codeInAddress(): string {
  return new URLSearchParams(location.search).get("user_code") ?? "";
}

/** Replaces the field names in the server's message, which are for programs. */
function explain(message: string): string {
  return `${message.replace(/\buser_code: /, "The code ").replace(/\bname: /, "The name ")}.`;
}
