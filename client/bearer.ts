import { UnauthorizedError } from "./errors.ts";
import { TokenKeeper, type TokenSource } from "./token-keeper.ts";

/**
 * The token of the calls: asked for once, and again when the server does not accept it any more.
 *
 * @internal
 */
export class Bearer {
  #source: TokenSource | undefined;
  #asked: Promise<string | undefined> | undefined;

  constructor(source: TokenSource | undefined) {
    this.#source = source;
  }

  /** The token, or undefined where there is none. Throws `UnauthorizedError` when the token function gives nothing in 10 s. */
  token(): Promise<string | undefined> {
    return (this.#asked ??= this.#ask());
  }

  /** A token in place of one that the server refused, or undefined where there is no other. Calls at once ask once. */
  async replace(refused: string | undefined): Promise<string | undefined> {
    if (typeof this.#source !== "function") return undefined;
    const asked = this.#asked;
    if ((await asked) === refused && this.#asked === asked) this.#asked = this.#ask();
    const token = await this.token();
    return token === refused ? undefined : token;
  }

  #ask(): Promise<string | undefined> {
    const asked = new Promise<string | undefined>((resolve, reject) => {
      new TokenKeeper(this.#source).ask(resolve, (error) => reject(noToken(error)));
    });
    // Whoever calls next asks anew.
    asked.catch(() => {
      if (this.#asked === asked) this.#asked = undefined;
    });
    return asked;
  }
}

function noToken(cause: unknown): UnauthorizedError {
  const message = `No token: ${String(cause)}`;
  return new UnauthorizedError(
    { status: 0, code: "token_unavailable", message, details: null, requestId: null },
    cause,
  );
}
