import { BAD, DISGUISES, INNOCENT } from './disguised-words.js';
import type { Figure } from './figure.js';
import { shareOf } from './intervals.js';
import type { Library } from './libraries.js';
import { byRule, type FigureGroup, type Subject } from './subject.js';

/** Obscene words in disguise, and innocent words that look like one, by the default rule `abuse`. */
export const disguises: FigureGroup = {
  name: 'disguised words',
  measure: async (subject) => [...disguised(subject), innocent(subject)],
};

const inSentence = (written: string) => `The ${written} said so.`;

function disguised(subject: Subject): Figure[] {
  const judge = byRule('abuse', subject);
  const kinds = Object.entries(DISGUISES).map(([name, disguise]) => {
    const texts = BAD.map((word) => inSentence(disguise(word)));
    return { name, texts, caught: texts.filter((text) => judge(text).action !== undefined).length };
  });
  const texts = kinds.flatMap((kind) => kind.texts);
  const caught = kinds.reduce((sum, kind) => sum + kind.caught, 0);
  const common = { unit: 'share', better: 'higher' } as const;
  return [
    {
      ...common,
      id: 'disguises',
      what: `${BAD.length} obscene words caught in ${kinds.length} kinds of disguise`,
      ...shareOf(caught, texts.length),
      count: texts.length,
      reach: 0.97,
      aim: 0.99,
      beside: subject.libraries.obscene.map(({ name, says }) => ({
        name,
        value: texts.filter(says).length / texts.length,
      })),
    },
    ...kinds.map((kind) => ({
      ...common,
      id: `disguises/${kind.name.toLowerCase().replaceAll(' ', '-')}`,
      what: `of these, ${kind.name}`,
      ...shareOf(kind.caught, kind.texts.length),
      count: kind.texts.length,
      beside: subject.libraries.obscene.map(({ name, says }) => ({
        name,
        value: kind.texts.filter(says).length / kind.texts.length,
      })),
    })),
  ];
}

/** A word is wrongly caught where it is so in either of two sentences. */
function innocent(subject: Subject): Figure {
  const words = [...new Set(INNOCENT)];
  const judge = byRule('abuse', subject);
  const caughtBy = (says: Library['says']) =>
    words.filter((word) =>
      [`We spoke about ${word} at length.`, `${word.toUpperCase()} came up too.`].some(says),
    );
  const caught = caughtBy((text) => judge(text).action !== undefined);
  return {
    id: 'innocent-words',
    what: 'innocent words that contain or resemble a bad one, wrongly caught',
    unit: 'share',
    ...shareOf(caught.length, words.length),
    count: words.length,
    reach: 0,
    aim: 0,
    better: 'lower',
    beside: subject.libraries.obscene.map(({ name, says }) => ({
      name,
      value: caughtBy(says).length / words.length,
    })),
    ...(caught.length > 0 && { note: `caught: ${caught.join(', ')}` }),
  };
}
