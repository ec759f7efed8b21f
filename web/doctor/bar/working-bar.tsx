import type { JSX } from "preact";
import { useActionState, useActions } from "../../shared/actions/use-actions.tsx";
import { isComplete, type After } from "../deeds/after.ts";
import { mainPlace } from "../deeds/deeds.ts";
import { primaryOf } from "../deeds/primary.ts";
import type { DoctorWords } from "../words/doctor-words.ts";
import { useSurgery } from "../surgery.tsx";
import type { Row, StaffSection } from "../work/work.ts";
import { Bar, type Press } from "./bar.tsx";

interface Props {
  after: After;
  /** The name of whomever the patient goes on to. */
  where: string;
  /** Forgets what was to come after the visit, once it is done. */
  onFinished: () => void;
  /** Called where what comes after the visit is not all said yet. */
  onIncomplete: () => void;
  sendOn: (row: Row) => void;
  /** Says that the doctor is there. */
  comeBack: (section: StaffSection) => void;
  told: string | undefined;
}

/** What the bar offers, by who is here. */
export function WorkingBar(props: Props): JSX.Element {
  const { after, where, onFinished, onIncomplete, sendOn, comeBack, told } = props;
  const { work, deeds, words } = useSurgery();
  const actions = useActions();
  const isChecking = useActionState(mainPlace)?.name === "checking";
  const primary = primaryOf(work);
  const { next } = work;
  const nextTicket = next?.appointment.ticket;

  const finish = (row: Row, calls: boolean): void => {
    if (!isComplete(after)) return onIncomplete();
    void deeds.finish(row, after, where, calls ? next : undefined).then((isDone) => isDone && onFinished());
  };
  const bar = { primary, told: isChecking ? undefined : told };
  switch (primary.name) {
    case "come-back":
      return <Bar {...bar} main={{ label: words.say("iAmHere"), act: () => comeBack(primary.section) }} others={[]} />;
    case "nobody":
      return <Bar {...bar} main={{ label: words.say("nobody") }} others={[]} />;
    case "call": {
      const { ticket, patient, queue } = primary.row.appointment;
      const act = (): void => void deeds.callNext(primary.row.section, primary.row);
      const main = { label: words.say("call", { ticket }), about: patient.name, act, isAlarm: queue?.priority === 2 };
      return <Bar {...bar} main={main} others={[]} />;
    }
    case "start": {
      const { row } = primary;
      const { ticket, patient } = row.appointment;
      const act = (): void => void deeds.start(row);
      const label = nextTicket === undefined ? words.say("notCome") : words.say("notComeCall", { ticket: nextTicket });
      const second = {
        label,
        isKeyed: false,
        act: () => void deeds.leaveAndCall({ row, how: "skip" }, next),
      };
      const others = [recall(row), hold(row), { label: words.say("sendOn"), act: () => sendOn(row) }, putBack(row)];
      return (
        <Bar
          {...bar}
          main={{ label: words.say("start", { ticket }), about: patient.name, act }}
          second={second}
          others={others}
        />
      );
    }
    case "done": {
      const { row } = primary;
      const main = {
        label: tellDone(after, where, words),
        about: row.appointment.patient.name,
        act: () => finish(row, false),
      };
      const second =
        nextTicket === undefined
          ? undefined
          : {
              label: words.say(after.kind === "nothing" ? "doneCall" : "sameCall", { ticket: nextTicket }),
              isKeyed: true,
              act: () => finish(row, true),
            };
      return <Bar {...bar} main={main} second={second} others={[hold(row)]} />;
    }
  }

  function recall(row: Row): Press {
    const text = words.say("youCalledAgain", { ticket: row.appointment.ticket });
    return press("callAgain", () => deeds.act(row, "recall", text, { at: mainPlace }));
  }
  function hold(row: Row): Press {
    const text = words.say("youHeld", { ticket: row.appointment.ticket });
    return press("hold", () => deeds.act(row, "hold", text, { at: mainPlace }));
  }
  function putBack(row: Row): Press {
    const text = words.say("youPutBack", { ticket: row.appointment.ticket });
    return press("putBack", () => deeds.act(row, "requeue", text, { at: mainPlace }));
  }
  function press(key: "callAgain" | "hold" | "putBack", act: () => Promise<boolean>): Press {
    return {
      label: words.say(key),
      act: () => {
        if (actions.state(mainPlace)?.name !== "pending") void act();
      },
    };
  }
}

function tellDone({ kind, isReturn, doctorId }: After, where: string, words: DoctorWords): string {
  if (kind === "on" && doctorId !== "") return words.say(isReturn ? "doneAndBack" : "doneTo", { where });
  return words.say(kind === "back" || kind === "desk" ? "doneDesk" : "done");
}
