import { execFile } from "node:child_process";
import { chown, mkdtemp, readdir, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { promisify } from "node:util";
import { withTemporaryFolder } from "./config.ts";

const run = promisify(execFile);

/**
 * Makes a cluster in a folder of its own until it is whole, so that an initdb that was killed half-way leaves no
 * cluster that cannot start. The folder's name is new each time, because the initdb of a keeper that was killed may
 * still be writing into its own.
 *
 * The library hands the superuser's password to initdb in a file that everybody may read, in the folder for temporary
 * files. So that folder is ours meanwhile, and only the user that Postgres runs as can enter it.
 *
 * @param initialise makes the cluster in the folder that it is given.
 */
export async function makeCluster(cluster: string, initialise: (folder: string) => Promise<void>): Promise<void> {
  const [parent, prefix] = [dirname(cluster), `${basename(cluster)}.new-`];
  const leftOver = (await readdir(parent)).filter((name) => name.startsWith(prefix));
  const unfinished = await mkdtemp(join(parent, prefix));
  if (process.getuid?.() === 0) await giveToPostgres(unfinished);
  await withTemporaryFolder(unfinished, () => initialise(join(unfinished, "data")));
  await rename(join(unfinished, "data"), cluster);
  for (const name of [...leftOver, basename(unfinished)]) {
    await rm(join(parent, name), { recursive: true, force: true, maxRetries: 10 });
  }
}

/** Gives a folder to the user that Postgres runs as in place of root. The library makes this user too, but later than needed. */
async function giveToPostgres(folder: string): Promise<void> {
  const user = "postgres";
  const exists = await run("id", [user]).then(
    () => true,
    () => false,
  );
  if (!exists) await run("useradd", ["--system", "--user-group", "--no-create-home", user]);
  const [uid, gid] = await Promise.all(["-u", "-g"].map(async (option) => (await run("id", [option, user])).stdout));
  await chown(folder, Number(uid), Number(gid));
}
