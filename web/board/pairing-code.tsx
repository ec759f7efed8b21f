import type { JSX } from "preact";
import type { Code } from "./pairing.ts";
import { QrCode } from "../shared/parts/qr-code.tsx";
import { useBoardWords } from "./words/use-board-words.ts";

/** The code that pairs the screen, the page where the desk enters it, and both in one for a telephone's camera. */
export function PairingCode({ code, isUnreachable }: { code: Code | undefined; isUnreachable: boolean }): JSX.Element {
  const words = useBoardWords();
  return (
    <main class="pairing" data-pairing={code ? "code" : "none"}>
      {code ? (
        <>
          <QrCode text={code.link} label={words.say("pairingLink")} />
          <div>
            <h1>{words.say("code")}</h1>
            <p class="code">{code.userCode}</p>
            <p>{words.say("howToPair")}</p>
            <p class="address">{code.page.replace(/^http:\/\//, "")}</p>
          </div>
        </>
      ) : (
        <p role="status">{words.say(isUnreachable ? "reaching" : "starting")}</p>
      )}
    </main>
  );
}
