import type { JSX } from "preact";
import type { Code } from "./pairing.ts";
import { QrCode } from "../shared/parts/qr-code.tsx";

/** The code that pairs the screen, the page where the desk enters it, and both in one for a telephone's camera. */
export function PairingCode({ code, isUnreachable }: { code: Code | undefined; isUnreachable: boolean }): JSX.Element {
  return (
    <main class="pairing" data-pairing={code ? "code" : "none"}>
      {code ? (
        <>
          <QrCode text={code.link} label="A link that pairs this screen" />
          <div>
            <h1>This screen’s code</h1>
            <p class="code">{code.userCode}</p>
            <p>To pair this screen, scan the picture or open this page at the desk, and give the screen a name:</p>
            <p class="address">{code.page.replace(/^http:\/\//, "")}</p>
          </div>
        </>
      ) : (
        <p role="status">{isUnreachable ? "Trying to reach the clinic’s server…" : "Starting…"}</p>
      )}
    </main>
  );
}
