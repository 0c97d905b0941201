import { LONGEST_RECALL, type Repeats } from '../comment/repeats.js';
import type { Rejection, TakeRequest, TakeResult } from './counts.js';
import type { HashSecret } from './hash-secret.js';
import { BLOCK, type LimitPolicy, windowsOf } from './policy.js';
import { textKey } from './text-key.js';

/** How a user stands in one window of the limits. */
export interface Standing {
  /** The window's name in `limits.yaml`. */
  readonly policy: string;
  /** Points that the window allows; a comment takes one, or more where a rejected one costs more. */
  readonly quota: number;
  /** The window's length in seconds. */
  readonly window: number;
  /** Points left in it; 0 or more. */
  readonly remaining: number;
  /** Seconds until the window starts anew, rounded up; 0 while it has not started. */
  readonly reset: number;
}

/** What a comment is counted by, beside its user. */
export interface Posting {
  /** The user's tier as the site names it; undefined: the default one. */
  readonly tier?: string | undefined;
  /** The text, so that it is known whether it was posted before; it is hashed before it goes anywhere. */
  readonly text?: string | undefined;
  /**
   * For how many seconds the text is remembered, as the ruleset asks; up to `LONGEST_RECALL`, which stands for
   * anything longer. 0 or undefined: it is not remembered.
   */
  readonly recall?: number | undefined;
}

/** Whether a user may post now. */
export interface Admission {
  readonly admitted: boolean;
  /** Whether the user's tier is one of `limits.yaml`, or none was named. If not, the default one holds. */
  readonly tierIsKnown: boolean;
  /** One for each window of the tier, in the order of `limits.yaml`. */
  readonly standings: readonly Standing[];
  /** The names of the windows that are used up, and `block` for a user who is blocked; empty when admitted. */
  readonly violated: readonly string[];
  /** Seconds for which the user is still blocked, rounded up; 0: not blocked. */
  readonly blockedFor: number;
  /** When the text was posted before; undefined where it is not remembered, or the comment is not admitted. */
  readonly repeats?: Repeats | undefined;
  /** Whether it was counted by this instance alone because the store was away. */
  readonly degraded: boolean;
}

/** What a comment is counted by under a policy. */
export function takeRequest(
  userId: string,
  posting: Posting,
  policy: LimitPolicy,
  secret: HashSecret,
): TakeRequest {
  const { tier, text, recall = 0 } = posting;
  return {
    user: secret.hashed(userId),
    text: text !== undefined && recall > 0 ? textKey(text, secret) : undefined,
    windows: windowsOf(policy, tier),
    recall: recall > 0 ? Math.min(Math.ceil(recall), LONGEST_RECALL) : 0,
  };
}

/** What a rejection means under a policy; undefined where it makes no difference. */
export function rejectionOf(
  userId: string,
  tier: string | undefined,
  policy: LimitPolicy,
  secret: HashSecret,
): Rejection | undefined {
  const { rejectCost = 1, block } = policy;
  if (rejectCost === 1 && !block) return undefined;
  return { user: secret.hashed(userId), windows: windowsOf(policy, tier), extra: rejectCost - 1, block };
}

/** What a store counted, as it is answered. */
export function admissionOf(
  { windows, text }: TakeRequest,
  result: TakeResult,
): Omit<Admission, 'degraded' | 'tierIsKnown'> {
  const { admitted, blockedFor } = result;
  const standings = windows.map(({ name, points, seconds }, i): Standing => {
    const { taken, endsIn } = result.windows[i] ?? { taken: 0, endsIn: 0 };
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
    repeats: admitted && text !== undefined ? repeatsOf(result) : undefined,
  };
}

function repeatsOf({ bySame, byOthers }: TakeResult): Repeats {
  const inSeconds = (ages: readonly number[]) => ages.map((age) => Math.max(0, age) / 1000);
  return { bySame: inSeconds(bySame), byOthers: inSeconds(byOthers) };
}

function toSeconds(milliseconds: number): number {
  return Math.max(0, Math.ceil(milliseconds / 1000));
}
