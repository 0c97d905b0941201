import { shareOf } from '../../statistics.js';
import { INNOCENT } from '../corpus/innocent-words.js';
import { BAD, DISGUISES } from './disguised-words.js';
import type { Figure } from './figure.js';
import { halves } from './halves.js';
import { SECOND_DISGUISES } from './second-disguises.js';
import { HARMLESS_SENTENCES, SECOND_BAD, SECOND_INNOCENT } from './second-words.js';
import { byRule, type FigureGroup, type Subject } from './subject.js';

/** Obscene words in disguise, and innocent words that look like one, by the default rule `abuse`. */
export const disguises: FigureGroup = {
  name: 'disguises',
  reads: [],
  measure: async (subject) => [
    ...known(subject),
    ...second(subject),
    ...innocent(subject),
    ...harmless(subject),
  ],
};

/** Obscene words as written in a sentence, in one kind of disguise. */
interface Kind {
  readonly name: string;
  readonly texts: readonly string[];
}

/** How many of a kind are caught, by the rule and by each plain library. */
interface Counted {
  readonly name: string;
  readonly count: number;
  readonly caught: number;
  readonly beside: readonly { readonly name: string; readonly caught: number }[];
}

interface BadWord {
  readonly word: string;
  readonly bySound: string;
}

type Disguise = (word: string, bySound: string) => string;

const CAUGHT_GOAL = { reach: 0.97, aim: 0.99 } as const;
const NONE_WRONGLY = { reach: 0, aim: 0 } as const;

/** The tables that the rules were written against, and each kind of disguise by itself. */
function known(subject: Subject): Figure[] {
  const words = BAD.map((word) => ({ word, bySound: word }));
  const kinds = countIn(kindsOf(words, DISGUISES), subject);
  const what = `${BAD.length} obscene words caught in ${kinds.length} kinds of disguise, both as the rules know them`;
  return [{ ...caughtOf('disguises', what, kinds), ...CAUGHT_GOAL }, ...each('disguises', kinds)];
}

/** The tables written before the rules were run over them: what was never looked at, and what was looked at since. */
function second(subject: Subject): Figure[] {
  const words = halves(
    Object.entries(SECOND_BAD).map(([word, bySound]): BadWord => ({ word, bySound })),
    ({ word }) => word,
  );
  const kinds = halves(Object.entries(SECOND_DISGUISES), ([name]) => name);
  const lookedAt = countIn(
    [
      undisguised(words.lookedAt),
      ...kindsOf(words.lookedAt, DISGUISES),
      ...kindsOf(words.lookedAt, Object.fromEntries(kinds.lookedAt)),
    ],
    subject,
  );
  return [
    caughtOf(
      'disguises-new-words-plain',
      `${words.unseen.length} other obscene words, never looked at, caught without a disguise`,
      countIn([undisguised(words.unseen)], subject),
    ),
    {
      ...caughtOf(
        'disguises-new-words',
        `the same in the ${Object.keys(DISGUISES).length} kinds of disguise that the rules know`,
        countIn(kindsOf(words.unseen, DISGUISES), subject),
      ),
      ...CAUGHT_GOAL,
    },
    {
      ...caughtOf(
        'disguises-new-kinds',
        `the same in ${kinds.unseen.length} other kinds of disguise, never looked at`,
        countIn(kindsOf(words.unseen, Object.fromEntries(kinds.unseen)), subject),
      ),
      ...CAUGHT_GOAL,
    },
    caughtOf(
      'disguises-looked-at',
      `${words.lookedAt.length} other obscene words, looked at since, in ${lookedAt.length} kinds looked at`,
      lookedAt,
    ),
    ...each('disguises-looked-at', lookedAt),
  ];
}

const inSentence = (written: string) => `The ${written} said so.`;

function undisguised(words: readonly BadWord[]): Kind {
  return { name: 'as they are', texts: words.map(({ word }) => inSentence(word)) };
}

/** Writes each word in each disguise; a word that a disguise leaves as it is does not count. */
function kindsOf(words: readonly BadWord[], disguises: Readonly<Record<string, Disguise>>): Kind[] {
  return Object.entries(disguises).map(([name, disguise]) => ({
    name,
    texts: words
      .map(({ word, bySound }) => ({ word, written: disguise(word, bySound) }))
      .filter(({ word, written }) => written !== word)
      .map(({ written }) => inSentence(written)),
  }));
}

