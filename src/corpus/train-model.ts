import { createHash } from 'node:crypto';
import { Comment } from '../comment/comment.js';
import { calibrate, type Example, learn, quantise, type RawHead } from '../model/learn.js';
import { featuresOf, type Head, LABELS, type Label, logOddsOf, type Model } from '../model/model.js';
import type { LabelledSet, LabelledText, WrittenSet } from './labelled-set.js';
import { isForTraining, readRows } from './rows.js';
import { LABELLED_SETS } from './sets/index.js';

/** A comment to learn from, or to calibrate with. */
interface Lesson {
  readonly buckets: readonly number[];
  readonly labels: Readonly<Partial<Record<Label, number>>>;
  readonly weight: number;
  readonly isForCalibration: boolean;
}

/** One training row in this many calibrates instead of teaching. */
const CALIBRATION = 10;

/** The sets that a probability is calibrated on: comments as they come to a site, or half toxic. */
const CALIBRATED_ON = /^abuse\/jigsaw-/;

/** How far training is: pieces of work done, of all. */
export type Progress = (done: number, of: number) => void;

/**
 * Learns the classifier from all rows that are not held out.
 * @param dataDir the folder of labelled data
 * @returns the model; the same data gives the same bytes
 * @throws where a file is missing or is not what it should be
 */
export async function trainModel(dataDir: string, progress: Progress = () => {}): Promise<Model> {
  const steps = LABELLED_SETS.length + LABELS.length;
  let done = 0;
  const lessons: Lesson[] = [];
  for (const set of LABELLED_SETS) {
    lessons.push(...(await lessonsOf(set, dataDir)));
    progress(++done, steps);
  }
  const toxicity = learn(teaching('toxicity', lessons));
  const headFor = (label: Label) => {
    const raw = label === 'toxicity' ? toxicity : learn(teaching(label, lessons), toxicity);
    progress(++done, steps);
    return finish(raw, label, lessons);
  };
  return {
    about: [...new Set(LABELLED_SETS.map(({ source }) => source))].join('; '),
    heads: {
      toxicity: headFor('toxicity'),
      profanity: headFor('profanity'),
      'identity-attack': headFor('identity-attack'),
    },
  };
}

async function lessonsOf(set: LabelledSet | WrittenSet, dataDir: string): Promise<Lesson[]> {
  if ('texts' in set) return set.texts.map((text) => lesson(text, set.weight, false));
  const rows = await readRows(dataDir, set.file);
  return rows.flatMap((row) => {
    const texts = set.read(row);
    const [whole] = texts;
    if (!whole || !isForTraining(whole.text)) return [];
    const isForCalibration = CALIBRATED_ON.test(set.file) && isCalibrationRow(whole.text);
    return texts.map((text) => lesson(text, set.weight, isForCalibration));
  });
}

function lesson({ text, labels }: LabelledText, weight: number, isForCalibration: boolean): Lesson {
  return { buckets: featuresOf(new Comment(text)).buckets, labels, weight, isForCalibration };
}

function isCalibrationRow(text: string): boolean {
  return createHash('sha256').update(text).digest().readUInt32BE(4) % CALIBRATION === 0;
}

type Known = Omit<Lesson, 'labels'> & Example;

/** The lessons that know of a label. */
function knowing(label: Label, lessons: readonly Lesson[]): Known[] {
  return lessons.flatMap(({ labels, ...lesson }) => {
    const truth = labels[label];
    return truth === undefined ? [] : [{ ...lesson, truth }];
  });
}

function teaching(label: Label, lessons: readonly Lesson[]): Known[] {
  return knowing(label, lessons).filter((lesson) => !lesson.isForCalibration);
}

/** Quantises a head, and calibrates it as it is then. */
function finish(raw: RawHead, label: Label, lessons: readonly Lesson[]): Head {
  const head = { ...quantise(raw), bias: raw.bias };
  const sums = knowing(label, lessons)
    .filter((lesson) => lesson.isForCalibration)
    .map(({ buckets, truth }) => ({ logOdds: logOddsOf(head, buckets), truth: Math.round(truth) }));
  return { ...head, ...calibrate(sums) };
}
