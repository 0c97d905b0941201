/**
 * Makes a function that puts numbers into a random order (Fisher and Yates), in place. Each call goes on from where
 * the last one ended; the same seed gives the same orders, on any machine.
 */
export function shuffler(seed: number): (order: Uint32Array) => void {
  const random = randomNumbers(seed);
  return (order) => {
    for (let i = order.length - 1; i > 0; i--) {
      const j = Math.floor(random() * (i + 1));
      const kept = order[i] ?? 0;
      order[i] = order[j] ?? 0;
      order[j] = kept;
    }
  };
}

/** Numbers from 0 to 1: a linear congruential generator (Numerical Recipes), random enough to shuffle by. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
