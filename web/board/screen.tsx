import type { JSX } from "preact";
import { useCallback, useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Clinic } from "../../contract/clinic.ts";
import type { ScreenToken } from "../../contract/screen.ts";
import { Board } from "./board.tsx";
import { realtimeUrl } from "../shared/clinic/clinic.ts";
import { PairingCode } from "./pairing-code.tsx";
import { Pairing, type Code } from "./pairing.ts";
import { keepPairing, readScreen, readToken, TokenRenewal, type PairedScreen } from "./screen-token.ts";
import { useClinic, type ClinicState } from "../shared/clinic/use-clinic.ts";
import type { Watch } from "../shared/live/use-queue.ts";
import { Spoken } from "../shared/words/use-words.tsx";
import { useWakeLock } from "./use-wake-lock.ts";
import { boardLanguage } from "./words/board-language.ts";
import { loadWords } from "./words/load-words.ts";
import { useBoardWords } from "./words/use-board-words.ts";

/** A television in the waiting room: it shows the public view of today once the desk has paired it. */
export function Screen(): JSX.Element | null {
  useWakeLock();
  const state = useClinic();
  const language = boardLanguage(state, location.search, navigator.languages);
  return language ? (
    <Spoken load={loadWords} language={language}>
      <Shown {...state} />
    </Spoken>
  ) : null;
}

function Shown({ clinic, unreachableSince, isClosed }: ClinicState): JSX.Element {
  const words = useBoardWords();
  useEffect(() => {
    document.title = words.say("waitingRoom");
  }, [words]);
  const url = clinic && realtimeUrl(clinic);
  const { isPaired, screen, code, onRefused } = useScreenToken(clinic);
  const watch = useMemo((): Watch | undefined => {
    if (url === undefined || !isPaired) return undefined;
    return clinic?.sign_in ? { url, view: "public", token: readToken, onRefused } : { url, view: "public" };
  }, [url, isPaired, clinic?.sign_in]);

  if (isClosed) {
    return (
      <main class="message">
        <p role="status">{words.say("closed")}</p>
      </main>
    );
  }
  if (clinic && watch) return <Board clinic={clinic} watch={watch} screen={screen} />;
  return <PairingCode code={code} isUnreachable={clinic ? code === undefined : unreachableSince !== undefined} />;
}

interface ScreenAccess {
  /** Whether the screen is paired, as far as it knows. */
  isPaired: boolean;
  /** What the desk made of it; undefined while nothing is paired. */
  screen: PairedScreen | undefined;
  code: Code | undefined;
  /** To be called when the server refuses the token. */
  onRefused: () => void;
}

/** Pairs the screen where it must be, keeps its token alive, and forgets it when it was revoked. */
function useScreenToken(clinic: Clinic | undefined): ScreenAccess {
  const [hasToken, setHasToken] = useState(() => readToken() !== undefined);
  const [code, setCode] = useState<Code | undefined>(undefined);
  const renewal = useRef<TokenRenewal | undefined>(undefined);
  const isNeeded = clinic?.sign_in;

  useEffect(() => {
    if (!isNeeded) return;
    const set = (token: ScreenToken | undefined): void => {
      keepPairing(token);
      setHasToken(token !== undefined);
      setCode(undefined);
    };
    if (hasToken) renewal.current = new TokenRenewal(() => set(undefined));
    const running = renewal.current ?? new Pairing(setCode, set);
    return () => {
      running.close();
      renewal.current = undefined;
    };
  }, [isNeeded, hasToken]);

  // The api decides whether the token was revoked: it renews the token or refuses it.
  const onRefused = useCallback(() => void renewal.current?.renew(), []);
  const screen = useMemo(() => (isNeeded && hasToken ? readScreen() : undefined), [isNeeded, hasToken]);
  return { isPaired: clinic !== undefined && (!isNeeded || hasToken), screen, code, onRefused };
}
