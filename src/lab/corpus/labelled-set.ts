import type { Label } from '../../classifier/reading.js';
import type { Row } from './rows.js';

/** A text with what is known of it: how true each label is, 0 to 1. Labels that the set says nothing of are left out. */
export interface LabelledText {
  readonly text: string;
  readonly labels: Readonly<Partial<Record<Label, number>>>;
}

/** What every set tells of itself. */
interface AnySet {
  /** Source and licence, for the model card. */
  readonly source: string;
  /** How much a row counts beside one of another set; chosen on held-out rows. */
  readonly weight: number;
}

/** Texts that stand in the code. */
export interface WrittenSet extends AnySet {
  readonly texts: readonly LabelledText[];
}

/** A set of labelled comments that the shipped weights may be learned from. One file each, listed in `sets/index.ts`. */
export interface LabelledSet extends AnySet {
  /** Path in the data folder, without ending. */
  readonly file: string;
  /** Labels that one in ten of its rows calibrates instead of teaching: they should be frequent as on a site, or known. */
  readonly calibrates?: readonly Label[];
  /** What a row teaches; nothing where it is of no use. */
  readonly read: (row: Row) => readonly LabelledText[];
}

/** 1 for `1`, `True` and `true`, else 0. */
export function truthOf(value: string | undefined): number {
  return value === '1' || value?.toLowerCase() === 'true' ? 1 : 0;
}
