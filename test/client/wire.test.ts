import { expect } from "chai";
import type * as client from "../../client/wire.ts";
import type { Delta, Queue } from "../../contract/websocket/queue.ts";
import type { OwnEntry, PublicEntry, StaffEntry } from "../../contract/queue-entry.ts";
import type { Appointment, OwnPatient, Patient, PublicPatient } from "../../contract/websocket/section.ts";
import type { ServerMessage } from "../../contract/websocket/server-message.ts";
import type { AskedView } from "../../contract/websocket/view.ts";

/** A type with all that it is made of written out, so that only its structure is compared. */
type Plain<T> = T extends object ? { [Key in keyof T]: Plain<T[Key]> } : T;
/**
 * True where both types are the same in each field, in what may be left out, and in what may be null. The compiler takes
 * two such functions for the same only where A and B are identical; `extends` both ways would let an optional field pass.
 */
// oxlint-disable-next-line no-unnecessary-type-parameters
type Equal<A, B> = (<T>() => T extends Plain<A> ? 1 : 2) extends <T>() => T extends Plain<B> ? 1 : 2 ? true : false;

type SameInView<V extends AskedView> = [
  Equal<client.Appointment<V>, Appointment<V>>,
  Equal<client.Queue<V>, Queue<V>>,
  Equal<client.Delta<V>, Delta<V>>,
  Equal<client.ServerMessage<V>, ServerMessage<V>>,
];

// The compiler is what tests this: a type that differs is an error of `tsc`.
describe("the plain types of the client library", () => {
  it("equal the types of the contract, in each view and where none is named", () => {
    const views: Equal<client.AskedView, AskedView> = true;
    const any: SameInView<AskedView> = [true, true, true, true];
    const staff: SameInView<"staff"> = [true, true, true, true];
    const doctor: SameInView<"doctor"> = [true, true, true, true];
    const screen: SameInView<"public"> = [true, true, true, true];
    const patient: SameInView<"patient"> = [true, true, true, true];
    type People = [client.Patient, client.OwnPatient, client.PublicPatient];
    const people: Equal<People, [Patient, OwnPatient, PublicPatient]> = true;
    type Entries = [client.QueueEntry, client.OwnQueueEntry, client.PublicQueueEntry];
    const entries: Equal<Entries, [StaffEntry, OwnEntry, PublicEntry]> = true;

    expect([views, any, staff, doctor, screen, patient, people, entries].flat()).not.to.include(false);
  });

  it("are told from types that differ in a single field", () => {
    interface More extends Patient {
      email?: string;
    }
    const more: Equal<Patient, More> = false;
    const optional: Equal<Queue, Omit<Queue, "epoch"> & { epoch?: string }> = false;
    const nullable: Equal<Queue, Omit<Queue, "epoch"> & { epoch: string | null }> = false;
    const deep: Equal<Queue<"staff">, Queue<"public">> = false;

    expect([more, optional, nullable, deep]).not.to.include(true);
  });
});
