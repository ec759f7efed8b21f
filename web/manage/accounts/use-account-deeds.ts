import type { ClinicClient } from "../../../client/clinic-client.ts";
import { useActions } from "../../shared/actions/use-actions.tsx";
import { useWords } from "../../shared/words/use-words.tsx";
import type { en } from "../words/en.ts";
import type { Account, Invited } from "./accounts.tsx";
import type { Scope } from "./scope-boxes.tsx";

interface AccountDeeds {
  setRole: (role: "manager" | "staff") => Promise<void>;
  setScopes: (scopes: Scope[]) => Promise<boolean>;
  setDoctor: (doctorId: string) => Promise<boolean>;
  /** Gives the link; undefined where it was refused. */
  invite: (also: { links: boolean; screens: boolean }) => Promise<Invited | undefined>;
  disable: (screens: boolean) => Promise<void>;
}

/** What changes an account. @param at where it is begun */
export function useAccountDeeds(at: string, { id, name }: Account, reload: () => Promise<void>): AccountDeeds {
  const words = useWords<typeof en>();
  const actions = useActions();
  const params = { id };

  async function act<T>(text: string, send: (client: ClinicClient) => Promise<T>, isDone: (now: Account) => boolean) {
    const done = () => ({ text, at: new Date().toISOString() });
    const answer = await actions.do({
      at,
      send: async (client) => ({ got: await send(client) }),
      done,
      find: async (client) => {
        const now = await client.call("getAccount", { params });
        return isDone(now) ? { at: done().at, done: done() } : { at: undefined };
      },
    });
    await reload();
    return answer;
  }

  return {
    setRole: async (role) => {
      const text = words.say("didSetRole", { name, role: words.say(`role_${role}`) });
      await act(
        text,
        (client) => client.call("changeAccount", { params, body: { role } }),
        (now) => now.role === role,
      );
    },
    setScopes: async (scopes) => {
      const answer = await act(
        words.say("didChange", { name }),
        (client) => client.call("changeAccount", { params, body: { scopes } }),
        (now) => scopes.every((one) => now.scopes.includes(one)) && now.scopes.length === scopes.length,
      );
      return answer !== undefined;
    },
    setDoctor: async (doctorId) => {
      const answer = await act(
        words.say("didChange", { name }),
        (client) => client.call("changeAccount", { params, body: { doctor_id: doctorId } }),
        (now) => now.doctor_id === doctorId,
      );
      return answer !== undefined;
    },
    invite: async (also) => {
      const answer = await act(
        words.say("didInvite", { name }),
        (client) => client.call("inviteAccount", { params, body: also }),
        // Whether it was done or not: a link that nobody has seen is of no use, and another one takes its place.
        () => false,
      );
      return answer?.got;
    },
    disable: async (screens) => {
      await act(
        words.say("didDisable", { name }),
        (client) => client.call("disableAccount", { params, query: { screens: screens ? "true" : "false" } }),
        (now) => now.disabled_at !== null,
      );
    },
  };
}
