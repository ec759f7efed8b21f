/** What a test opened and must close: processes, sockets, databases. Checked at the end of the run. */
const open = new Map<object, string>();
let currentTest = "";

export function began(test: string): void {
  currentTest = test;
}

export function opened(thing: object, name: string): void {
  open.set(thing, `${name} (${currentTest})`);
}

export function closed(thing: object): void {
  open.delete(thing);
}

export function takeLeaks(): string[] {
  const names = [...open.values()];
  open.clear();
  return names;
}

/** The kinds of processes, sockets and servers that keep this process from ending by itself. */
export function busyHandles(): string[] {
  const kinds = new Set(["ProcessWrap", "TCPSocketWrap", "TCPServerWrap", "PipeWrap"]);
  return process.getActiveResourcesInfo().filter((kind) => kinds.has(kind));
}
