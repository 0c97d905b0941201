/**
 * For detectors of one's own, exported as `stet/plugin`. A module whose default export is a detector is made known by
 * the setting `DETECTORS`; rule files then ask for it by its name, as for any other.
 * @example
 * import { defineDetector, NOTHING, z } from 'stet/plugin';
 *
 * export default defineDetector({
 *   name: 'length',
 *   options: z.strictObject({ most: z.int().min(1) }).describe('Fires on long comments.'),
 *   prepare: ({ most }) => ({
 *     detect: ({ text }) => (text.length > most ? { score: 1, spans: [{ start: most, end: text.length }] } : NOTHING),
 *   }),
 * });
 */
import type { z } from 'zod';
import type { Detector } from './detectors/detector.js';

export { z } from 'zod';
export type { Label, LabelReading, Reading } from './classifier/reading.js';
export type { Comment, CommentContext } from './comment/comment.js';
export type { Steps } from './comment/steps.js';
export {
  type Detector,
  type Evidence,
  type Finding,
  NOTHING,
  OptionError,
  type PreparedDetector,
  UNCOUNTED,
} from './detectors/detector.js';
export type { Lists, Phrase } from './matching/phrase.js';
export type { PhraseHit } from './matching/phrase-index.js';
export type { Span } from './text/span.js';
export type { Token } from './text/tokens.js';

/** Types a detector by its options. */
export function defineDetector<Schema extends z.ZodObject>(detector: Detector<Schema>): Detector<Schema> {
  return detector;
}
