const mostKnown = 1_000;

/**
 * Writes moments as the clocks at the clinic show them, wherever the browser is.
 *
 * A zone that the browser does not know (its tables may be years old) becomes UTC; `zone` names the one in use.
 */
export class ClinicTime {
  readonly zone: string;
  /** How far the server's clock is ahead of the browser's, in milliseconds. */
  aheadMs = 0;
  #clock: Intl.DateTimeFormat;
  #calendar: Intl.DateTimeFormat;
  /** By the moment. A day's times come again and again, and to write one takes longer than all else that draws a row. */
  readonly #known = new Map<number, string>();

  /**
   * @param zone IANA name; undefined for the browser's own
   * @param locale how days are written; the clock has 24 hours everywhere
   */
  constructor(zone: string | undefined, locale = "en-GB") {
    this.zone = knownZone(zone);
    // British English has 24 hours by itself; "hour12: false" would write midnight as 24:00 in some browsers.
    this.#clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: this.zone });
    this.#calendar = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", timeZone: this.zone });
  }

  /** The time by the server's clock, because the browser's may be anything. */
  now(): Date {
    return new Date(Date.now() + this.aheadMs);
  }

  /** The time of day, for example `09:05`. */
  clock(moment: Date): string {
    const ms = moment.getTime();
    let text = this.#known.get(ms);
    if (text === undefined) {
      text = this.#clock.format(moment);
      if (this.#known.size >= mostKnown) this.#known.clear();
      this.#known.set(ms, text);
    }
    return text;
  }

  /** The time of day, with the day in front of it unless the day is today. */
  dayAndClock(moment: Date, now = this.now()): string {
    const day = this.#calendar.format(moment);
    return day === this.#calendar.format(now) ? this.clock(moment) : `${day}, ${this.clock(moment)}`;
  }
}

function knownZone(zone: string | undefined): string {
  try {
    return new Intl.DateTimeFormat("en-GB", zone === undefined ? {} : { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    return "UTC";
  }
}
