import { shareOf } from '../../statistics.js';
import { truthOf } from '../corpus/labelled-set.js';
import { isHeldOut, readRows } from '../corpus/rows.js';
import type { Figure } from './figure.js';
import type { FigureGroup } from './subject.js';
import { textOf } from './texts.js';
import { toxicityOf } from './toxicity-score.js';

const FILES = ['abuse/jigsaw-balanced', 'abuse/jigsaw-sample', 'abuse/jigsaw-six-labels'];
/** Bands of scores: from, to. */
const BANDS = [
  [0, 0.05],
  [0.05, 0.2],
  [0.2, 0.4],
  [0.4, 0.6],
  [0.6, 0.8],
  [0.8, 0.95],
  [0.95, 1.01],
] as const;

/** Whether a score of 0.9 is right nine times in ten: for bands of scores, the share of comments that are toxic. */
export const calibration: FigureGroup = {
  name: 'calibration',
  reads: FILES,
  measure: async ({ dataDir }) => {
    const rows: { score: number; isToxic: boolean }[] = [];
    for (const file of FILES) {
      for (const row of await readRows(dataDir, file)) {
        if (!isHeldOut(textOf(row))) continue;
        const score = toxicityOf(textOf(row));
        rows.push({ score, isToxic: truthOf(row.toxic) === 1 });
      }
    }
    return BANDS.flatMap(([from, to]): Figure[] => {
      const band = rows.filter(({ score }) => from <= score && score < to);
      if (band.length === 0) return [];
      const mean = band.reduce((sum, { score }) => sum + score, 0) / band.length;
      return [
        {
          id: `calibration-from-${from}`,
          what: `toxic among Wikipedia comments scored ${from} to ${Math.min(1, to)}, ${mean.toFixed(2)} on average`,
          unit: 'share',
          ...shareOf(band.filter(({ isToxic }) => isToxic).length, band.length),
          count: band.length,
          better: 'higher',
        },
      ];
    });
  },
};
