import { gzipSync } from "node:zlib";
import type { Random } from "../faults/random.ts";
import { nextDay } from "../support/clinic.ts";
import type { Operation, Schema } from "./operations.ts";
import { mangle, mutate, nastyText, nastyValue, write } from "./values.ts";
import type { World } from "./world.ts";

/** Fields of a walk-in of which exactly one must be given. */
const alternatives = [
  ["doctor_id", "specialty", "any_of"],
  ["patient_id", "patient"],
];

/** The body of a call, in which some things are wrong, and the headers that tell what it is. */
export function makeBody(
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

/** The fields of a call, in which nothing is wrong by itself. */
export function soundBody(
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
export const asList = ({ body }: Operation, one: Record<string, unknown>): unknown => (body?.items ? [one] : one);

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
