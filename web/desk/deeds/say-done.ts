import type { Action } from "../../../client/clinic-client.ts";
import type { Words } from "../../shared/words/words.ts";
import type { en } from "../words/en.ts";

/** The sentence of what was done. `place` is the room of a call, or the doctor of a transfer. */
export function sayDone(words: Words<typeof en>, action: Action, ticket: string, place: string | undefined): string {
  switch (action) {
    case "call":
      return place ? words.say("didCallTo", { ticket, place }) : words.say("didCall", { ticket });
    case "recall":
      return words.say("didRecall", { ticket });
    case "start":
      return words.say("didStart", { ticket });
    case "hold":
      return words.say("didHold", { ticket });
    case "resume":
      return words.say("didResume", { ticket });
    case "serve":
      return words.say("didServe", { ticket });
    case "skip":
      return words.say("didSkip", { ticket });
    case "requeue":
      return words.say("didRequeue", { ticket });
    case "no_show":
      return words.say("didNoShow", { ticket });
    case "leave":
      return words.say("didLeave", { ticket });
    case "transfer":
      return words.say("didTransfer", { ticket, doctor: place ?? "" });
    case "prioritise":
      return words.say("didPrioritise", { ticket });
    case "move":
      return words.say("didMove", { ticket });
    case "acknowledge":
      return words.say("didAcknowledge", { ticket });
  }
}
