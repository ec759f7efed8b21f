import type { Queue } from "../../../client/queue-client.ts";
import type { Errand } from "../desk-context.ts";
import type { ListedDoctor } from "../../shared/clinic/use-directory.ts";
import type { Park } from "../use-parked.ts";
import type { View } from "../use-view.ts";
import type { ChosenSlot } from "./slots.ts";

export interface CalendarProps {
  view: Exclude<View, { name: "queue" }>;
  show: (view: View) => void;
  queue: Queue<"staff"> | undefined;
  doctors: readonly ListedDoctor[];
  openId: string | undefined;
  nowMs: number;
  errand: Errand | undefined;
  /** Ends the errand, done or not. */
  endErrand: () => void;
  park: Park;
}

/** What the views of the calendar are given. */
export interface ViewProps extends CalendarProps {
  /** Books there, or moves to it, as the errand asks. */
  choose: (slot: ChosenSlot) => void;
  /** A doctor about whom something was done here. */
  touched: { doctorId: string } | undefined;
}
