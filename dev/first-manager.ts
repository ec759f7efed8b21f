import { nobody } from "../access/actor-of.ts";
import { makeInvitation } from "../access/invitation.ts";
import { connect } from "../db/connection.ts";
import { inviteFirstManager } from "../db/queries/accounts.ts";

/** Long enough to read the terminal; another start makes another link. */
const lifetimeS = 3_600;

/**
 * Invites the first manager, as the database's owner.
 *
 * @returns the token of the invitation; undefined where somebody can sign in already.
 */
export async function firstManagersToken(ownerUrl: string): Promise<string | undefined> {
  const { token, digest } = makeInvitation();
  const sql = connect({ url: ownerUrl, name: "clinic-queue start", max: 1 });
  try {
    const actor = { ...nobody, role: "operator", name: "npm start" };
    const [{ invited }] = await inviteFirstManager(sql, { digest, lifetimeS }, actor);
    return invited ? token : undefined;
  } finally {
    await sql.end();
  }
}
