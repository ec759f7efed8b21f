import { expect } from "chai";
import type {
  Appointment,
  AskedView,
  OwnPatient,
  OwnQueueEntry,
  Patient,
  PublicPatient,
  Queue,
  QueueEntry,
} from "../../client/queue-client.ts";
import { ClinicClient, QueueClient, type Answer, type Body } from "../../client/node.ts";
import type { Place as AnsweredPlace } from "../../contract/transition.ts";
import type { NewPatient, Patient as AnsweredPatient } from "../../contract/patient.ts";
import { someDay } from "../support/clinic.ts";

/** True where both types allow the same. */
type Same<A, B> = [A, B] extends [B, A] ? true : false;
type Shown<V extends AskedView> = Appointment<V>["patient"];

// The compiler is what tests this: a type that is not the same is an error of `tsc`.
describe("the types of the client library", () => {
  it("say what of a patient each view gives", () => {
    const staff: Same<Shown<"staff">, Patient> = true;
    const doctor: Same<Shown<"doctor">, Patient> = true;
    const patient: Same<Shown<"patient">, OwnPatient> = true;
    const id: Same<Patient["id" | "phone"], string> = true;
    const screen: Same<Shown<"public">, PublicPatient> = true;
    const hidden: Same<PublicPatient["id" | "phone" | "age" | "gender"], null> = true;
    const entry: Same<Appointment<"staff">["queue"], QueueEntry | null> = true;
    const own: Same<Appointment<"patient">["queue"], OwnQueueEntry | null> = true;

    expect([staff, doctor, patient, id, screen, hidden, entry, own]).not.to.include(false);
  });

  it("allow for every view where none is named, as they always did", () => {
    const id: Same<Shown<AskedView>["id"], string | null> = true;
    const ofAny = (queue: Queue): number => queue.doctors.length;
    const ofStaff = (queue: Queue<"staff">): number => ofAny(queue);

    expect(id).to.equal(true);
    expect(ofStaff).to.be.a("function");
  });

  it("go through the client: what it watches and what it gives are of one view", () => {
    const client = new QueueClient<"public">({ url: "ws://127.0.0.1:1" });
    const given: Same<Parameters<typeof client.onQueue>, [queue: Queue<"public">]> = true;
    // @ts-expect-error: a client of the public view asks for no other.
    const ask = (): void => client.watch(someDay, { view: "staff" });

    expect(given).to.equal(true);
    expect(ask).to.be.a("function");
    client.close();
  });

  it("are those of the contract in the answers of calls", () => {
    const patient: Same<Answer<"getPatient">, AnsweredPatient> = true;
    const page: Same<Answer<"findPatients">, { patients: AnsweredPatient[]; next_cursor: string | null }> = true;
    const place: Same<Answer<"callNext">["place"], AnsweredPlace | null> = true;
    const nothing: Same<Answer<"erasePatient">, undefined> = true;
    const name: Same<Body<"registerPatient">["name"], NewPatient["name"]> = true;

    expect([patient, page, place, nothing, name]).not.to.include(false);
  });

  it("tell what each call takes, and what each action needs", () => {
    const client = new ClinicClient({
      url: "http://127.0.0.1:1",
      queue: new QueueClient<"doctor">({ url: "ws://127.0.0.1:1" }),
    });
    const right = (): Promise<unknown>[] => [
      client.call("listRooms"),
      client.call("listDoctors", { query: { date: someDay }, signal: new AbortController().signal }),
      client.act("an appointment", "start"),
      client.act("an appointment", "hold", undefined, { idempotencyKey: "a key" }),
      client.act("an appointment", "transfer", { doctor_id: "a doctor", return: true }),
      client.next("a doctor", { skip: "an appointment" }),
    ];
    const wrong = (): Promise<unknown>[] => [
      // @ts-expect-error: there is no such call.
      client.call("listEverything"),
      // @ts-expect-error: it needs an id.
      client.call("getDoctor"),
      // @ts-expect-error: it takes no body.
      client.call("listRooms", { body: {} }),
      // @ts-expect-error: a transfer needs a doctor.
      client.act("an appointment", "transfer"),
      // @ts-expect-error: a start needs no priority.
      client.act("an appointment", "start", { priority: 1 }),
      // @ts-expect-error: there is no such action.
      client.act("an appointment", "dance"),
    ];
    // @ts-expect-error: a screen's queue shows neither places nor versions.
    const ofScreen = (): object => new ClinicClient({ url: "", queue: new QueueClient<"public">({ url: "" }) });

    expect([right, wrong, ofScreen].map((made) => typeof made)).to.deep.equal(["function", "function", "function"]);
  });
});
