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
import { QueueClient } from "../../client/node.ts";
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
});
