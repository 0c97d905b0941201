/** Lets one of several do its work at a time, in the order in which they asked. */
export class OneAtATime {
  #last: Promise<unknown> = Promise.resolve();

  /** @returns what the work returns, and throws what it throws; whoever is next does not hear of it */
  async run<Result>(work: () => Promise<Result>): Promise<Result> {
    const done = this.#last.then(work);
    this.#last = done.then(nothing, nothing);
    return done;
  }
}

function nothing(): void {}
