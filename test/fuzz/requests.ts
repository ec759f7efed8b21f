import { gzipSync } from "node:zlib";
import type { Random } from "../faults/random.ts";
import { nextDay, someDay } from "../support/clinic.ts";
import { mangle, mutate, nastyText, nastyValue, write } from "./values.ts";
import type { Caller, World } from "./world.ts";

interface Schema {
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  anyOf?: Schema[];
  /** One for each action of a call that takes several. */
  oneOf?: Schema[];
  properties?: Record<string, Schema>;
  items?: Schema;
  required?: string[];
  minimum?: number;
  maximum?: number;
}

interface Parameter {
  name: string;
  in: "path" | "query" | "header";
  schema: Schema;
}

/** A call, as /openapi.json describes it. */
export interface Operation {
  method: string;
  path: string;
  parameters: Parameter[];
  body: Schema | undefined;
  takesCsv: boolean;
}

/** Fields of a walk-in of which exactly one must be given. */
const alternatives = [
  ["doctor_id", "specialty", "any_of"],
  ["patient_id", "patient"],
];

export interface HttpRequest {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: Buffer | undefined;
}

interface Document {
  paths: Record<
    string,
    Record<
      string,
      { parameters?: Parameter[]; requestBody?: { content: Record<string, { schema: Schema } | undefined> } }
    >
  >;
}

export function operationsOf(document: Document): Operation[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { parameters = [], requestBody }]) => ({
      method: method.toUpperCase(),
      path,
      parameters,
      body: requestBody?.content["application/json"]?.schema,
      takesCsv: requestBody?.content["text/csv"] !== undefined,
    })),
  );
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

function makeBody(
  random: Random,
  operation: Operation,
  world: World,
  value: (name: string, schema: Schema) => unknown,
): { headers: Record<string, string>; body: Buffer | undefined } {
  if (operation.takesCsv && random.next() < 0.9) return makeFile(random);
  if (!operation.body && random.next() < 0.9) return { headers: {}, body: undefined };
  const right = soundBody(random, operation, value, world);
  const object = keepApart(random.next() < 0.4 ? right : mutate(random, right), operation.path, world);
  const text = write(random.next() < 0.97 ? asList(operation, object) : nastyValue(random));
  let body = random.next() < 0.9 ? Buffer.from(text) : mangle(random, text);
  const headers: Record<string, string> = { "content-type": "application/json" };
  if (random.next() < 0.05) {
    headers["content-type"] = random.pick([
      "application/json; charset=utf-16",
      "application/json; charset=utf-8",
      "application/json; charset=ebcdic",
      "text/plain",
      "application/x-www-form-urlencoded",
      "multipart/form-data; boundary=x",
      "application/ld+json",
      "",
      "/",
      `application/json; ${"a=b;".repeat(500)}`,
    ]);
  }
  if (random.next() < 0.04) {
    headers["content-encoding"] = random.pick(["gzip", "deflate", "br", "x", "gzip, gzip", "identity", ""]);
    if (random.next() < 0.5) body = gzipSync(random.next() < 0.2 ? Buffer.alloc(1_000_000, " ") : body);
  }
  return { headers, body };
}

/** A file of some kind, in which some things are wrong. */
function makeFile(random: Random): { headers: Record<string, string>; body: Buffer } {
  const columns = random.pick([
    ["name", "phone", "birth_date", "age", "shares_phone", "needs_language"],
    ["code", "name", "area", "room", "ticket_prefix", "daily_capacity"],
    ["doctor_code", "weekday", "starts_at", "ends_at", "slot_minutes", "valid_from", "valid_until"],
    ["doctor_code", "patient_name", "date", "time", "hour", "minutes", "outcome", "source"],
  ]);
  const separator = random.pick([",", ",", ";", "\t"]);
  const sound = ["F1", "Jane Doe", "7", "09:00", "12:00", "15", nextDay, "2020-02-29", "served", "true", "=1+1", ""];
  const cell = (): string => (random.next() < 0.85 ? random.pick(sound) : nastyText(random));
  const line = (): string[] => columns.slice(random.next() < 0.05 ? 1 : 0).map(cell);
  const lines = Array.from({ length: random.between(0, 30) }, line);
  const quoted = (text: string): string => (random.next() < 0.9 ? `"${text.replaceAll('"', '""')}"` : text);
  const text = [columns, ...lines].map((cells) => cells.map(quoted).join(separator)).join(random.pick(["\r\n", "\n"]));
  return {
    headers: { "content-type": random.next() < 0.97 ? "text/csv" : "text/csv; charset=utf-16" },
    body: random.next() < 0.9 ? Buffer.from(text) : mangle(random, text),
  };
}

