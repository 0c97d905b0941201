import { LONGEST_RECALL, type Repeats } from '../comment/repeats.js';
import { hashed } from './hashed.js';
import type { Admission, Posting, Standing } from './limiter.js';
import { BLOCK, type LimitBlock, type LimitPolicy, type LimitWindow, windowsOf } from './policy.js';
import { textKey } from './text-key.js';

/** A comment that is to be counted. No text and no user id is in it. */
export interface Counted {
  readonly user: string;
  /** None: the text is not remembered. */
  readonly text: string | undefined;
  /** All of these hold at once. */
  readonly windows: readonly LimitWindow[];
  /** For how many seconds the text is remembered. */
  readonly recall: number;
}

/** A rejection that is to be counted. */
export interface Rejection {
  readonly user: string;
  readonly windows: readonly LimitWindow[];
  /** Points beside the one that the comment has taken. */
  readonly extra: number;
  readonly block: LimitBlock | undefined;
}

/** What a store counted. Times are in milliseconds. */
export interface Tally {
  readonly admitted: boolean;
  /** How long the user is still blocked; 0: not. */
  readonly blockedFor: number;
  /** For each window, in order: points taken, and how long it still runs (0: it has not started). */
  readonly windows: readonly { readonly taken: number; readonly endsIn: number }[];
  /** How long ago the user posted this text, each time. */
  readonly bySame: readonly number[];
  /** How long ago each other user posted it, the latest time. */
  readonly byOthers: readonly number[];
}

/** What a comment is counted by under a policy. */
export function counted(userId: string, { tier, text, recall = 0 }: Posting, policy: LimitPolicy): Counted {
  return {
    user: hashed(userId),
    text: text !== undefined && recall > 0 ? textKey(text) : undefined,
    windows: windowsOf(policy, tier),
    recall: Math.min(Math.ceil(recall), LONGEST_RECALL),
  };
}

/** What a rejection means under a policy; none where it makes no difference. */
export function rejection(
  userId: string,
  tier: string | undefined,
  policy: LimitPolicy,
): Rejection | undefined {
  const { rejectCost = 1, block } = policy;
  if (rejectCost === 1 && !block) return undefined;
  return { user: hashed(userId), windows: windowsOf(policy, tier), extra: rejectCost - 1, block };
}

/** The field by which a window is counted: with the length in it, one made shorter does not wait for the end of the longer. */
export function fieldOf({ name, seconds }: LimitWindow): string {
  return `${name}:${seconds}`;
}

/** What a store counted, as it is told. */
export function admissionOf(
  { windows, text }: Counted,
  tally: Tally,
): Omit<Admission, 'degraded' | 'tierIsKnown'> {
  const { admitted, blockedFor } = tally;
  const standings = windows.map(({ name, points, seconds }, i): Standing => {
    const { taken, endsIn } = tally.windows[i] ?? { taken: 0, endsIn: 0 };
    return {
      policy: name,
      quota: points,
      window: seconds,
      remaining: Math.max(0, points - taken),
      reset: toSeconds(endsIn),
    };
  });
  const usedUp = standings.filter(({ remaining }) => remaining === 0).map(({ policy }) => policy);
  return {
    admitted,
    standings,
    violated: admitted ? [] : [...(blockedFor > 0 ? [BLOCK] : []), ...usedUp],
    blockedFor: toSeconds(blockedFor),
    repeats: admitted && text !== undefined ? repeatsOf(tally) : undefined,
  };
}

function repeatsOf({ bySame, byOthers }: Tally): Repeats {
  const inSeconds = (ages: readonly number[]) => ages.map((age) => Math.max(0, age) / 1000);
  return { bySame: inSeconds(bySame), byOthers: inSeconds(byOthers) };
}

function toSeconds(milliseconds: number): number {
  return Math.max(0, Math.ceil(milliseconds / 1000));
}