/** Judges each text once, as libraries take their time. */
function countIn(kinds: readonly Kind[], subject: Subject): Counted[] {
  const isCaught = catches(subject);
  return kinds.map(({ name, texts }) => ({
    name,
    count: texts.length,
    caught: texts.filter(isCaught).length,
    beside: subject.libraries.obscene.map(({ name, says }) => ({ name, caught: texts.filter(says).length })),
  }));
}

function each(id: string, kinds: readonly Counted[]): Figure[] {
  return kinds.map((kind) => caughtOf(`${id}/${toId(kind.name)}`, `of these, ${kind.name}`, [kind]));
}

function toId(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z]+/g, '-');
}

function caughtOf(id: string, what: string, kinds: readonly Counted[]): Figure {
  const sum = (of: (kind: Counted) => number) => kinds.reduce((total, kind) => total + of(kind), 0);
  const count = sum((kind) => kind.count);
  return {
    id,
    what,
    unit: 'share',
    ...shareOf(
      sum((kind) => kind.caught),
      count,
    ),
    count,
    better: 'higher',
    beside: (kinds[0]?.beside ?? []).map(({ name }, i) => ({
      name,
      value: sum((kind) => kind.beside[i]?.caught ?? 0) / count,
    })),
  };
}

function catches(subject: Subject): (text: string) => boolean {
  const judge = byRule('abuse', subject);
  return (text) => judge(text).action !== undefined;
}

/** A word is wrongly caught where it is so in either of two sentences. */
function innocent(subject: Subject): Figure[] {
  const { unseen, lookedAt } = halves(SECOND_INNOCENT, (text) => text);
  const inSentences = (text: string) => [
    `We spoke about ${text} at length.`,
    `${text.toUpperCase()} came up too.`,
  ];
  const wrongly = (id: string, which: string, texts: readonly string[]) =>
    wronglyCaught(
      { id, what: `innocent words that contain or resemble a bad one, ${which}, wrongly caught` },
      texts,
      inSentences,
      subject,
    );
  return [
    named(wrongly('innocent-words', 'as the rules know them', [...new Set(INNOCENT)])),
    counted(wrongly('innocent-words-new', 'never looked at', unseen)),
    named(wrongly('innocent-words-looked-at', 'looked at since', lookedAt)),
  ];
}

/** Sentences with harmless writing that looks like a disguise. */
function harmless(subject: Subject): Figure[] {
  const { unseen, lookedAt } = halves(HARMLESS_SENTENCES, (text) => text);
  const wrongly = (id: string, which: string, texts: readonly string[]) =>
    wronglyCaught(
      { id, what: `harmless sentences with initials, plates, scores and the like, ${which}, wrongly caught` },
      texts,
      (text) => [text],
      subject,
    );
  return [
    counted(wrongly('harmless-sentences-new', 'never looked at', unseen)),
    named(wrongly('harmless-sentences-looked-at', 'looked at since', lookedAt)),
  ];
}

interface WronglyCaught {
  readonly figure: Figure;
  readonly caught: readonly string[];
}

/** What is never looked at is counted alone; what was caught stays unnamed, or it would be looked at. */
const counted = ({ figure }: WronglyCaught): Figure => figure;

const named = ({ figure, caught }: WronglyCaught): Figure => ({
  ...figure,
  ...(caught.length > 0 && { note: `caught: ${caught.join(', ')}` }),
});

function wronglyCaught(
  goal: Pick<Figure, 'id' | 'what'>,
  texts: readonly string[],
  inSentences: (text: string) => readonly string[],
  subject: Subject,
): WronglyCaught {
  const caughtBy = (says: (text: string) => boolean) => texts.filter((text) => inSentences(text).some(says));
  const caught = caughtBy(catches(subject));
  return {
    caught,
    figure: {
      ...goal,
      ...NONE_WRONGLY,
      unit: 'share',
      ...shareOf(caught.length, texts.length),
      count: texts.length,
      better: 'lower',
      beside: subject.libraries.obscene.map(({ name, says }) => ({
        name,
        value: caughtBy(says).length / texts.length,
      })),
    },
  };
}
