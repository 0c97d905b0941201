import { createHash } from 'node:crypto';
import { type Features, featuresOf } from '../../classifier/linear/features.js';
import { type Calibration, HEADS, type Head, logOddsOf, type Model } from '../../classifier/linear/model.js';
import type { Label } from '../../classifier/reading.js';
import { Comment } from '../../comment/comment.js';
import type { LabelledSet, LabelledText, WrittenSet } from '../corpus/labelled-set.js';
import { isForTraining, readRows } from '../corpus/rows.js';
import { LABELLED_SETS } from '../corpus/sets/index.js';
import { calibrate, type Example, learn, quantise, type RawHead } from './learn.js';

/** A comment to learn from, or to calibrate with. */
interface Lesson {
  readonly features: Features;
  readonly labels: Readonly<Partial<Record<Label, number>>>;
  readonly weight: number;
  /** Labels that it calibrates; where there are any, it teaches nothing. */
  readonly calibrates: readonly Label[];
}

/** One training row in this many calibrates instead of teaching. */
const CALIBRATION = 10;

/** The labelled files that the classifier is learned from. */
export const CLASSIFIER_FILES: readonly string[] = LABELLED_SETS.flatMap((set) =>
  'file' in set ? [set.file] : [],
);

/** How far training is: pieces of work done, of all. */
export type Progress = (done: number, of: number) => void;

/**
 * Learns the classifier from all rows that are not held out.
 * @param dataDir the folder of labelled data
 * @returns the model; the same data gives the same bytes
 * @throws where a file is missing or is not what it should be
 */
export async function trainModel(dataDir: string, progress: Progress = () => {}): Promise<Model> {
  const steps = LABELLED_SETS.length + HEADS.length + 1;
  let done = 0;
  const lessons: Lesson[] = [];
  for (const set of LABELLED_SETS) {
    lessons.push(...(await lessonsOf(set, dataDir)));
    progress(++done, steps);
  }
  const learnHead = (label: Label, among: readonly Lesson[], start?: RawHead): RawHead => {
    const raw = learn(teaching(label, among), start);
    progress(++done, steps);
    return raw;
  };
  const raw = learnHead('toxicity', lessons);
  const heads = {
    toxicity: finish(raw),
    profanity: finish(learnHead('profanity', lessons, raw)),
    'identity-attack': finish(learnHead('identity-attack', lessons, raw)),
  };
  // Six labels stand on few rows: all of them calibrate, by a head that has seen none of them.
  const sixLabels = lessons.filter(({ labels }) => labels.insult !== undefined);
  const unseen = finish(
    learnHead(
      'toxicity',
      lessons.filter((lesson) => !sixLabels.includes(lesson)),
    ),
  );
  const calibrations = {
    toxicity: calibrateOwn(lessons, heads.toxicity, 'toxicity'),
    profanity: calibrateOwn(lessons, heads.profanity, 'profanity'),
    'identity-attack': calibrateOwn(lessons, heads['identity-attack'], 'identity-attack'),
    'severe-toxicity': calibrateOn(sixLabels, unseen, 'severe-toxicity'),
    insult: calibrateOn(sixLabels, unseen, 'insult'),
    threat: calibrateOn(sixLabels, unseen, 'threat'),
  };
  return { about: [...new Set(LABELLED_SETS.map(({ source }) => source))].join('; '), heads, calibrations };
}

async function lessonsOf(set: LabelledSet | WrittenSet, dataDir: string): Promise<Lesson[]> {
  if ('texts' in set) return set.texts.map((text) => lesson(text, set.weight, []));
  const rows = await readRows(dataDir, set.file);
  return rows.flatMap((row) => {
    const texts = set.read(row);
    const [whole] = texts;
    if (!whole || !isForTraining(whole.text)) return [];
    const calibrates = isCalibrationRow(whole.text) ? (set.calibrates ?? []) : [];
    return texts.map((text) => lesson(text, set.weight, calibrates));
  });
}

function lesson({ text, labels }: LabelledText, weight: number, calibrates: readonly Label[]): Lesson {
  return { features: featuresOf(new Comment(text)), labels, weight, calibrates };
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
  return knowing(label, lessons).filter(({ calibrates }) => calibrates.length === 0);
}

/** Calibrates on the rows that were held back for it. */
function calibrateOwn(lessons: readonly Lesson[], head: Head, label: Label): Calibration {
  return calibrateOn(
    lessons.filter(({ calibrates }) => calibrates.includes(label)),
    head,
    label,
  );
}

function finish(raw: RawHead): Head {
  return { ...quantise(raw), bias: raw.bias };
}

function calibrateOn(lessons: readonly Lesson[], head: Head, label: Label): Calibration {
  return calibrate(
    knowing(label, lessons).map(({ features, truth }) => ({
      logOdds: logOddsOf(head, features),
      truth: Math.round(truth),
    })),
  );
}
