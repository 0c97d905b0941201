import { z } from 'zod';
import { AIMED_AT, Aims, type Target } from '../discourse/target.js';
import type { PhraseHit } from '../matching/phrase-index.js';
import { type Detector, type Evidence, NOTHING } from './detector.js';

const options = z
  .strictObject({
    words: z.array(z.string()).min(1).describe('Words of abuse; a {name} stands for a list.'),
    at: z
      .array(z.enum(AIMED_AT))
      .default([...AIMED_AT])
      .describe(
        'At whom they must be aimed: reader (you), author (of the article), participant (named by the site), family, person (he, this woman), name (a capitalised name), bare (nobody is named: "Idiot!").',
      ),
  })
  .describe('Fires on words of abuse that are aimed at a person.');

/** How sure it is that a word of abuse is a personal attack, by whom it is aimed at. */
const SURENESS: Readonly<Record<Target, number>> = {
  reader: 0.97,
  author: 0.95,
  participant: 0.95,
  family: 0.95,
  person: 0.85,
  bare: 0.8,
  name: 0.7,
  self: 0,
  thing: 0,
  others: 0,
};

const WHOM: Readonly<Record<(typeof AIMED_AT)[number], string>> = {
  reader: 'aimed at the reader',
  author: 'aimed at the author',
  participant: 'aimed at a participant',
  family: 'aimed at a family',
  person: 'aimed at a person',
  bare: 'aimed at nobody named',
  name: 'aimed at somebody named',
};

/** What a word in disguise is worth beside a plain one, and one that is denied or only reported. */
const DISGUISED = 0.97;
const DISOWNED = 0.2;

/** Words of abuse aimed at a person, as opposed to an argument or a policy. */
export const insults: Detector<typeof options> = {
  name: 'insults',
  options,
  prepare: ({ words, at }) => ({
    phrases: words.map((text) => ({ text, exact: false })),
    detect: (comment, hits) => {
      if (hits.length === 0) return NOTHING;
      const abusive = tokensOf(hits, comment.tokens.length);
      const aims = new Aims(comment, (token) => abusive[token] === 1);
      const aimed = hits.flatMap((hit) => aimedInsult(aims, hit, at) ?? []);
      const surest = aimed.reduce<Insult | undefined>((a, b) => (a && a.score >= b.score ? a : b), undefined);
      if (!surest) return NOTHING;
      return { score: surest.score, spans: aimed, note: WHOM[surest.target] };
    },
  }),
};

/** Marks the tokens of hits with 1. */
function tokensOf(hits: readonly PhraseHit[], count: number): Uint8Array {
  const marks = new Uint8Array(count);
  for (const { from, to } of hits) marks.fill(1, from, to);
  return marks;
}

interface Insult extends Evidence {
  readonly score: number;
  readonly target: (typeof AIMED_AT)[number];
}

function aimedInsult(aims: Aims, hit: PhraseHit, at: readonly Target[]): Insult | undefined {
  const { target, disowned } = aims.of(hit.from, hit.to);
  const isWanted = (candidate: Target): candidate is Insult['target'] => at.includes(candidate);
  if (!isWanted(target)) return undefined;
  const score = SURENESS[target] * (hit.disguised ? DISGUISED : 1) * (disowned ? DISOWNED : 1);
  return { ...hit.span, score, target };
}
