interface Target {
  addEventListener?: (event: string, listener: () => void) => void;
  removeEventListener?: (event: string, listener: () => void) => void;
}

/** What a browser has around a page, and Node has not. */
export const page = globalThis as Target & { document?: Target & { hidden: boolean } };
