import type { TaggedWord } from '../../text/tagger.js';
import { findHiddenVerbs } from './hidden-verbs.js';
import { classOf, type WordClass } from './word-classes.js';

const START = '^';
const END = '$';

/** Verbs that are, or may be, finite. */
const FINITE: ReadonlySet<WordClass> = new Set([
  'be',
  'modal',
  'have',
  'do',
  'past',
  'verb-ed',
  'verb-s',
  'verb',
]);
/** What may be, or end, a subject. */
const SUBJECTS: ReadonlySet<WordClass> = new Set(
  'subject-pronoun any-pronoun wh-pronoun there this-PRON this-DET this-SCONJ NOUN plural PROPN PRON NUM ADJ X'.split(
    ' ',
  ),
);
/** Verbs that may stand before their subject, and subjects that hardly are anything else there: "have you", "is there". */
const INVERTING: ReadonlySet<WordClass> = new Set(['be', 'have', 'do', 'modal']);
const PRONOUNS: ReadonlySet<WordClass> = new Set(
  'subject-pronoun any-pronoun this-PRON this-DET this-ADV this-SCONJ there PRON'.split(' '),
);
/** What may stand within a noun phrase. */
const NOMINAL: ReadonlySet<WordClass> = new Set(
  'DET this-DET ADJ NOUN plural PROPN possessive NUM genitive verb-ing verb-ed X'.split(' '),
);
/** What may stand between subject and verb: "I never really knew". */
const BETWEEN: ReadonlySet<WordClass> = new Set(['ADV', 'not', 'PART']);
const OPENS_CLAUSE: ReadonlySet<WordClass> = new Set(['SCONJ', 'this-SCONJ', 'wh-pronoun', 'wh-adverb']);
const CLOSES_CLAUSE: ReadonlySet<WordClass> = new Set([',', ';', '.', 'CCONJ']);

/**
 * What can be seen of a sentence without parsing it, as names for a linear model: word classes and pairs of these,
 * the first three words, the length, and every finite verb with what stands where its subject should.
 * @param words of one sentence
 * @returns each name once
 */
export function featuresOf(words: readonly TaggedWord[]): Set<string> {
  const classes = [START, ...findHiddenVerbs(words).map(classOf), END];
  const features = new Set<string>();
  for (let i = 1; i < classes.length; i++) {
    if (i < classes.length - 1) features.add(`${classes[i]}`);
    features.add(`${classes[i - 1]} ${classes[i]}`);
  }
  words.slice(0, 3).forEach((word, i) => {
    features.add(`word ${i + 1} ${word.text.toLowerCase()}`);
  });
  features.add(`length ${lengthBand(words.length)}`);
  addClauses(classes, features);
  return features;
}

function lengthBand(length: number): string {
  if (length <= 12) return String(length);
  return length <= 20 ? '13 to 20' : 'over 20';
}

/** Each finite verb: with a subject before it, in a main or a subordinate clause, or without one. */
function addClauses(classes: readonly WordClass[], features: Set<string>): void {
  let isSubordinate = false;
  let main = 0;
  let subordinate = 0;
  let finite = 0;
  classes.forEach((verb, i) => {
    if (OPENS_CLAUSE.has(verb)) isSubordinate = true;
    if (CLOSES_CLAUSE.has(verb)) isSubordinate = false;
    if (!FINITE.has(verb)) return;
    finite += 1;
    const subject = skipBack(classes, i - 1, BETWEEN);
    const last = classes[subject] ?? START;
    const next = classes[skipAhead(classes, i + 1, BETWEEN)] ?? END;
    if (INVERTING.has(verb) && PRONOUNS.has(next) && !SUBJECTS.has(last)) {
      features.add(`inverted ${verb} after ${last}`);
      main += 1;
      return;
    }
    if (!SUBJECTS.has(last)) {
      features.add(`no subject ${last} ${verb}`);
      return;
    }
    const before = NOMINAL.has(last) ? skipBack(classes, subject, NOMINAL) : subject - 1;
    features.add(`subject after ${classes[before]}`);
    if (main + subordinate === 0) features.add(`first subject after ${classes[before]} ${distance(before)}`);
    if (isSubordinate) subordinate += 1;
    else main += 1;
  });
  if (main + subordinate === 0) features.add('no subject');
  features.add(
    `clauses ${Math.min(main, 2)} main ${Math.min(subordinate, 2)} sub ${Math.min(finite, 3)} finite`,
  );
}

/** The last place up to `from` whose class is none of these; the start at the latest. */
function skipBack(
  classes: readonly WordClass[],
  from: number,
  classesToSkip: ReadonlySet<WordClass>,
): number {
  let at = from;
  while (at > 0 && classesToSkip.has(classes[at] ?? START)) at -= 1;
  return at;
}

/** The first place from `from` on whose class is none of these. */
function skipAhead(
  classes: readonly WordClass[],
  from: number,
  classesToSkip: ReadonlySet<WordClass>,
): number {
  let at = from;
  while (classesToSkip.has(classes[at] ?? END)) at += 1;
  return at;
}

function distance(from: number): string {
  if (from === 0) return 'at once';
  return from < 4 ? 'near' : 'far';
}
