/**
 * Asks for many keys in one question: a key that is wanted while a question is under way goes into the next one. So many
 * callers at once cause few questions, and a single caller does not wait.
 */
export class Batches<Key, Value> {
  #ask: (keys: Key[]) => Promise<ReadonlyMap<Key, Value>>;
  #maxKeys: number;
  #wanted: Wanted<Key, Value>[] = [];
  #isAsking = false;

  /** @param maxKeys the most keys in one question. */
  constructor(ask: (keys: Key[]) => Promise<ReadonlyMap<Key, Value>>, maxKeys: number) {
    this.#ask = ask;
    this.#maxKeys = maxKeys;
  }

  /** The value of a key; undefined when it has none. Rejects when the question does. */
  ask(key: Key): Promise<Value | undefined> {
    return new Promise((resolve, reject) => {
      this.#wanted.push({ key, resolve, reject });
      if (!this.#isAsking) void this.#askAll();
    });
  }

  async #askAll(): Promise<void> {
    this.#isAsking = true;
    while (this.#wanted.length > 0) {
      const batch = this.#wanted.splice(0, this.#maxKeys);
      try {
        const values = await this.#ask(batch.map(({ key }) => key));
        for (const { key, resolve } of batch) resolve(values.get(key));
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    this.#isAsking = false;
  }
}

interface Wanted<Key, Value> {
  key: Key;
  resolve: (value: Value | undefined) => void;
  reject: (error: unknown) => void;
}
