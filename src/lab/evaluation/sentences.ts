import { shareOf } from '../../statistics.js';
import { inHaste } from '../corpus/manners.js';
import { readRows } from '../corpus/rows.js';
import type { Figure } from './figure.js';
import { byRule, type FigureGroup, isStopped, type Subject } from './subject.js';

/** Treebank sentences that nothing is learned from. */
const SETS = [
  { id: 'web', name: 'web sentences (EWT)', file: 'sentences/web-dev' },
  { id: 'mixed', name: 'sentences of many kinds (GUM)', file: 'sentences/mixed-dev' },
] as const;

const MANNERS = [
  { id: 'as-written', name: 'as written', write: (text: string) => text },
  { id: 'in-haste', name: 'in lower case, without punctuation', write: inHaste },
] as const;

/** From this score on the rule takes a sentence for a fragment. */
const FRAGMENT = 0.5;

/** Full sentence or fragment, by the score of the default rule `full-sentences`. */
export const sentences: FigureGroup = {
  name: 'sentences',
  reads: SETS.map(({ file }) => file),
  measure: async (subject) => {
    const figures: Figure[] = [];
    for (const { id, name, file } of SETS) {
      const rows = await readRows(subject.dataDir, file);
      for (const manner of MANNERS) {
        figures.push(
          ...accuracy(
            {
              id: `sentences-${id}-${manner.id}`,
              what: `full sentence or fragment, ${name}, ${manner.name}`,
            },
            rows.map(({ label, text = '' }) => ({ isFull: label === 'full', text: manner.write(text) })),
            subject,
          ),
        );
      }
    }
    return figures;
  },
};

interface Sentence {
  readonly isFull: boolean;
  readonly text: string;
}

/** How often the rule is right, and what it would do to the full sentences as its thresholds stand. */
function accuracy(
  { id, what }: Pick<Figure, 'id' | 'what'>,
  rows: readonly Sentence[],
  subject: Subject,
): Figure[] {
  const judge = byRule('full-sentences', subject);
  const judged = rows.map((row) => ({ ...row, result: judge(row.text) }));
  const right = judged.filter(({ isFull, result }) => result.score < FRAGMENT === isFull).length;
  const full = judged.filter(({ isFull }) => isFull);
  const bySigns = rows.filter(({ isFull, text }) => looksFull(text) === isFull).length;
  return [
    {
      id,
      what,
      unit: 'share',
      ...shareOf(right, rows.length),
      count: rows.length,
      reach: 0.92,
      aim: 0.95,
      better: 'higher',
      beside: [{ name: 'capital and full stop', value: bySigns / rows.length }],
    },
    {
      id: `${id}/stopped`,
      what: 'of these, full sentences rejected or sent to a moderator',
      unit: 'share',
      ...shareOf(full.filter(({ result }) => isStopped(result)).length, full.length),
      count: full.length,
      better: 'lower',
    },
  ];
}

/** Starts with a capital and ends with a mark, as schools teach it. */
function looksFull(text: string): boolean {
  return /^\P{L}*\p{Lu}.*[.!?]\P{L}*$/su.test(text);
}
