import "ws";

/** What the library exports and its types leave out. */
declare module "ws" {
  class Sender {
    static frame(
      payload: Buffer,
      options: { fin: boolean; rsv1: boolean; opcode: number; mask: boolean; readOnly: boolean },
    ): Buffer[];
  }
}
