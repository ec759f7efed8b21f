/** What drafts use of the browser's storage. */
export interface DraftStorage {
  readonly length: number;
  key: (index: number) => string | null;
  getItem: (key: string) => string | null;
  setItem: (key: string, value: string) => void;
  removeItem: (key: string) => void;
}

const prefix = "clinic-queue-draft ";

/**
 * What somebody has typed and not sent, by job, so that an interruption, a lost connection, a reload or an ended session
 * takes nothing away. It lives as long as the tab, and never past signing out.
 */
export class Drafts {
  readonly #storage: DraftStorage | undefined;
  readonly #owner: string;
  /** In place of storage that the browser refuses. */
  readonly #memory = new Map<string, string>();

  /** @param owner who types: nobody reads what somebody else has typed */
  constructor(storage: DraftStorage | undefined, owner: string) {
    this.#storage = storage;
    this.#owner = `${prefix}${owner}\n`;
  }

  /** The draft of a job, or undefined. */
  read(job: string): unknown {
    const key = this.#owner + job;
    const text = this.#memory.get(key) ?? this.#storage?.getItem(key);
    try {
      return text ? (JSON.parse(text) as unknown) : undefined;
    } catch {
      return undefined;
    }
  }

  /** Keeps a draft; undefined forgets it. */
  keep(job: string, draft: unknown): void {
    const key = this.#owner + job;
    this.#memory.delete(key);
    if (draft === undefined) {
      this.#storage?.removeItem(key);
      return;
    }
    const text = JSON.stringify(draft);
    try {
      if (!this.#storage) throw new Error("There is no storage");
      this.#storage.setItem(key, text);
    } catch {
      this.#memory.set(key, text);
    }
  }

  /** Forgets what others typed in this tab before. */
  forgetOthers(): void {
    forget(this.#storage, (key) => !key.startsWith(this.#owner));
  }

  /** Forgets what anybody typed in this tab. */
  static forgetAll(storage: DraftStorage | undefined): void {
    forget(storage, () => true);
  }
}

function forget(storage: DraftStorage | undefined, isForgotten: (key: string) => boolean): void {
  if (!storage) return;
  const keys = Array.from({ length: storage.length }, (_none, index) => storage.key(index) ?? "");
  for (const key of keys) if (key.startsWith(prefix) && isForgotten(key)) storage.removeItem(key);
}
