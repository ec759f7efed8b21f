import { render } from "preact";
import { Acting } from "../shared/actions/use-actions.tsx";
import { Entrance } from "../shared/access/entrance.tsx";
import { Spoken } from "../shared/words/use-words.tsx";
import type { Language } from "../shared/words/words.ts";
import { Screens } from "./screens.tsx";
import "../shared/styles/base.css";
import "../shared/styles/staff.css";
import "../shared/styles/form.css";
import "./screens.css";

const catalogues = {
  en: () => import("./words/en.ts").then(({ en }) => en),
  de: () => import("./words/de.ts").then(({ de }) => de),
};

const page = document.getElementById("page");
if (!page) throw new Error("screens.html has no #page");
render(
  <Spoken load={(tag: Language["tag"]) => catalogues[tag]()}>
    <Entrance>
      <Acting>
        <Screens />
      </Acting>
    </Entrance>
  </Spoken>,
  page,
);
