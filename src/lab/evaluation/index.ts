import { calibration } from './calibration.js';
import { cost } from './cost.js';
import { disguises } from './disguises.js';
import { identity } from './identity.js';
import { language } from './language.js';
import { sentences } from './sentences.js';
import type { FigureGroup } from './subject.js';
import { toxicity } from './toxicity.js';
import { weaknesses } from './weaknesses.js';

/** Every group of figures, in the order in which they are printed. The only list to extend. */
export const FIGURE_GROUPS: readonly FigureGroup[] = [
  language,
  sentences,
  disguises,
  toxicity,
  calibration,
  identity,
  weaknesses,
  cost,
];
