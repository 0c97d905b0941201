import { z } from 'zod';
import type { Comment } from '../comment/comment.js';
import type { PhraseHit } from '../matching/phrase-index.js';
import { hasNameCapital, startsSentence } from '../text/names.js';
import type { Token } from '../text/tokens.js';
import { type Detector, type Finding, NOTHING } from './detector.js';

const options = z
  .strictObject({
    words: z
      .array(z.string())
      .min(1)
      .describe(
        'Abbreviations to look for, such as u, ur, plz, gr8; a {name} stands for a list. They are found only as written here, but for case, and single letters and numbers only where they stand for a word.',
      ),
    atLeast: z.int().min(1).default(2).describe('How many there must be in a comment.'),
    share: z
      .number()
      .min(0.01)
      .max(1)
      .default(0.1)
      .describe(
        'How much of the comment they must make up, by its words: 0.1 means one word in ten. In a long comment a smaller share will do if there are many.',
      ),
  })
  .describe('Fires on abbreviations, such as u, ur, plz.');
type Options = z.infer<typeof options>;

/** Abbreviated text: "u" for "you", "d" for "the", "n" for "and". */
export const textSpeak: Detector<typeof options> = {
  name: 'text-speak',
  options,
  prepare: (options) => ({
    phrases: options.words.map((text) => ({ text, exact: true })),
    detect: (comment, hits) => {
      const listed = new Set(hits.map((hit) => hit.from));
      const isSpelling = (i: number) => isLoneLetter(comment, i) && !listed.has(i);
      const meant = longest(hits).filter(
        (hit) => isMeant(comment, hit) && !isSpelling(hit.from - 1) && !isSpelling(hit.from + 1),
      );
      return toFinding(comment, meant, options);
    },
  }),
};

/** Whether a token is a letter that is no English word by itself: beside it, "u" is one of a word spelled out. */
function isLoneLetter({ tokens }: Comment, i: number): boolean {
  return /^(?![ai])\p{L}$/u.test(tokens[i]?.word ?? '');
}

/** The hits without those that stand within a longer one, or in the place of another. */
function longest(hits: readonly PhraseHit[]): PhraseHit[] {
  let taken = 0;
  return [...hits]
    .sort((a, b) => a.from - b.from || b.to - a.to)
    .filter(({ from, to }) => {
      const isFree = from >= taken;
      if (isFree) taken = to;
      return isFree;
    });
}

/** What too few can score at most: less than even odds. */
const TOO_FEW = 0.45;

function toFinding({ tokens }: Comment, hits: readonly PhraseHit[], { atLeast, share }: Options): Finding {
  if (hits.length === 0) return NOTHING;
  // How many times over both are reached, on (geometric) average: even odds at 1, nine in ten at 5.
  const strength = Math.sqrt((hits.length / atLeast) * (hits.length / tokens.length / share));
  const score = strength < 1 ? strength / 2 : 1 - 1 / (2 * strength);
  return {
    score: hits.length < atLeast ? Math.min(score, TOO_FEW) : score,
    spans: hits.map((hit) => hit.span),
    note: `${hits.length} of ${tokens.length} words abbreviated`,
  };
}

/** Words after which a letter is a name for something: "vitamin D", "Group B", "n number". */
const NAMED_BY_LETTER = new Set(
  (
    'vitamin vitamins hepatitis group grade class team block plan section type point option category schedule ' +
    'appendix letter size form part row zone sector article clause rule note drive'
  ).split(' '),
);
const BEFORE_LETTERED = new Set(['number', 'numbers', 'th', 'times']);
/** Words that no number has after it, so that before them 2 is "to" and 4 is "for". */
const NEVER_COUNTED = new Set(
  (
    'be go do see get say know have make take come give help stop think talk find keep buy ask tell me you u him ' +
    'them us it the d a an my your ur his her our their this that dis dat what wat all everyone everybody ever'
  ).split(' '),
);

/** Whether an abbreviation stands for a word, and is not a name, an initial, a number or the mark of a list item. */
function isMeant(comment: Comment, { from, to }: PhraseHit): boolean {
  const token = comment.tokens[from];
  if (!token || to - from > 1) return token !== undefined;
  if (token.numeric)
    return NEVER_COUNTED.has(comment.tokens[from + 1]?.word ?? '') && isApart(comment, token);
  if (!isWrittenAsWord(comment, from)) return false;
  return token.word.length > 1 ? !isGlued(comment, token) : isLetterForWord(comment, from);
}

/** Whether a word is a piece of one with signs in it: "dis-credited", "@lol", "wat.example". */
function isGlued({ folded }: Comment, { start, end }: Token): boolean {
  return (
    /[\w@#&/'.-]/.test(folded.text.charAt(start - 1)) ||
    /^(?:[-'&@/]|\.\p{L})/u.test(folded.text.slice(end, end + 2))
  );
}

/** In small letters; or with a capital where a sentence starts; or all in capitals, if it is no single letter. */
function isWrittenAsWord(comment: Comment, i: number): boolean {
  const token = comment.tokens[i];
  if (!token) return false;
  const written = comment.folded.text.slice(token.start, token.end);
  if (written === token.word) return true;
  if (written.length > 2 && written === written.toUpperCase()) return true;
  return startsSentence(comment.tokens, i) && !hasNameCapital(comment, i);
}

function isLetterForWord(comment: Comment, i: number): boolean {
  const token = comment.tokens[i];
  if (!token || !isApart(comment, token)) return false;
  const before = comment.tokens[i - 1]?.word ?? '';
  const after = comment.tokens[i + 1]?.word ?? '';
  return !NAMED_BY_LETTER.has(before) && !BEFORE_LETTERED.has(after);
}

/**
 * Whether white space, or a sign that parts clauses, stands on both sides:
 * not so in "U.S.", "R. K.", "'n'", "a)", "R&D", "24/7".
 */
function isApart({ folded }: Comment, { start, end }: Token): boolean {
  const after = folded.text.slice(end, end + 2);
  if (!/^[\s,;!?"(]?$/.test(folded.text.charAt(start - 1))) return false;
  if (after.startsWith('.'))
    return MAY_STAND_LAST.has(folded.text.slice(start, end)) && /^\.(?:$|\s|\.)/.test(after);
  return /^(?:$|\s|[,;!?"](?:$|\s)|[!?])/.test(after);
}

/** Letters that stand for words which may end a sentence. Others with a full stop are initials: "D. Raja". */
const MAY_STAND_LAST = new Set(['u', 'r', 'y']);
