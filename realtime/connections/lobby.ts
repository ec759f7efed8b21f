/** What waits in the lobby: a connection that has not authenticated. */
interface Waiting {
  terminate(): void;
}

/**
 * The connections that have not authenticated: few in all, and few from one address. A newcomer takes the place of the
 * one that has waited longest, so that nobody who opens many and stays silent keeps the others out: whoever has a token
 * sends it at once.
 */
export class Lobby {
  #max: number;
  #maxPerNetwork: number;
  /** With the network that each comes from; the one that has waited longest is first. */
  #waiting = new Map<Waiting, string>();
  #byNetwork = new Map<string, Set<Waiting>>();

  constructor(max: number, maxPerNetwork: number) {
    this.#max = max;
    this.#maxPerNetwork = maxPerNetwork;
  }

  enter(newcomer: Waiting, network: string): void {
    let neighbours = this.#byNetwork.get(network);
    if (!neighbours) this.#byNetwork.set(network, (neighbours = new Set()));
    const isFull = this.#waiting.size >= this.#max;
    const [oldest] = neighbours.size >= this.#maxPerNetwork ? neighbours : isFull ? this.#waiting.keys() : [];
    this.#waiting.set(newcomer, network);
    neighbours.add(newcomer);
    if (oldest) {
      this.leave(oldest);
      oldest.terminate();
    }
  }

  /** Somebody has authenticated or gone. */
  leave(waiting: Waiting): void {
    const network = this.#waiting.get(waiting);
    if (network === undefined) return;
    this.#waiting.delete(waiting);
    const neighbours = this.#byNetwork.get(network);
    neighbours?.delete(waiting);
    if (neighbours?.size === 0) this.#byNetwork.delete(network);
  }
}
