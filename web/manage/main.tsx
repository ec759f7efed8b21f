import { render } from "preact";
import { Acting } from "../shared/actions/use-actions.tsx";
import { Entrance } from "../shared/access/entrance.tsx";
import { Spoken } from "../shared/words/use-words.tsx";
import type { Language } from "../shared/words/words.ts";
import { Manager } from "./manager.tsx";
import "../shared/styles/base.css";
import "../shared/styles/staff.css";
import "../shared/styles/form.css";
import "./manage.css";
import "./start/start.css";
import "./doctors/doctors.css";
import "./schedules/schedules.css";
import "./accounts/accounts.css";
import "./screens/screens.css";
import "./settings/settings.css";
import "./data/data.css";
import "./audit/audit.css";

const catalogues = {
  en: () => import("./words/en.ts").then(({ en }) => en),
  de: () => import("./words/de.ts").then(({ de }) => de),
};

const page = document.getElementById("page");
if (!page) throw new Error("manage.html has no #page");
render(
  <Spoken load={(tag: Language["tag"]) => catalogues[tag]()}>
    <Entrance>
      <Acting>
        <Manager />
      </Acting>
    </Entrance>
  </Spoken>,
  page,
);
