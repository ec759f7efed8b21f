import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { encode } from "uqr";

/** ISO/IEC 18004 asks for four empty modules around the code. */
const border = 4;

/** A text as a QR code, black on white in any colour scheme, because some cameras read no other. */
export function QrCode({ text, label }: { text: string; label: string }): JSX.Element {
  const { size, data } = useMemo(() => encode(text, { ecc: "M", border }), [text]);
  const path = data.flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : ""))).join("");
  return (
    <svg class="qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label} shape-rendering="crispEdges">
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
