import type { Random } from "../faults/random.ts";
import { nextDay, someDay } from "../support/clinic.ts";
import type { Operation, Schema } from "./operations.ts";
import type { Caller, World } from "./world.ts";

/** A value that could be right. */
export function plausible(
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
