import { render } from "preact";
import { Screen } from "./screen.tsx";
import "../shared/styles/base.css";
import "./board.css";
import "./calls.css";
import "./next.css";
import "./pairing.css";

const page = document.getElementById("page");
if (!page) throw new Error("screen.html has no #page");
render(<Screen />, page);
