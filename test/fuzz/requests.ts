import type { Random } from "../faults/random.ts";
import { asList, makeBody, soundBody } from "./bodies.ts";
import { headerText, identify, oddHeaders } from "./headers.ts";
import type { Operation, Schema } from "./operations.ts";
import { plausible } from "./plausible.ts";
import { mutate, nastyText, write } from "./values.ts";
import type { Caller, World } from "./world.ts";

export interface HttpRequest {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: Buffer | undefined;
}

/** A call of the API with all that it needs, in which some things are wrong. */
export function makeRequest(random: Random, operation: Operation, caller: Caller, world: World): HttpRequest {
  const value = (name: string, schema: Schema): unknown =>
    plausible(random, { name, schema, operation, caller, world });
  const given = (place: string): Record<string, unknown> =>
    Object.fromEntries(
      operation.parameters.filter((one) => one.in === place).map(({ name, schema }) => [name, value(name, schema)]),
    );

  const inPath = random.next() < 0.8 ? given("path") : mutate(random, given("path"));
  let path =
    basePath(random, caller) + operation.path.replace(/\{(\w+)\}/g, (_, name: string) => inUrl(random, inPath[name]));
  const query = random.next() < 0.6 ? given("query") : mutate(random, given("query"));
  const pairs = Object.entries(query).flatMap(([name, one]) => queryPairs(random, name, one));
  if (pairs.length > 0) path += `?${pairs.join("&")}`;
  if (random.next() < 0.02) path += random.pick(["?", "/", "//", "%", "%00", "%zz", ";a=b", "/../..", "?&&=&=", "#x"]);

  const headers = { ...identify(random, caller), ...oddHeaders(random) };
  for (const [name, one] of Object.entries(given("header"))) {
    if (random.next() < 0.5) headers[name] = headerText(random.next() < 0.8 ? String(one) : nastyText(random));
  }
  const { body, ...about } = makeBody(random, operation, world, value);
  return {
    method: random.next() < 0.97 ? operation.method : random.pick(["HEAD", "OPTIONS", "PUT", "TRACE", "PROPFIND"]),
    path: toUrl(path),
    headers: { ...about.headers, ...headers },
    body,
  };
}

/** A call of the API in which nothing is wrong by itself. */
export function makeSoundRequest(random: Random, operation: Operation, caller: Caller, world: World): HttpRequest {
  const value = (name: string, schema: Schema): unknown =>
    plausible(random, { name, schema, operation, caller, world });
  const given = (place: string): Record<string, string> =>
    Object.fromEntries(
      operation.parameters
        .filter((one) => one.in === place)
        .map(({ name, schema }) => [name, encodeURIComponent(String(value(name, schema)))]),
    );

  const inPath = given("path");
  const query = Object.entries(given("query")).map((pair) => pair.join("="));
  const path = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => inPath[name] ?? "");
  return {
    method: operation.method,
    path: `${caller.basePath}${path}${query.length > 0 ? "?" : ""}${query.join("&")}`,
    headers: { "content-type": "application/json", authorization: `Bearer ${caller.token}` },
    body: Buffer.from(write(asList(operation, soundBody(random, operation, value, world)))),
  };
}

/** What the path begins with: mostly the caller's own clinic, else another, or something like one. */
export function basePath(random: Random, { basePath: own }: Caller): string {
  if (random.next() < 0.9) return own;
  const odd = ["/c/nowhere", "/c/%65ast", "/c/East", "/c/east/..", "/c/", "//c/east", "/c/east/c/default", "/c/east?"];
  return random.pick(["", "/c/default", "/c/east", "/c/east", ...odd]);
}

function queryPairs(random: Random, name: string, value: unknown): string[] {
  const pair = `${encodeURIComponent(toWellFormed(name))}=${inUrl(random, value)}`;
  if (random.next() < 0.9) return [pair];
  return random.pick([
    [pair, pair],
    [`${name}[]=1`],
    [`${name}[$ne]=1`],
    [name],
    [`${pair}%`],
    [`__proto__[x]=1`, pair],
  ]);
}

function inUrl(random: Random, value: unknown): string {
  const text = typeof value === "string" ? value : write(value);
  return random.next() < 0.95 ? encodeURIComponent(toWellFormed(text)).slice(0, 3_000) : text.slice(0, 500);
}

const toWellFormed = (text: string): string => Buffer.from(text).toString();

/** What Node lets into a request line; what it does not is in raw.ts. */
const toUrl = (path: string): string => path.replace(/[^\x21-\x7e]/g, (char) => encodeURIComponent(toWellFormed(char)));
