import type { Knots } from './artefact.js';

/** The probability that log odds stand for: on the line between the knots around them, and level beyond the ends. */
export function probabilityOf(knots: Knots, logOdds: number): number {
  let before = knots[0];
  if (before === undefined) return 0;
  for (const knot of knots) {
    if (logOdds < knot[0]) {
      const [x, y] = before;
      // Before the first knot both are the same.
      return knot === before ? y : y + ((knot[1] - y) * (logOdds - x)) / (knot[0] - x);
    }
    before = knot;
  }
  return before[1];
}
