import type { TaggedWord } from '../../text/tagger.js';
import { nameOf, numberOf } from './feature-numbers.js';
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

/** A feature by its number (see `numberOf`), or by its name where there is no end of names. */
export type Feature = number | string;

/**
 * What can be seen of a sentence without parsing it: word classes and pairs of these, the first three words, the
 * length, and every finite verb with what stands where its subject should.
 * @param words of one sentence
 * @returns each once
 */
export function featuresOf(words: readonly TaggedWord[]): Feature[] {
  const features = new FeatureList();
  const classes = [START];
  let before = START;
  for (const word of findHiddenVerbs(words)) {
    const here = classOf(word);
    classes.push(here);
    features.add(numberOf(here));
    features.add(numberOf(before, here));
    before = here;
  }
  classes.push(END);
  features.add(numberOf(before, END));
  words.slice(0, 3).forEach((word, i) => {
    features.addName(`word ${i + 1} ${word.text.toLowerCase()}`);
  });
  features.add(numberOf('length', lengthBand(words.length)));
  addClauses(classes, features);
  return features.all;
}

/** The features of a sentence by name, each once. */
export function featureNames(words: readonly TaggedWord[]): Set<string> {
  return new Set(
    featuresOf(words).map((feature) => (typeof feature === 'number' ? nameOf(feature) : feature)),
  );
}

/**
 * In which list each number is. Scratch space, which says nothing once `featuresOf` has returned: it is kept because
 * it is cheaper than a set for each sentence.
 */
const latestList: number[] = [];
let lists = 0;

/** One may be filled at a time. */
class FeatureList {
  readonly all: Feature[] = [];
  readonly #number = ++lists;

  add(feature: number): void {
    if (latestList[feature] === this.#number) return;
    latestList[feature] = this.#number;
    this.all.push(feature);
  }

  /** Adds a feature of which there is but one. */
  addName(feature: string): void {
    this.all.push(feature);
  }
}

function lengthBand(length: number): string {
  if (length <= 12) return String(length);
  return length <= 20 ? '13 to 20' : 'over 20';
}

/** Each finite verb: with a subject before it, in a main or a subordinate clause, or without one. */
function addClauses(classes: readonly WordClass[], features: FeatureList): void {
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
      features.add(numberOf('inverted', verb, 'after', last));
      main += 1;
      return;
    }
    if (!SUBJECTS.has(last)) {
      features.add(numberOf('no subject', last, verb));
      return;
    }
    const before = NOMINAL.has(last) ? skipBack(classes, subject, NOMINAL) : subject - 1;
    const after = classes[before] ?? START;
    features.add(numberOf('subject after', after));
    if (main + subordinate === 0) {
      features.add(numberOf('first subject after', after, distance(before)));
    }
    if (isSubordinate) subordinate += 1;
    else main += 1;
  });
  if (main + subordinate === 0) features.add(numberOf('no subject'));
  features.add(
    numberOf(
      `clauses ${Math.min(main, 2)} main ${Math.min(subordinate, 2)} sub ${Math.min(finite, 3)} finite`,
    ),
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
