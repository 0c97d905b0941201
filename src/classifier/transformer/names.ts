import { type Comment, view } from '../../comment/comment.js';
import { hasWord } from '../../text/english-words.js';
import { hasNameCapital } from '../../text/names.js';

/** Who is named, of those that the site tells about. */
export type Named = 'author' | 'participant';

/** In letters: initials and the like name nobody. */
const SHORTEST_NAME = 3;

/**
 * For each token of a comment, whom it names: a word of the author's name, or of a participant's. Names that are words
 * of English too ("Will", "The Truth") need a capital that a sentence's start does not explain.
 */
export const namedIn: (comment: Comment) => readonly (Named | undefined)[] = view((comment) => {
  const { author, participants = [] } = comment.context;
  const names = new Map<string, Named>();
  for (const word of participants.flatMap(wordsOf)) names.set(word, 'participant');
  // Who wrote the article is the author in the discussion below it too.
  if (author !== undefined) for (const word of wordsOf(author)) names.set(word, 'author');
  return comment.tokens.map(({ word }, i) => {
    const bare = word.replace(/'s$/, '');
    const named = names.size === 0 ? undefined : names.get(bare);
    return named !== undefined && (!hasWord(bare) || hasNameCapital(comment, i)) ? named : undefined;
  });
});

function wordsOf(name: string): string[] {
  return name
    .toLowerCase()
    .split(/[^\p{L}\p{N}\p{M}]+/u)
    .filter((word) => word.length >= SHORTEST_NAME);
}
