/** `npm run database-url`: prints the URL of the database's owner, a secret that nothing else prints. */
import { startOrExit } from "../platform/start.ts";
import { findDatabase } from "./find-database.ts";

await startOrExit("database-url", async () => {
  process.stdout.write(`${await findDatabase()}\n`);
});
