/** Work that pauses between steps of a few milliseconds, so that a service that runs can answer requests meanwhile. */
export type InSteps<Result> = Generator<undefined, Result>;

/** Takes all steps at once, where nobody waits. */
export function finish<Result>(steps: InSteps<Result>): Result {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/**
 * Calls a function for each of some items, with a pause after so many.
 * @param visit must take some microseconds, whatever the item
 */
export function* forEachInSteps<Item>(
  items: Iterable<Item>,
  visit: (item: Item, index: number) => void,
  aStep = 200,
): InSteps<void> {
  let index = 0;
  for (const item of items) {
    visit(item, index);
    index += 1;
    if (index % aStep === 0) yield;
  }
}
