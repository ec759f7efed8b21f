import type { JSX } from "preact";
import { useWords } from "../../shared/words/use-words.tsx";
import type { en } from "../words/en.ts";
import type { Account } from "./accounts.tsx";

export type Scope = Account["scopes"][number];
const scopes: readonly Scope[] = ["book", "check_in", "read"];

/** What a program may do. */
export function ScopeBoxes(props: { chosen: readonly Scope[]; choose: (scopes: Scope[]) => void }): JSX.Element {
  const { chosen, choose } = props;
  const words = useWords<typeof en>();
  return (
    <fieldset class="chips">
      <legend>{words.say("mayDo")}</legend>
      {scopes.map((scope) => (
        <label key={scope} class="box">
          <input
            type="checkbox"
            checked={chosen.includes(scope)}
            onChange={() => choose(scopes.filter((one) => chosen.includes(one) !== (one === scope)))}
          />
          {words.say(`scope_${scope}`)}
        </label>
      ))}
    </fieldset>
  );
}
