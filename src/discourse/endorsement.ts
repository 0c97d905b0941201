import type { Stretch, Words } from './words.js';

/** "Everybody says so, and they are right", "no wonder they call you that", "I could not agree more". */
const TAKEN_UP =
  /\b(?:no wonder|right(?:ly|fully) |for (?:a )?good reason|with good reason|for a reason|so true|too true|spot on|(?:can|could)(?: ?not|n't) agree more|i (?:fully |totally |completely |quite )?agree\b(?! that)|(?<!\b(?:you|i|we|not|isn't) )(?:is|are|was|were) (?:\w+ly |so |quite |dead |damn )?(?:right|correct|true)\b(?! to\b)|(?:he|she|they|it|that|all)'(?:s|re) (?:\w+ly |so |quite |dead )?(?:right|correct|true)\b|and i mean it|hear,? hear)/;

/** Whether the commenter makes other people's words his own, in the sentence that tells them. */
export function isTakenUp(words: Words, { from, to }: Stretch): boolean {
  return TAKEN_UP.test(words.sentenceAround(from, to));
}
