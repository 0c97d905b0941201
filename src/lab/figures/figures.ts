import { z } from 'zod';

/** One figure, as `lab evaluate --json` writes it. Of figures taken over from older pages the interval may be unknown. */
const MeasuredFigure = z.object({
  /** A part of another figure has that one's id and a `/` before its own. */
  id: z.string(),
  what: z.string(),
  value: z.number(),
  unit: z.enum(['share', 'auc', 'f1', 'µs', 'MB']),
  low: z.number().optional(),
  high: z.number().optional(),
  /** How many rows, words or runs it stands on. */
  count: z.int().positive().optional(),
  /** What it shall reach. */
  reach: z.number().optional(),
  /** What it aims for. */
  aim: z.number().optional(),
  better: z.enum(['higher', 'lower']),
  /** The same of plain libraries on the same rows. */
  beside: z.array(z.object({ name: z.string(), value: z.number() })).optional(),
  note: z.string().optional(),
});
export type MeasuredFigure = z.infer<typeof MeasuredFigure>;

/** What `lab evaluate --json` writes. */
export const Evaluation = z.object({
  date: z.iso.date(),
  node: z.string().optional(),
  rulesVersion: z.string().optional(),
  figures: z.array(MeasuredFigure),
});
export type Evaluation = z.infer<typeof Evaluation>;

/** A table as `npm run faults` and `npm run attacks` print it. */
export const PrintedTable = z.object({
  date: z.iso.date(),
  columns: z.array(z.string()).min(2),
  rows: z.array(z.array(z.string())),
});
export type PrintedTable = z.infer<typeof PrintedTable>;

/** All that the page of figures shows: `src/docs/figures.json`. */
export const Figures = z.object({
  /** Figures of commands that print no JSON: entered by hand, each with its command. */
  runs: z.array(z.object({ what: z.string(), figure: z.string(), command: z.string(), date: z.iso.date() })),
  faults: PrintedTable,
  attacks: PrintedTable,
  evaluation: Evaluation,
});
export type Figures = z.infer<typeof Figures>;

/** Parts of figures that are shown beside the whole; of others, such as each of 50 groups, only the whole is. */
const SHOWN_PARTS = /\/(?:news|stopped|rules|worst)$/;

/** An evaluation without the parts that the page does not show. */
export function withoutDetails(evaluation: Evaluation): Evaluation {
  return {
    ...evaluation,
    figures: evaluation.figures.filter(({ id }) => !id.includes('/') || SHOWN_PARTS.test(id)),
  };
}

/**
 * Finds a table in what `npm run faults` or `npm run attacks` printed.
 * @param first the head of its first column
 * @param date of the run, `YYYY-MM-DD`
 * @throws RangeError where there is none
 */
export function readPrintedTable(printed: string, first: 'fault' | 'attack', date: string): PrintedTable {
  const [columns, , ...rows] = printed
    .split('\n')
    .filter((line) => /^\| .* \|$/.test(line))
    .map((line) => line.slice(2, -2).split(' | '));
  if (columns?.[0] !== first) throw new RangeError(`there is no table of ${first}s in what was printed`);
  return { date, columns, rows };
}