function soundBody(
  random: Random,
  { path, body: schema }: Operation,
  value: (name: string, schema: Schema) => unknown,
  world: World,
): Record<string, unknown> {
  const one = schema?.oneOf ? random.pick(schema.oneOf) : (schema?.items ?? schema);
  const chance = (name: string): number => (one?.required?.includes(name) ? 0.97 : 0.5);
  const left = new Set(leftOut(random, path));
  const fields = Object.entries(one?.properties ?? {})
    .filter(([name]) => !left.has(name) && (path.endsWith("walk-ins") || random.next() < chance(name)))
    .map(([name, field]) => [name, value(name, field)]);
  return keepApart(Object.fromEntries(fields) as Record<string, unknown>, path, world);
}

/** Of fields of which only some may be given, the others. */
function leftOut(random: Random, path: string): string[] {
  if (path.endsWith("walk-ins")) return alternatives.flatMap((some) => random.shuffle(some).slice(1));
  if (path.endsWith("checkins")) return random.pick([["confirmation_code"], ["appointment_id", "patient_id"]]);
  if (path.endsWith("waitlist")) return random.pick([["doctor_id"], ["specialty"]]);
  return [];
}

/** A body, or, where a call takes a list, its one item. */
const asList = ({ body }: Operation, one: Record<string, unknown>): unknown => (body?.items ? [one] : one);

/**
 * Who booked with a doctor may be seen by that doctor from then on: so each of the people stays with their own, and none
 * walks in with whoever has a specialty.
 */
function keepApart(body: Record<string, unknown>, path: string, { people, ids }: World): Record<string, unknown> {
  if (path.endsWith("walk-ins") && typeof body["specialty"] === "string") return { ...body, specialty: "Nobody's" };
  const mentions = JSON.stringify(body, (_, one: unknown) => (typeof one === "bigint" ? "" : one)).toLowerCase();
  const foreign = people.some(
    ({ id, doctorId }) =>
      mentions.includes(id) && people.some((other) => other.doctorId !== doctorId && mentions.includes(other.doctorId)),
  );
  return foreign ? { ...body, doctor_id: ids.doctors[0] } : body;
}

