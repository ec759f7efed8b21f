import { render } from "preact";
import { Monitor } from "./monitor.tsx";
import "../shared/base.css";
import "./top.css";
import "./doctor.css";
import "./form.css";

const page = document.getElementById("page");
if (!page) throw new Error("index.html has no #page");
render(<Monitor />, page);
