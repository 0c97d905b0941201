/**
 * The least time that a piece of work takes of several tries, in milliseconds: a machine that is busy with other
 * things cannot make it less.
 */
export function fastest(work: () => unknown, tries = 5): number {
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < tries; i++) {
    const begin = performance.now();
    work();
    least = Math.min(least, performance.now() - begin);
  }
  return least;
}
