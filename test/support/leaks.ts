/** What a test opened and must close: processes, sockets, databases. Checked after each test file. */
const open = new Map<object, string>();

export function opened(thing: object, name: string): void {
  open.set(thing, name);
}

export function closed(thing: object): void {
  open.delete(thing);
}

export function takeLeaks(): string[] {
  const names = [...open.values()];
  open.clear();
  return names;
}
