import type { JSX } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Area } from "../../contract/area.ts";
import { basePath } from "../shared/base-path.ts";
import { call } from "../shared/rest.ts";

interface Props {
  areas: Area[];
  onPaired: () => Promise<void>;
}

/**
 * Takes the code that a screen shows, a name for the screen and, where the clinic has some, the waiting area it is for.
 *
 * The screen's link brings the code along. It is shown then, because whoever sent the link may have meant another screen
 * (RFC 8628, section 5.4).
 */
export function PairForm({ areas, onPaired }: Props): JSX.Element {
  const [result, setResult] = useState<{ text: string; isError: boolean } | undefined>(undefined);
  const [isBusy, setBusy] = useState(false);
  const [linked, setLinked] = useState(codeInAddress);
  const code = useRef<HTMLInputElement>(null);
  const name = useRef<HTMLInputElement>(null);
  const area = useRef<HTMLSelectElement>(null);
  useEffect(() => {
    const follow = (): void => setLinked(codeInAddress());
    window.addEventListener("hashchange", follow);
    return () => window.removeEventListener("hashchange", follow);
  }, []);
  useLayoutEffect(() => (code.current ?? name.current)?.focus(), [linked]);

  async function pair(event: Event): Promise<void> {
    event.preventDefault();
    const user_code = linked ?? code.current?.value;
    if (isBusy || user_code === undefined || !name.current) return;
    setBusy(true);
    setResult(undefined);
    const area_id = area.current?.value || null;
    const body = { user_code, name: name.current.value, area_id };
    const { status, message } = await call("POST", "/screens", { body });
    if (status === 201) {
      setResult({ text: `${body.name} is paired. It shows the queue within seconds.`, isError: false });
      name.current.value = "";
      if (code.current) code.current.value = "";
      forgetLink();
      await onPaired();
    } else {
      setResult({ text: status === 400 ? explain(message) : `${message}.`, isError: true });
    }
    if (status === 404) forgetLink();
    (code.current ?? name.current).focus();
    setBusy(false);
  }

  /** A code is good once, and a screen that waits long gets another. */
  function forgetLink(): void {
    history.replaceState(null, "", location.pathname);
    setLinked(undefined);
  }

  return (
    <form class="card" aria-labelledby="pair-title" onSubmit={(event) => void pair(event)}>
      <h2 id="pair-title">Pair a screen</h2>
      {linked === undefined ? (
        <>
          <p class="quiet" id="code-help">
            Open {location.host}
            {basePath}/screen on the screen. It shows a code of 8 letters to enter here.
          </p>
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
            aria-describedby="code-help"
            required
          />
        </>
      ) : (
        <p>
          The screen shows <strong class="linked-code">{linked}</strong>.
        </p>
      )}
      <label for="screen-name">Name</label>
      <input ref={name} id="screen-name" name="screen-name" autocomplete="off" maxLength={100} required />
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

/** The code that a screen's link brings along; undefined where there is none, or something else in its place. */
function codeInAddress(): string | undefined {
  const code = new URLSearchParams(location.hash.slice(1)).get("user_code") ?? "";
  return /^[A-Z]{4}-[A-Z]{4}$/.test(code) ? code : undefined;
}

/** Replaces the field names in the server's message, which are for programs. */
function explain(message: string): string {
  return `${message.replace(/\buser_code: /, "The code ").replace(/\bname: /, "The name ")}.`;
}
