/** Where somebody works: from whose queues they call, and into which room. */
export interface Post {
  doctorIds: readonly string[];
  /** Undefined: into the doctor's own room of the day. */
  roomId: string | undefined;
}
