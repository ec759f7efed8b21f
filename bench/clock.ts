/** Milliseconds on the machine's own clock, the same for every process. */
export function now(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
