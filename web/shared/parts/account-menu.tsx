import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { useVisit } from "../access/entrance.tsx";
import { isOfStaff, pagesOf } from "../access/session.ts";
import { basePath } from "../clinic/base-path.ts";
import { Icon } from "./icon.tsx";
import { useLanguageChoice, useWords } from "../words/use-words.tsx";
import { languages } from "../words/words.ts";

const addresses = { desk: "/", doctor: "/doctor", manage: "/manage", screens: "/screens" } as const;

/** Who is signed in, the language, the other pages, and the way out. */
export function AccountMenu({ page }: { page: keyof typeof addresses }): JSX.Element {
  const words = useWords();
  const { session, control } = useVisit();
  const [isOpen, setOpen] = useState(false);
  const menu = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  useClosing(menu, isOpen, () => {
    setOpen(false);
    button.current?.focus();
  });
  const mayPair = session !== undefined && isOfStaff(session);
  const pages = [...pagesOf(session), ...(mayPair ? (["screens"] as const) : [])];
  const name = session ? (session.name ?? session.role) : words.say("account");

  return (
    <div class="account" ref={menu}>
      <button ref={button} type="button" class="who" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {session && <span class="hidden">{words.say("signedInAs")} </span>}
        <bdi>{name}</bdi>
        <Icon name="down" />
      </button>
      {isOpen && (
        <div class="menu">
          <nav aria-label={words.say("pages")}>
            {pages.map((one) => (
              <a key={one} href={`${basePath}${addresses[one]}`} aria-current={one === page ? "page" : undefined}>
                {words.say(one)}
              </a>
            ))}
          </nav>
          <LanguageSelect />
          {session && (
            <button type="button" onClick={() => void control.signOut()}>
              {words.say("signOut")}
            </button>
          )}
        </div>
      )}
    </div>
  );
}

function LanguageSelect(): JSX.Element {
  const words = useWords();
  const choose = useLanguageChoice();
  return (
    <label class="language">
      {words.say("language")}
      <select
        value={words.language.tag}
        onChange={({ currentTarget }) => {
          const chosen = languages.find(({ tag }) => tag === currentTarget.value);
          if (chosen) choose(chosen);
        }}
      >
        {languages.map(({ tag, name }) => (
          <option key={tag} value={tag} lang={tag}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

/** Closes for Escape and for a press anywhere else. */
function useClosing(inside: { current: HTMLElement | null }, isOpen: boolean, close: () => void): void {
  useEffect(() => {
    if (!isOpen) return;
    const press = ({ target }: Event): void => {
      if (target instanceof Node && !inside.current?.contains(target)) close();
    };
    const key = (event: KeyboardEvent): void => {
      if (event.key === "Escape") close();
    };
    document.addEventListener("pointerdown", press);
    document.addEventListener("keydown", key);
    return () => {
      document.removeEventListener("pointerdown", press);
      document.removeEventListener("keydown", key);
    };
  }, [isOpen]);
}
