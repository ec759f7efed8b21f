// oxlint-disable-next-line import/no-unassigned-import -- what follows is added to these types
import "ws";

/** What the library exports and its types leave out. */
declare module "ws" {
  const Sender: {
    frame: (
      payload: Buffer,
      options: { fin: boolean; rsv1: boolean; opcode: number; mask: boolean; readOnly: boolean },
    ) => Buffer[];
  };
}
