import { render } from "preact";
import { Entrance } from "../shared/access/entrance.tsx";
import { Spoken } from "../shared/words/use-words.tsx";
import type { Language } from "../shared/words/words.ts";
import { DoctorPage } from "./doctor-page.tsx";
import "../shared/styles/base.css";
import "../shared/styles/staff.css";
import "../shared/styles/form.css";
import "./doctor.css";

const catalogues = {
  en: () => import("./words/en.ts").then(({ en }) => en),
  de: () => import("./words/de.ts").then(({ de }) => de),
};

const page = document.getElementById("page");
if (!page) throw new Error("doctor.html has no #page");
render(
  <Spoken load={(tag: Language["tag"]) => catalogues[tag]()}>
    <Entrance>
      <DoctorPage />
    </Entrance>
  </Spoken>,
  page,
);
