/** A token, or what gives one whenever it is asked; undefined while there is none. */
export type TokenSource = string | (() => string | undefined | Promise<string | undefined>);

const patienceMs = 10_000;
/** However short a token's life is, another one is not asked for sooner. */
const shortestLifeMs = 1_000;
/** `setTimeout` takes no longer delay. */
const longestDelayMs = 2 ** 31 - 1;

/**
 * Asks for tokens: for the first one, and in time for the next. One question at a time: a new one ends the one before.
 *
 * @internal
 */
export class TokenKeeper {
  #source: TokenSource | undefined;
  #last: string | undefined;
  #questions = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(source: TokenSource | undefined) {
    this.#source = source;
  }

  /** Calls back once: with what the source gives, or with why it gives nothing, within 10 s. */
  ask(onToken: (token: string | undefined) => void, onFailure: (error: unknown) => void): void {
    this.stop();
    if (this.#source === undefined) return onToken(undefined);
    const question = this.#questions;
    const answer = (act: () => void): void => {
      if (question !== this.#questions) return;
      this.stop();
      act();
    };
    this.#timer = setTimeout(
      () => answer(() => onFailure(new Error("The token function does not answer"))),
      patienceMs,
    );
    void give(this.#source).then(
      (token) =>
        answer(() => {
          this.#last = token;
          onToken(token);
        }),
      (error: unknown) => answer(() => onFailure(error)),
    );
  }

  /**
   * Asks for the next token when 70 to 80 % of this one's life are over, at random, so that many clients do not ask at
   * once; and again in what is then left of it when there is none, or the same.
   */
  renew(lifeMs: number, onToken: (token: string) => void, onFailure: (error: unknown) => void): void {
    this.stop();
    if (typeof this.#source === "string") return;
    const delayMs = Math.min(longestDelayMs, Math.max(shortestLifeMs, lifeMs * (0.7 + 0.1 * Math.random())));
    const askLater = (): void => this.renew(lifeMs - delayMs, onToken, onFailure);
    this.#timer = setTimeout(() => {
      const last = this.#last;
      this.ask(
        (token) => {
          if (token === undefined || token === last) askLater();
          else onToken(token);
        },
        (error) => {
          askLater();
          onFailure(error);
        },
      );
    }, delayMs);
  }

  /** Asks for nothing any more, and hears no answer. */
  stop(): void {
    this.#questions += 1;
    clearTimeout(this.#timer);
  }
}

async function give(source: TokenSource): Promise<string | undefined> {
  return typeof source === "string" ? source : source();
}
