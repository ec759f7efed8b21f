/** Of what Postgres writes while it runs, the line that says why it ended. */
export class LastWords {
  #line: string | undefined;
  #rank = 0;

  /** @param text lines of its log. Others than those that are kept may repeat a patient's data, from a statement. */
  hear(text: string): void {
    for (const line of text.split("\n")) {
      const [, severity, message = ""] = /(LOG|FATAL|PANIC): +(.*)$/.exec(line) ?? [];
      const rank = ["LOG", "FATAL", "PANIC"].indexOf(severity ?? "");
      if (message.includes("ready to accept connections")) this.#forget();
      if (rank < this.#rank || (rank === 0 && !message.startsWith("could not "))) continue;
      this.#line = message.trim();
      this.#rank = rank;
    }
  }

  /** Undefined when there was no such line since Postgres was up. */
  get reason(): string | undefined {
    return this.#line;
  }

  #forget(): void {
    this.#line = undefined;
    this.#rank = 0;
  }
}
