import { useEffect, useReducer, useRef, useState } from "preact/hooks";
import { HeldOrder } from "./held-order.ts";

interface Held {
  /** The ids in the order to show. */
  ids: readonly string[];
  /** To be put on the element around the rows: they hold the list while a pointer or a finger is on it. */
  holding: {
    onPointerEnter: () => void;
    onPointerLeave: () => void;
    onPointerDown: () => void;
    onPointerUp: (event: PointerEvent) => void;
    onPointerCancel: () => void;
  };
}

/** Keeps the order of a list while a pointer, a finger or, with `isOpen`, a panel is on it, up to 5 s after a change. */
export function useHeldOrder(wanted: readonly string[], isOpen: boolean): Held {
  const order = useRef<HeldOrder | undefined>(undefined);
  order.current ??= new HeldOrder();
  const [isOver, setOver] = useState(false);
  const [, render] = useReducer((count: number) => count + 1, 0);
  const isHeld = isOver || isOpen;
  const ids = order.current.show(wanted, isHeld, Date.now());
  const leftMs = order.current.leftMs(Date.now());

  useEffect(() => {
    if (leftMs === undefined) return;
    const timer = setTimeout(() => render(undefined), leftMs + 1);
    return () => clearTimeout(timer);
  }, [leftMs]);

  const holding = useRef<Held["holding"]>({
    onPointerEnter: () => setOver(true),
    onPointerLeave: () => setOver(false),
    onPointerDown: () => setOver(true),
    // A finger that is lifted is nowhere; a mouse is still there.
    onPointerUp: ({ pointerType }) => pointerType !== "mouse" && setOver(false),
    onPointerCancel: () => setOver(false),
  });
  return { ids, holding: holding.current };
}
