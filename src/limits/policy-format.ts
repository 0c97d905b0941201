import { z } from 'zod';
import { durationFormat } from '../text/duration.js';

// The format of `limits.yaml`, each field described. A message says what would be right; whoever reports it puts
// what was read before it.

const RIGHT_NAME = 'write a name for the window, like burst';
const RIGHT_WINDOWS = 'write a list of windows, like - { name: burst, points: 5, per: 60s }';
const RIGHT_TIERS = 'write tiers: { default: [{ name: burst, points: 5, per: 60s }] }';
const RIGHT_COSTS = 'write costs: { reject: 3 }';
const RIGHT_BLOCK = 'write block: { after: 3, within: 10m, for: 1h }';

function duration(about: string) {
  return durationFormat.describe(`${about}: a number of seconds, or a time like 60s, 5m, 1h or 1d.`);
}

function count(right: string) {
  return z
    .int({ error: right })
    .min(1, { error: 'write 1 or more' })
    .max(1_000_000, { error: 'write 1000000 or less' });
}

const limitWindow = z.strictObject({
  name: z
    .string({ error: RIGHT_NAME })
    .regex(/\S/, { error: RIGHT_NAME })
    .trim()
    .max(64, { error: 'write at most 64 characters' })
    .regex(/^[ !#-[\]-~]*$/, { error: 'write plain letters, digits and hyphens, like burst' })
    .describe('How the RateLimit fields name it.'),
  points: count('write a whole number of comments, like 5').describe(
    'How many comments a user may send in the window.',
  ),
  per: duration('How long the window is'),
});

const windows = z.array(limitWindow, { error: RIGHT_WINDOWS }).min(1, { error: RIGHT_WINDOWS });

/** The format of `limits.yaml`. */
export const limitsFileSchema = z
  .strictObject(
    {
      tiers: z
        .object(
          { default: windows.describe('The windows of users of no other tier. All of them hold at once.') },
          { error: RIGHT_TIERS },
        )
        .catchall(windows.describe('The windows of users whose user.tier is this. All of them hold at once.'))
        .describe('The limits by tier of users, as the site names it in user.tier.'),
      costs: z
        .strictObject(
          {
            reject: count('write a whole number of points, like 3').describe(
              'How many points of each window a comment takes once it is rejected; others take 1.',
            ),
          },
          { error: RIGHT_COSTS },
        )
        .optional()
        .describe('What comments cost.'),
      block: z
        .strictObject(
          {
            after: count('write a whole number of rejected comments, like 3').describe(
              'How many rejected comments block their user.',
            ),
            within: duration('In how long, from the first of them'),
            for: duration('How long the user is blocked'),
          },
          { error: RIGHT_BLOCK },
        )
        .optional()
        .describe('Blocks a user whose comments are rejected again and again.'),
    },
    { error: RIGHT_TIERS },
  )
  .describe('How many comments a user may send.');

/** `limits.yaml` as it is written, with nothing missing and nothing unknown in it. */
export type LimitsFile = z.infer<typeof limitsFileSchema>;
