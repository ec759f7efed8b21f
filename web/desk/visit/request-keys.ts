/**
 * Gives each request its idempotency key: the same one as long as the same is asked for, so that pressing again after an
 * answer was lost does nothing twice, and another one for anything else.
 */
export class RequestKeys {
  readonly #keys = new Map<string, string>();

  keyOf(request: object): string {
    const text = JSON.stringify(request);
    let key = this.#keys.get(text);
    if (key === undefined) {
      const bytes = crypto.getRandomValues(new Uint8Array(16));
      key = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
      this.#keys.set(text, key);
    }
    return key;
  }
}
