import { z } from 'zod';
import { roomSettings, setting, wholeNumber } from '../settings/setting.js';

const CHOICES = ['auto', 'transformer', 'linear'] as const;

/** `auto`: the transformer where it can be loaded, else the linear one, and verdicts say that they are degraded. */
export type ClassifierChoice = (typeof CHOICES)[number];

/** Which it is where nothing else is said. */
export const DEFAULT_CLASSIFIER: ClassifierChoice = 'linear';

export interface ClassifierSettings {
  readonly choice: ClassifierChoice;
  /** In milliseconds. */
  readonly timeoutMs: number;
}

export const classifierSettings = roomSettings(
  {
    CLASSIFIER: setting(z.enum(CHOICES, `must be one of ${CHOICES.join(', ')}`), {
      about:
        'What reads comments beside the rules: linear, a small model that is always there; transformer, one that reads meaning, and without which the service does not start; auto, the transformer where it can be loaded, else the linear one, which verdicts then call degraded.',
      fallback: DEFAULT_CLASSIFIER,
    }),
    CLASSIFIER_TIMEOUT_MS: setting(wholeNumber(1, 10_000), {
      about:
        'How long the transformer may take with a comment that somebody waits for; what it has not read by then the linear model reads.',
      unit: 'milliseconds',
      fallback: '100',
    }),
  },
  ({ CLASSIFIER, CLASSIFIER_TIMEOUT_MS }): ClassifierSettings => ({
    choice: CLASSIFIER,
    timeoutMs: CLASSIFIER_TIMEOUT_MS,
  }),
);
