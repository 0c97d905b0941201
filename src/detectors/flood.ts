import { z } from 'zod';
import { LONGEST_RECALL, MOST_TEXTS_OF_USER, MOST_USERS_OF_TEXT } from '../comment/repeats.js';
import { durationFormat, secondsOf } from '../text/duration.js';
import { type Detector, NOTHING, OptionError } from './detector.js';

const options = z
  .strictObject({
    'same-user': z
      .int()
      .min(2)
      .max(MOST_TEXTS_OF_USER)
      .default(2)
      .describe('The how-manieth time that one user posts the same text is a flood.'),
    anybody: z
      .int()
      .min(2)
      .max(MOST_USERS_OF_TEXT)
      .default(10)
      .describe('How many users who post the same text are a flood.'),
    within: durationFormat
      .default('10m')
      .describe('In how long: a number of seconds, or a time like 90s, 10m or 1h; at most a day.'),
    words: z
      .int()
      .min(1)
      .default(5)
      .describe('Texts of fewer words do not count: many people write "Well said".'),
  })
  .describe(
    'Fires on the same text posted again by one user, or by many. Counts only comments that are posted.',
  );

/**
 * A text that is posted again and again. Whoever admits the comment counts and puts into its context what it knows
 * (see `Repeats`); the detector only reads that, so that judging needs no I/O. A text with other capitals, signs or
 * disguises is the same text.
 */
export const flood: Detector<typeof options> = {
  name: 'flood',
  options,
  prepare({ 'same-user': sameUser, anybody, within, words }) {
    const recall = secondsOf(within);
    if (recall > LONGEST_RECALL) throw new OptionError(`within is ${within}; write 1d or less`, ['within']);
    const since = (ages: readonly number[]) => ages.filter((age) => age < recall).length;
    return {
      recall,
      detect({ text, tokens, context: { repeats } }) {
        if (!repeats || tokens.length < words) return NOTHING;
        // This comment is one of them.
        const times = 1 + since(repeats.bySame);
        const users = 1 + since(repeats.byOthers);
        const score = Math.max(weigh(times, sameUser), weigh(users, anybody));
        if (score === 0) return NOTHING;
        const said = [
          ...(times > 1 ? [`${times} times by this user`] : []),
          ...(users > 1 ? [`by ${users}${users > MOST_USERS_OF_TEXT ? ' or more' : ''} users`] : []),
        ];
        return {
          score,
          spans: [{ start: 0, end: text.length }],
          note: `the same text ${said.join(', ')} within ${recall} s`,
        };
      },
    };
  },
};

/** Even odds at the limit, nine in ten at five times as much; nothing up to half the limit. */
function weigh(count: number, limit: number): number {
  const ratio = count / limit;
  return ratio < 1 ? Math.max(0, ratio - 0.5) : 1 - 1 / (2 * ratio);
}
