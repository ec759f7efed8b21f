/** A connection in the lobby: it has not authenticated. */
interface Waiting {
  terminate(): void;
}

/**
 * The connections that have not authenticated: few in all, and few from one address. A newcomer takes the place of the
 * connection that has waited longest. So a client that opens many and stays silent does not keep others out, who send their
 * token at once.
 */
export class Lobby {
  #max: number;
  #maxPerNetwork: number;
  /** Each connection with its network; the connection that has waited longest comes first. */
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

  /** To be called when a connection has authenticated or closed. */
  leave(waiting: Waiting): void {
    const network = this.#waiting.get(waiting);
    if (network === undefined) return;
    this.#waiting.delete(waiting);
    const neighbours = this.#byNetwork.get(network);
    neighbours?.delete(waiting);
    if (neighbours?.size === 0) this.#byNetwork.delete(network);
  }
}
