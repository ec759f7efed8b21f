import preact from "@preact/preset-vite";
import { defineConfig } from "vite";

export default defineConfig({
  root: import.meta.dirname,
  plugins: [preact()],
  build: {
    rolldownOptions: { input: ["index", "screen", "screens"].map((name) => `${import.meta.dirname}/${name}.html`) },
    outDir: "../dist/web",
    emptyOutDir: true,
    assetsDir: "assets",
    // The televisions on clinics' walls have browsers of 2019 and 2020.
    target: "es2019",
    cssTarget: "chrome79",
    modulePreload: false,
    // The Content-Security-Policy allows only files of this origin.
    assetsInlineLimit: 0,
  },
});
