import { useEffect, useState } from "preact/hooks";

/** What a link to choose a password brings along. */
export interface Invitation {
  token: string;
  /** The account's name, as the link has it. */
  name: string | undefined;
}

/** The invitation in the address, also where its link is opened in a tab that shows the page already; and what forgets it. */
export function useInvitation(): [Invitation | undefined, forget: () => void] {
  const [invitation, setInvitation] = useState(invitationInAddress);
  useEffect(() => {
    const follow = (): void => setInvitation(invitationInAddress());
    window.addEventListener("hashchange", follow);
    return () => window.removeEventListener("hashchange", follow);
  }, []);
  const forget = (): void => {
    history.replaceState(history.state, "", location.pathname + location.search);
    setInvitation(undefined);
  };
  return [invitation, forget];
}

/** In the fragment, because that is not sent to any server. */
function invitationInAddress(): Invitation | undefined {
  const given = new URLSearchParams(location.hash.slice(1));
  const token = given.get("invite") ?? "";
  return /^[\w-]+$/.test(token) ? { token, name: given.get("name") ?? undefined } : undefined;
}
