import type { JSX } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Area } from "../../contract/area.ts";
import { ApiError, ValidationError } from "../../client/errors.ts";
import { rest } from "../shared/access/rest-client.ts";
import { explainError } from "../shared/actions/explain-error.ts";
import { basePath } from "../shared/clinic/base-path.ts";
import { CardForm } from "../shared/parts/card-form.tsx";
import { useWords } from "../shared/words/use-words.tsx";
import type { Words } from "../shared/words/words.ts";
import type { en } from "./words/en.ts";

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
  const words = useWords<typeof en>();
  const [paired, setPaired] = useState<string>();
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

  async function pair(): Promise<void> {
    const user_code = linked ?? code.current?.value;
    if (user_code === undefined || !name.current) return;
    setPaired(undefined);
    const body = { user_code, name: name.current.value, area_id: area.current?.value || null };
    try {
      await rest.call("approveScreen", { body });
      setPaired(body.name);
      name.current.value = "";
      if (code.current) code.current.value = "";
      forgetLink();
      await onPaired();
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) forgetLink();
      throw error;
    } finally {
      (code.current ?? name.current).focus();
    }
  }

  /** A code is good once, and a screen that waits long gets another. */
  function forgetLink(): void {
    history.replaceState(null, "", location.pathname);
    setLinked(undefined);
  }

  return (
    <CardForm
      titleId="pair-title"
      title={words.say("pairScreen")}
      heading="h2"
      label={() => words.say("pair")}
      send={pair}
      explain={(error) => explain(error, words)}
      after={
        <div role="status">
          {paired !== undefined && <p class="success">{words.say("isPaired", { name: paired })}</p>}
        </div>
      }
    >
      {linked === undefined ? (
        <>
          <p class="quiet" id="code-help">
            {words.say("pairHint", { address: `${location.host}${basePath}/screen` })}
          </p>
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
            aria-describedby="code-help"
            required
          />
        </>
      ) : (
        <p>
          {words.say("screenShows")} <strong class="linked-code">{linked}</strong>
        </p>
      )}
      <label for="screen-name">{words.say("name")}</label>
      <input ref={name} id="screen-name" name="screen-name" autocomplete="off" maxLength={100} required />
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
    </CardForm>
  );
}

/** The code that a screen's link brings along; undefined where there is none, or something else in its place. */
function codeInAddress(): string | undefined {
  const code = new URLSearchParams(location.hash.slice(1)).get("user_code") ?? "";
  return /^[A-Z]{4}-[A-Z]{4}$/.test(code) ? code : undefined;
}

/** The server's message names fields as programs do; what is wrong is what matters. */
function explain(error: unknown, words: Words<typeof en>): string {
  if (error instanceof ApiError && error.code === "NotFound") return words.say("codeNotFound");
  if (!(error instanceof ValidationError) || error.fields.length === 0) return explainError(error, { words }).text;
  const labels: Record<string, string> = { user_code: words.say("code"), name: words.say("name") };
  return `${error.fields.map(({ field, reason }) => `${labels[field] ?? field}: ${reason}`).join("; ")}.`;
}
