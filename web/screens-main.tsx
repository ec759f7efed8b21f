import { render } from "preact";
import { Screens } from "./screens.tsx";
import "./styles/base.css";
import "./styles/top.css";
import "./styles/form.css";
import "./styles/screens.css";

const page = document.getElementById("page");
if (!page) throw new Error("screens.html has no #page");
render(<Screens />, page);
