import type { Random } from "../faults/random.ts";
import { nastyText } from "./values.ts";
import type { Caller } from "./world.ts";

/** The caller's own token in most cases; else one that is damaged, or in a place of its own. */
export function identify(random: Random, { token }: Caller): Record<string, string> {
  if (token === undefined) return {};
  const cookie = `${random.pick(["clinic_queue", "__Host-clinic_queue"])}=${token}`;
  if (random.next() < 0.85) return { authorization: `Bearer ${token}` };
  const parts = token.split(".");
  return random.pick<Record<string, string>>([
    { cookie },
    { cookie, "sec-fetch-site": random.pick(["same-origin", "cross-site", "none", "x"]) },
    { cookie, origin: random.pick(["null", "http://evil.example", "http://127.0.0.1", "x:y:z"]) },
    { cookie: `a=b; ${cookie}; __proto__=x; clinic_queue="; =; ;;` },
    { authorization: `bearer   ${token}  ` },
    { authorization: token },
    { authorization: `Basic ${token}` },
    { authorization: `Bearer ${parts[0]}.${parts[1]}.` },
    { authorization: `Bearer eyJhbGciOiJub25lIn0.${parts[1]}.` },
    { authorization: `Bearer ${damage(random, token)}` },
    { authorization: `Bearer ${"a".repeat(10_000)}` },
    { authorization: `Bearer${" ".repeat(8_000)}` },
  ]);
}

/** A token with one character turned: never the token itself. */
export function damage(random: Random, token: string): string {
  // The last character of a signature carries bits that mean nothing.
  const at = random.between(0, token.length - 3);
  return token.slice(0, at) + (token[at] === "A" ? "B" : "A") + token.slice(at + 1);
}

/** Headers that nobody needs, and that proxies, browsers and attackers send. */
export function oddHeaders(random: Random): Record<string, string> {
  if (random.next() < 0.7) return {};
  const address = random.pick(["10.0.0.1", "2001:db8::1", "::ffff:1.2.3.4", "unknown", "<b>", "1.2.3.4, 5.6.7.8", ","]);
  return random.pick<Record<string, string>>([
    { "x-forwarded-for": address },
    { "x-forwarded-for": "1.1.1.1,".repeat(500) },
    { "x-forwarded-proto": random.pick(["https", "javascript", "https, http"]) },
    { "x-forwarded-host": "evil.example" },
    { "x-request-id": random.pick(["0af76519-16cd-43dd-8448-eb211c80319c", "x", "{}", "a".repeat(5_000)]) },
    { origin: random.pick(["http://evil.example", "null", "http://[::1", ""]) },
    { "access-control-request-method": "DELETE", origin: "http://evil.example" },
    { "accept-encoding": "gzip;q=-1, *;q=a" },
    { "if-none-match": "*", "if-modified-since": "never", range: "bytes=5-1,a-b" },
    { expect: "100-continue" },
    { "x-http-method-override": "DELETE" },
    { accept: headerText(nastyText(random)).slice(0, 2_000) },
    { te: "trailers", upgrade: "h2c", connection: "upgrade" },
  ]);
}

/** What Node lets into a header. */
export const headerText = (text: string): string => text.replace(/[^\t\x20-\x7e\x80-\xff]/g, "").slice(0, 4_000);
