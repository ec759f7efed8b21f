import { render } from "preact";
import { Monitor } from "./monitor.tsx";
import "./styles/base.css";
import "./styles/top.css";
import "./styles/doctor.css";
import "./styles/form.css";

const page = document.getElementById("page");
if (!page) throw new Error("index.html has no #page");
render(<Monitor />, page);
