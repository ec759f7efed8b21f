import { render } from "preact";
import { Screen } from "./screen.tsx";
import "./styles/base.css";
import "./styles/board.css";

const page = document.getElementById("page");
if (!page) throw new Error("screen.html has no #page");
render(<Screen />, page);
