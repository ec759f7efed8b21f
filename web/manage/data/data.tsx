import type { JSX } from "preact";

import { basePath } from "../../shared/clinic/base-path.ts";
import { useWords } from "../../shared/words/use-words.tsx";
import { PartHead } from "../parts/part-head.tsx";
import type { en } from "../words/en.ts";
import { fileKinds } from "./file-kinds.ts";
import { ImportForm } from "./import-form.tsx";

/** Whole files into the clinic, and out of it. */
export function Data(): JSX.Element {
  const words = useWords<typeof en>();
  return (
    <section>
      <PartHead title={words.say("dataTitle")} about={words.say("dataAbout")} />
      <div class="data-half">
        <h3>{words.say("importTitle")}</h3>
        <ImportForm />
      </div>
      <div class="data-half">
        <h3>{words.say("exportTitle")}</h3>
        <p class="quiet">{words.say("exportAbout")}</p>
        <div class="buttons">
          {fileKinds.map((kind) => (
            <a key={kind} class="button" href={`${basePath}/api/v1/exports/${kind}`} download={`${kind}.csv`}>
              {words.say(`file_${kind}`)}
            </a>
          ))}
        </div>
      </div>
    </section>
  );
}
