/** Words that are remembered at most: those of some thousand comments, in one or two megabytes. */
const MOST_WORDS = 10_000;
/** In UTF-16 units. A longer string that is cut out of a text keeps that text in memory (in V8, from 13 on). */
const LONGEST_WORD = 12;

/**
 * Makes a function of a word remember its answers, as the same words come again and again.
 * Memory is bounded: when there are too many answers all are forgotten, and those for long words never kept.
 * @param answer pure, and never undefined
 */
export function remember<Answer>(answer: (word: string) => Answer): (word: string) => Answer {
  const answers = new Map<string, Answer>();
  return (word) => {
    const known = answers.get(word);
    if (known !== undefined) return known;
    const found = answer(word);
    if (word.length <= LONGEST_WORD) {
      if (answers.size >= MOST_WORDS) answers.clear();
      answers.set(word, found);
    }
    return found;
  };
}
