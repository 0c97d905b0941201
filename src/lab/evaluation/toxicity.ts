import { featuresOf } from '../../classifier/linear/features.js';
import { type Model, tellingWords } from '../../classifier/linear/model.js';
import { shippedModel } from '../../classifier/linear/shipped.js';
import { Comment } from '../../comment/comment.js';
import { meanOf, rocAuc } from '../../statistics.js';
import { truthOf } from '../corpus/labelled-set.js';
import { isHeldOut, type Row, readRows } from '../corpus/rows.js';
import { readMarked } from '../corpus/toxic-spans.js';
import type { Figure } from './figure.js';
import { byRule, type FigureGroup, type Subject } from './subject.js';
import { textOf } from './texts.js';
import { toxicityOf } from './toxicity-score.js';

/** A set that the area under the ROC curve is measured on. */
interface Ranked extends Pick<Figure, 'id' | 'what' | 'reach' | 'aim'> {
  readonly files: readonly string[];
  /** Whether the files are learned from too: then only rows held out count. */
  readonly isLearnedFrom: boolean;
  readonly isPositive: (row: Row) => boolean;
}

const RANKED: readonly Ranked[] = [
  {
    id: 'toxicity-balanced',
    what: 'toxicity, Wikipedia comments, one in two toxic',
    files: ['abuse/jigsaw-balanced'],
    isLearnedFrom: true,
    isPositive: ({ toxic }) => truthOf(toxic) === 1,
    reach: 0.962,
    aim: 0.975,
  },
  {
    id: 'toxicity-as-they-come',
    what: 'toxicity, Wikipedia comments as they come',
    files: ['abuse/jigsaw-sample', 'abuse/jigsaw-six-labels'],
    isLearnedFrom: true,
    isPositive: ({ toxic }) => truthOf(toxic) === 1,
    reach: 0.972,
    aim: 0.98,
  },
  {
    id: 'toxicity-tweets',
    what: 'toxicity, tweets (OLID), not learned from',
    files: ['abuse/olid-train'],
    isLearnedFrom: false,
    isPositive: ({ offensive }) => offensive === 'OFF',
    reach: 0.83,
    aim: 0.86,
  },
  {
    id: 'toxicity-news-hostile',
    what: 'hostile or antagonising, news comments, not learned from',
    files: ['abuse/news-comments-unhealthy-train'],
    isLearnedFrom: false,
    isPositive: ({ antagonize, hostile }) => truthOf(antagonize) === 1 || truthOf(hostile) === 1,
    reach: 0.73,
    aim: 0.78,
  },
];

/** News comments in which readers have marked what is toxic. */
const SPANS = ['abuse/civil-comments-toxic-spans-train', 'abuse/civil-comments-toxic-spans-dev'];

/** What the trained classifier is worth, and what the rules make of it with their lists. */
export const toxicity: FigureGroup = {
  name: 'toxicity',
  reads: [...RANKED.flatMap(({ files }) => files), ...SPANS],
  measure: async (subject) => {
    const model = shippedModel();
    const figures: Figure[] = [];
    for (const ranked of RANKED) figures.push(...(await areasOf(ranked, subject)));
    return [...figures, await spanFigure(model, subject.dataDir)];
  },
};

async function areasOf(
  { files, isLearnedFrom, isPositive, ...goal }: Ranked,
  subject: Subject,
): Promise<Figure[]> {
  const rows: { text: string; positive: boolean }[] = [];
  for (const file of files) {
    for (const row of await readRows(subject.dataDir, file)) {
      if (!isLearnedFrom || isHeldOut(textOf(row)))
        rows.push({ text: textOf(row), positive: isPositive(row) });
    }
  }
  const area = (scoreOf: (text: string) => number) =>
    rocAuc(rows.map(({ text, positive }) => ({ positive, score: scoreOf(text) })));
  const abuse = byRule('abuse', subject);
  const personal = byRule('personal-attack', subject);
  const common = { unit: 'auc', count: rows.length, better: 'higher' } as const;
  return [
    {
      ...goal,
      ...common,
      ...area(toxicityOf),
    },
    {
      ...common,
      id: `${goal.id}/rules`,
      what: 'the same by the higher score of the rules abuse and personal-attack',
      ...area((text) => Math.max(abuse(text).score, personal(text).score)),
    },
  ];
}

/** Characters as readers marked them against those of the telling words, as SemEval 2021 task 5 counts. */
async function spanFigure(model: Model, dataDir: string): Promise<Figure> {
  const scores: number[] = [];
  for (const file of SPANS) {
    for (const row of await readRows(dataDir, file)) {
      const { text, marked } = readMarked(row);
      if (isHeldOut(text)) scores.push(agreement(text, marked, model));
    }
  }
  return {
    id: 'toxicity-spans',
    what: 'spans that readers marked as toxic, mean character F1',
    unit: 'f1',
    ...meanOf(scores),
    count: scores.length,
    reach: 0.6,
    aim: 0.68,
    better: 'higher',
  };
}

function agreement(text: string, marked: readonly number[], model: Model): number {
  const comment = new Comment(text);
  const expected = new Set(marked);
  const found = new Set<number>();
  for (const { from, to } of tellingWords(model.heads.toxicity, featuresOf(comment))) {
    const span = comment.spanOf(from, to);
    for (let at = span.start; at < span.end; at++) found.add(at);
  }
  if (expected.size === 0 || found.size === 0) return expected.size === found.size ? 1 : 0;
  const both = [...found].filter((at) => expected.has(at)).length;
  return (2 * both) / (expected.size + found.size);
}
