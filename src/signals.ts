/** The signals by which the service is told what to do, caught from the moment this is made: none ends the process. */
export class Signals {
  readonly #stop = new AbortController();
  readonly #hurry = new AbortController();
  #hungUp = false;
  #onHangUp: (() => void) | undefined;

  /** @param source where signals come from: the process */
  constructor(source: Pick<NodeJS.Process, 'on'>) {
    const stop = () => (this.#stop.signal.aborted ? this.#hurry : this.#stop).abort();
    source.on('SIGTERM', stop).on('SIGINT', stop);
    source.on('SIGHUP', () => {
      if (this.stop.aborted) return;
      if (this.#onHangUp) this.#onHangUp();
      else this.#hungUp = true;
    });
  }

  /** Aborted by the first SIGTERM or SIGINT. */
  get stop(): AbortSignal {
    return this.#stop.signal;
  }

  /** Aborted by the second. */
  get hurry(): AbortSignal {
    return this.#hurry.signal;
  }

  /** Calls `listener` on each SIGHUP from now on, and at once, a single time, for all that came before. */
  onHangUp(listener: () => void): void {
    this.#onHangUp = listener;
    if (this.#hungUp) listener();
    this.#hungUp = false;
  }
}

/** Settles once a signal is aborted, which it may be already. */
export function aborted(signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(undefined);
    else signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });
}
