import type { JSX } from "preact";
import type { Code } from "./pairing.ts";

/** The code that pairs the screen, and the page where the desk enters it. */
export function PairingCode({ code, isUnreachable }: { code: Code | undefined; isUnreachable: boolean }): JSX.Element {
  return (
    <main class="pairing" data-pairing={code ? "code" : "none"}>
      {code ? (
        <>
          <h1>This screen’s code</h1>
          <p class="code">{code.userCode}</p>
          <p>To pair this screen, open this page at the desk and enter the code:</p>
          <p class="address">{code.page.replace(/^http:\/\//, "")}</p>
        </>
      ) : (
        <p role="status">{isUnreachable ? "Trying to reach the clinic’s server…" : "Starting…"}</p>
      )}
    </main>
  );
}
