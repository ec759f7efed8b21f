interface Target {
  addEventListener?: (event: string, listener: () => void) => void;
  removeEventListener?: (event: string, listener: () => void) => void;
}

/**
 * The parts of a browser that Node does not have.
 *
 * @internal
 */
export const page = globalThis as Target & { document?: Target & { hidden: boolean } };
