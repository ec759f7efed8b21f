import type { JSX } from "preact";
import { isOfStaff } from "../shared/session.ts";
import type { AccessControl } from "../shared/use-access.ts";

interface Props {
  control: AccessControl;
  /** Another page that the staff use. */
  link: { href: string; text: string };
}

/** Says who is signed in. Empty in open mode. */
export function AccountBar({ control: { access, signOut }, link }: Props): JSX.Element | null {
  if (access.name !== "signed-in") return null;
  const { name, role } = access.session;
  return (
    <nav class="account" aria-label="Account">
      <span>
        <span class="hidden">Signed in as </span>
        <bdi class="who">{name ?? role}</bdi>
      </span>
      {isOfStaff(access.session) && <a href={link.href}>{link.text}</a>}
      <button type="button" onClick={() => void signOut()}>
        Sign out
      </button>
    </nav>
  );
}
