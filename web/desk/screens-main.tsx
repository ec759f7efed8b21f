import { render } from "preact";
import { Screens } from "./screens.tsx";
import "../shared/base.css";
import "./top.css";
import "./form.css";
import "./screens.css";

const page = document.getElementById("page");
if (!page) throw new Error("screens.html has no #page");
render(<Screens />, page);
