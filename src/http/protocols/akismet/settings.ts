import { z } from 'zod';
import { roomSettings, scoreSetting, setting } from '../../../settings/setting.js';

/** What clients of Akismet are told. */
export interface AkismetSettings {
  /** The mildest verdict that is told as spam. */
  readonly spamFrom: 'review' | 'reject';
  /** 0 to 1; undefined: never. */
  readonly discardScore: number | undefined;
}

export const akismetSettings = roomSettings(
  {
    AKISMET_SPAM_FROM: setting(z.enum(['review', 'reject'], 'must be review or reject'), {
      about: 'Mildest verdict that clients of Akismet are told is spam: review, reject.',
      fallback: 'review',
    }),
    AKISMET_DISCARD_SCORE: setting(scoreSetting.optional(), {
      about:
        'Score from which on clients of Akismet are told to throw a rejected comment away unread, 0 to 1; left out, they never are.',
    }),
  },
  ({ AKISMET_SPAM_FROM, AKISMET_DISCARD_SCORE }): AkismetSettings => ({
    spamFrom: AKISMET_SPAM_FROM,
    discardScore: AKISMET_DISCARD_SCORE,
  }),
);
