import { Service } from "./service.ts";

export interface Ended {
  code: number | NodeJS.Signals;
  output: string;
}

export const goodPassword = "correct horse battery staple";

/** Runs `npm run account` on a database, with the password on standard input. */
export async function account(databaseUrl: string, args: string[], password = goodPassword): Promise<Ended> {
  const program = new Service("db/account-main", { DATABASE_URL: databaseUrl }, { args, input: `${password}\n` });
  const code = await program.exit();
  return { code, output: program.output };
}
