/** How a frame of RFC 6455, section 5.2, is to be made. */
export interface FrameOptions {
  fin: boolean;
  rsv1: boolean;
  opcode: number;
  mask: boolean;
  readOnly: boolean;
}

/** What the library exports and its types leave out. */
declare module "ws" {
  const Sender: { frame: (payload: Buffer, options: FrameOptions) => Buffer[] };
}
