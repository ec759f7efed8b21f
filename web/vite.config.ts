import { readdirSync } from "node:fs";
import preact from "@preact/preset-vite";
import { defineConfig } from "vite";

/** Each HTML file here is a page: the api serves it at its name without `.html`, also below `/c/{code}`. */
const pages = readdirSync(import.meta.dirname).filter((name) => name.endsWith(".html"));

export default defineConfig({
  root: import.meta.dirname,
  plugins: [preact()],
  build: {
    rolldownOptions: { input: pages.map((name) => `${import.meta.dirname}/${name}`) },
    outDir: "../dist/web",
    emptyOutDir: true,
    assetsDir: "assets",
    // The televisions on clinics' walls have browsers of 2019 and 2020.
    target: "es2019",
    cssTarget: "chrome79",
    // The scripts that a page's script imports are named in its HTML, so all of them come at once. Browsers that do not know
    // the link load them a step later.
    modulePreload: { polyfill: false },
    // The Content-Security-Policy allows only files of this origin.
    assetsInlineLimit: 0,
  },
});
