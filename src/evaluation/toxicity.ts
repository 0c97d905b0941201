import { Comment } from '../comment/comment.js';
import { truthOf } from '../corpus/labelled-set.js';
import { isHeldOut, type Row, readRows } from '../corpus/rows.js';
import { readMarked } from '../corpus/toxic-spans.js';
import { featuresOf, type Head, probability, tellingWords } from '../model/model.js';
import { shippedModel } from '../model/shipped.js';
import { sourceSpan } from '../text/fold.js';
import type { Figure } from './figure.js';
import { meanOf, rocAuc, type Scored, shareOf } from './intervals.js';
import type { FigureGroup } from './subject.js';
import { textOf } from './texts.js';

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

/** What the trained classifier is worth. */
export const toxicity: FigureGroup = {
  name: 'toxicity',
  measure: async ({ dataDir }) => {
    const head = shippedModel().heads.toxicity;
    const figures: Figure[] = [];
    for (const ranked of RANKED) figures.push(await areaOf(ranked, head, dataDir));
    return [...figures, await spanFigure(head, dataDir), ...(await identityFigures(head, dataDir))];
  },
};

async function areaOf(
  { files, isLearnedFrom, isPositive, ...figure }: Ranked,
  head: Head,
  dataDir: string,
): Promise<Figure> {
  const rows: Scored[] = [];
  for (const file of files) {
    for (const row of await readRows(dataDir, file)) {
      if (isLearnedFrom && !isHeldOut(textOf(row))) continue;
      rows.push({ positive: isPositive(row), score: scoreOf(head, textOf(row)) });
    }
  }
  return { ...figure, unit: 'auc', ...rocAuc(rows), count: rows.length, better: 'higher' };
}

function scoreOf(head: Head, text: string): number {
  return probability(head, featuresOf(new Comment(text)));
}

/** Characters as readers marked them against those of the telling words, as SemEval 2021 task 5 counts. */
async function spanFigure(head: Head, dataDir: string): Promise<Figure> {
  const scores: number[] = [];
  for (const part of ['train', 'dev']) {
    for (const row of await readRows(dataDir, `abuse/civil-comments-toxic-spans-${part}`)) {
      const { text, marked } = readMarked(row);
      if (isHeldOut(text)) scores.push(agreement(text, marked, head));
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

function agreement(text: string, marked: readonly number[], head: Head): number {
  const comment = new Comment(text);
  const expected = new Set(marked);
  const found = new Set<number>();
  for (const { from, to } of tellingWords(head, comment)) {
    const { tokens, folded } = comment;
    const span = sourceSpan(folded, tokens[from]?.start ?? 0, tokens[to - 1]?.end ?? 0);
    for (let at = span.start; at < span.end; at++) found.add(at);
  }
  if (expected.size === 0 || found.size === 0) return expected.size === found.size ? 1 : 0;
  const both = [...found].filter((at) => expected.has(at)).length;
  return (2 * both) / (expected.size + found.size);
}

/** From this score on a sentence counts as flagged. */
const FLAGGED = 0.5;

/** Non-toxic sentences about groups, held out, that are taken for toxic: by kind of sentence, the worst kind first. */
async function identityFigures(head: Head, dataDir: string): Promise<Figure[]> {
  const kinds = new Map<string, boolean[]>();
  for (const row of await readRows(dataDir, 'abuse/identity-templates')) {
    const { template = '', text = '' } = row;
    if (row.toxicity === 'toxic' || !isHeldOut(text)) continue;
    const flags = kinds.get(template) ?? [];
    flags.push(scoreOf(head, text) >= FLAGGED);
    kinds.set(template, flags);
  }
  const figures = [...kinds]
    .map(
      ([template, flags]): Figure => ({
        id: `identity-templates/${template}`,
        what: `of these, ${template}`,
        unit: 'share',
        ...shareOf(flags.filter(Boolean).length, flags.length),
        count: flags.length,
        better: 'lower',
      }),
    )
    .sort((a, b) => b.value - a.value);
  const all = [...kinds.values()].flat();
  const worst = figures[0];
  return [
    {
      id: 'identity-templates',
      what: 'identity templates, non-toxic ones wrongly flagged',
      unit: 'share',
      ...shareOf(all.filter(Boolean).length, all.length),
      count: all.length,
      reach: 0.02,
      aim: 0.005,
      better: 'lower',
      note: worst && `by kind of sentence, not yet by group; the worst kind is ${worst.id.split('/')[1]}`,
    },
    ...figures,
  ];
}
