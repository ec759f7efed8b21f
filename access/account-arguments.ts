import { parseArgs } from "node:util";
import { z } from "zod";
import { scopes } from "../contract/roles.ts";

export const usage = `usage:
  npm run account -- add NAME --role staff|manager|operator
  npm run account -- add NAME --role doctor --doctor CODE
  npm run account -- add NAME --role service --scopes ${scopes.join(",")}
  npm run account -- list
  npm run account -- scopes NAME --scopes ${scopes.join(",")}
  npm run account -- disable NAME [--screens]
  npm run account -- password NAME [--links] [--screens]
Of another clinic than the default one: --clinic CODE.
--links revokes the patients' links that the account issued, --screens the screens that it paired. The password is asked for, or read from standard input.`;

export type AccountArguments = ReturnType<typeof readAccountArguments>;

/**
 * What `npm run account` is to do.
 *
 * @param args what follows the program's name.
 * @throws Error when they are not as `usage` says.
 */
export function readAccountArguments(args: string[]) {
  const { positionals, values } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      role: { type: "string" },
      doctor: { type: "string" },
      scopes: { type: "string" },
      links: { type: "boolean", default: false },
      screens: { type: "boolean", default: false },
      clinic: { type: "string", default: "" },
    },
  });
  const action = z.enum(["add", "list", "scopes", "disable", "password"]).parse(positionals[0]);
  const name = (positionals[1] ?? "").toLowerCase();
  if (positionals.length !== (action === "list" ? 1 : 2)) throw new Error("a name is missing, or too many are there");
  const granted = z.array(z.enum(scopes)).parse(values.scopes?.split(",") ?? []);
  const role = action === "add" ? z.enum(["staff", "manager", "operator", "doctor", "service"]).parse(values.role) : "";
  if ((role === "doctor") !== (values.doctor !== undefined)) throw new Error("--doctor is for the role doctor");
  const { links, screens } = values;
  if ((role === "service" || action === "scopes") !== (values.scopes !== undefined))
    throw new Error("--scopes is for the role service");
  if (action !== "add" && values.role !== undefined) throw new Error("--role is for a new account");
  if (links && action !== "password") throw new Error("--links is for a new password");
  if (screens && action !== "password" && action !== "disable") throw new Error("--screens is for an old account");
  const options = { role, doctorCode: values.doctor ?? null, scope: granted.join(" ") };
  return { action, name, options, also: { links, screens }, clinicCode: values.clinic };
}