/** A value that could be right. */
function plausible(
  random: Random,
  {
    name,
    schema,
    operation,
    caller,
    world,
  }: { name: string; schema: Schema; operation: Operation; caller: Caller; world: World },
): unknown {
  const { people, ids } = world;
  // Whoever is written into another clinic may be seen there.
  const own = random.pick(people.filter(({ basePath }) => basePath === caller.basePath));
  const isErasing =
    operation.method === "DELETE" || operation.path.startsWith("/api/v1/screens") || operation.path.endsWith("/merge");
  // Whose data changes has other markers then; patients cannot change theirs.
  const isChanging =
    operation.method === "PATCH" && operation.path.includes("patients") && !caller.name.includes("patient");
  const isMoving = /walk-ins|transitions|reschedule|handover|waitlist/.test(operation.path);
  // Where times are those of a clock on the wall.
  const isOfSchedule = /schedule$|day$/.test(operation.path);
  const isOfQueue = operation.path.includes("/queue");
  const patient =
    isErasing || isChanging ? random.pick(ids.others) : random.pick([...people.map(({ id }) => id), ...ids.others]);
  switch (name) {
    case "patient_id":
      return patient;
    case "into":
      return random.pick(ids.others);
    case "doctor_id":
      return random.pick(isMoving ? ids.spareDoctors : ids.doctors);
    case "any_of":
      return [random.pick(ids.spareDoctors), random.pick(ids.spareDoctors)];
    case "after":
      return random.pick([null, null, ...ids.transitions]);
    case "transition":
      return random.pick(ids.transitions);
    case "finish":
    case "skip":
    case "before_appointment":
    case "after_appointment":
      return random.pick(ids.appointments);
    case "version":
      return random.pick([1, 1, 1, 2, 2, 3, 4, 0]);
    case "query":
      return random.pick([own.markers.name, own.markers.phone, "A1", "a", "o'", "É ß", "100%", "_"]);
    case "state":
      return operation.path.endsWith("/day") ? random.pick(["present", "present", "away", "finished"]) : "open";
    case "day_starts_at":
      // Another would make today another date.
      return "00:00";
    case "needs":
      return random.pick([{}, { fetch: true }, { interpreter: true, language: "ar", other: "Hard of hearing" }]);
    case "starts_at":
      if (isOfSchedule) return random.pick(["08:00", "09:00", "23:30"]);
      return `${someDay}T${random.pick(["09", "10", "16"])}:${random.pick(["00", "15", "45", "07"])}:00Z`;
    case "ends_at":
      return random.pick(["09:00", "12:30", "24:00"]);
    case "slot_minutes":
      return random.pick([5, 15, 15, 600]);
    case "hold_id":
      return random.pick(ids.holds);
    case "until":
    case "valid_from":
    case "valid_until":
      return random.pick([someDay, nextDay, nextDay, "2020-02-29", "9999-12-31"]);
    case "birth_date":
      return random.pick(["1980-05-17", "1850-01-01", "2200-01-01", "9999-12-31"]);
    case "area_id":
      return random.pick(ids.areas);
    case "room_id":
      return random.pick(ids.rooms);
    case "appointment_id":
      return random.pick(ids.appointments);
    case "id":
      if (operation.path.includes("areas")) return random.pick(ids.areas);
      if (operation.path.includes("rooms")) return random.pick(operation.method === "DELETE" ? ids.areas : ids.rooms);
      if (operation.path.includes("accounts")) return random.pick(ids.accounts);
      if (operation.path.includes("tasks")) return random.pick(ids.tasks);
      if (operation.path.includes("waitlist")) return random.pick(ids.waiting);
      if (operation.path.includes("slot-holds")) return random.pick(ids.holds);
      if (isErasing) return random.pick(ids.others);
      if (operation.path.includes("patients")) return patient;
      return random.pick(operation.path.includes("doctors") ? ids.doctors : [...ids.appointments, patient]);
    case "cursor":
      return random.pick([...ids.appointments, patient]);
    case "date":
      if (isOfQueue && random.next() < 0.7) return world.today;
      return random.pick([world.today, someDay, nextDay, "2020-02-29", "9999-12-31"]);
    case "phone":
      return random.pick([
        isChanging ? null : own.markers.phone,
        `+99${String(random.between(1e8, 1e9))}`,
        "+1 (234) 567-890",
      ]);
    case "name":
      // Names of doctors and screens are for everybody.
      return random.pick([
        /patients|walk-ins/.test(operation.path) && !isChanging ? own.markers.name : "Jane Doe",
        "desk",
      ]);
    case "email":
      return isChanging ? "somebody@else.example" : own.markers.email;
    case "public_names":
      // Any other would let screens show names.
      return "ticket";
    case "timezone":
      return random.pick(["UTC", "Europe/Berlin", "Etc/GMT-14"]);
    case "languages":
      return random.pick([["en"], ["de-AT", "en"], ["en", "EN"]]);
    case "confirmation_code":
      return random.pick(ids.codes);
    case "presence_code":
      return "0427";
    case "code":
      if (operation.path.includes("confirmations")) return random.pick(ids.codes);
      if (operation.path.includes("clinics")) return random.pick(["default", `f${random.between(1, 20)}`]);
      return `F${random.between(1, 20)}`;
    case "idempotency_key":
    case "idempotency-key":
      return random.pick([`key ${own.id}`, `k${random.between(1, 50)}`, "é", "x".repeat(255)]);
    case "from":
    case "to":
    case "at":
    case "returns_at":
      if (/slots|leave|waitlist/.test(operation.path))
        return random.pick([someDay, someDay, nextDay, world.today, "0001-01-01"]);
      if (random.next() < 0.6) return `${world.today}T00:00:01Z`;
      return random.pick([
        "2020-01-01T00:00:00Z",
        "2030-01-01T00:00:00.5+02:00",
        // What JavaScript takes for a time, and Postgres may not.
        "0000-01-01T00:00:00Z",
        "0001-01-01T00:00:00+23:59",
        "9999-12-31T23:59:59-23:59",
      ]);
    default:
      return ofType(random, schema, (name, schema) => plausible(random, { name, schema, operation, caller, world }));
  }
}

function ofType(
  random: Random,
  { type, enum: values, const: constant, anyOf, properties, items = {}, minimum, maximum }: Schema,
  plausible: (name: string, schema: Schema) => unknown,
): unknown {
  if (constant !== undefined) return constant;
  if (values) return random.pick(values);
  if (anyOf) return ofType(random, random.pick(anyOf), plausible);
  switch ([type].flat()[0]) {
    case "integer":
    case "number":
      return random.pick([minimum ?? 0, maximum ?? 10, random.between(0, 23)]);
    case "boolean":
      return random.next() < 0.5;
    case "null":
      return null;
    case "array":
      return Array.from({ length: random.between(0, 2) }, () => plausible("item", items));
    case "object":
      return Object.fromEntries(
        Object.entries(properties ?? {})
          .filter(() => random.next() < 0.9)
          .map(([name, field]) => [name, plausible(name, field)]),
      );
    default:
      return random.pick(["text", "x", "BCDF-GHJK", "1"]);
  }
}

/** The caller's own token in most cases; else one that is damaged, or in a place of its own. */
function identify(random: Random, { token }: Caller): Record<string, string> {
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

function oddHeaders(random: Random): Record<string, string> {
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

/** What Node lets into a header. */
const headerText = (text: string): string => text.replace(/[^\t\x20-\x7e\x80-\xff]/g, "").slice(0, 4_000);
