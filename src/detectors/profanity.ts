import { Filter } from 'bad-words';
import { z } from 'zod';
import type { Comment } from '../comment/comment.js';
import { entriesOf, type Lists, MOST_SEQUENCES } from '../matching/phrase.js';
import type { PhraseHit } from '../matching/phrase-index.js';
import { isWrittenAsName } from '../text/names.js';
import { type Detector, OptionError } from './detector.js';
import { found } from './phrases.js';

const words = z.array(z.string());

const options = z
  .strictObject({
    allow: words.default([]).describe("Words of the bad-words package's list that this paper allows."),
    add: words.default([]).describe('Words to look for beside those of the list. A * ends a word form.'),
    compounds: z
      .strictObject({
        of: words.describe('First parts, each with each last part: dick, shit.'),
        with: words.describe('Last parts: head, show.'),
      })
      .array()
      .default([])
      .describe(
        'Words put together, each first part with each last one, and their plurals: dickhead, shitshows.',
      ),
    names: words
      .default([])
      .describe(
        'Words that are names too (Dick, Cox, Wang): with a capital they count only after words like "a" or "you".',
      ),
  })
  .describe('Fires on obscene words: the list of the bad-words package and `add`, without `allow`.');

/**
 * Obscene words: the list of the `bad-words` package, made part of the shared matcher, which undoes disguises.
 * The package's own filter takes a regular expression per word and comment, and sees through no disguise.
 */
export const profanity: Detector<typeof options> = {
  name: 'profanity',
  options,
  prepare: (options, lists) => {
    const allowed = new Set(entriesOf(options.allow, lists));
    const names = new Set(entriesOf(options.names, lists));
    const listed = new Filter().list.map((word) => word.toLowerCase()).filter(isWritable);
    return {
      phrases: [
        ...new Set([...listed, ...entriesOf(options.add, lists), ...compoundsOf(options.compounds, lists)]),
      ]
        .filter((word) => !allowed.has(word))
        .map((text) => ({ text, exact: false })),
      detect: (comment, hits) => {
        const meant = hits.filter((hit) => !names.has(hit.phrase) || !isName(comment, hit));
        return found(meant);
      },
    };
  },
};

type Compounds = z.infer<typeof options>['compounds'];

/** @throws OptionError before any is made, where they are too many: two lists of 20,000 words multiply */
function compoundsOf(compounds: Compounds, lists: Lists): string[] {
  // More than all rules together may stand for is refused in any case, but only once it is there.
  let left = MOST_SEQUENCES;
  const parts = compounds.map((each, i) => {
    const firsts = entriesOf(each.of, lists);
    const lasts = entriesOf(each.with, lists);
    left -= firsts.length * lasts.length;
    if (left < 0) {
      throw new OptionError(
        `with ${firsts.length} first parts and ${lasts.length} last parts, compounds stand for more than ${MOST_SEQUENCES} words; use shorter lists`,
        ['compounds', i],
      );
    }
    return { firsts, lasts };
  });
  return parts.flatMap(({ firsts, lasts }) =>
    firsts.flatMap((first) => lasts.map((last) => `${first}${last}*`)),
  );
}

/**
 * The list spells some words out in disguise ("b!tch", "f u c k"), which the matcher undoes by itself; and its
 * stems ("cock*", "fuk*") would take in cockpit and Fukushima.
 */
function isWritable(word: string): boolean {
  return /^[a-z]{2,}(?:[ -][a-z]{2,})*$/.test(word);
}

/** Words after which even a capital makes no name: "you Dick". */
const NO_NAME_AFTER = new Set([
  'a',
  'an',
  'you',
  'u',
  'such',
  'total',
  'complete',
  'absolute',
  'what',
  'big',
  'little',
  'these',
  'those',
]);

function isName(comment: Comment, hit: PhraseHit): boolean {
  const token = comment.tokens[hit.from];
  if (!token) return false;
  const written = comment.folded.text.slice(token.start, token.end);
  // A capital within ("DiCk") is a disguise here.
  const isPlain = written.slice(1) === token.word.slice(1);
  return isPlain && isWrittenAsName(written) && !NO_NAME_AFTER.has(comment.tokens[hit.from - 1]?.word ?? '');
}
