import type { Admission, Posting } from '../limits/limiter.js';
import type { CountedUser, SiteNow } from './arrival.js';

/** The tier of `limits.yaml` by which addresses are counted; without it, as users without a tier are. */
export const ADDRESS_TIER = 'address';

/**
 * Counts a comment against its user, and first against the address that it came from where that is counted too: who
 * chooses a new name for each comment has used up the address all the same, and not the limits of those whose names
 * they are.
 * @param text what was posted: the user posted it, whatever the address
 * @returns of the two the one that refuses, or else that which has less left, with what is known of the text
 */
export async function admit(
  limiter: SiteNow['limiter'],
  { id, tier, address }: CountedUser,
  { text, recall }: Pick<Posting, 'text' | 'recall'>,
): Promise<Admission> {
  const byAddress = address === undefined ? undefined : await limiter.admit(address, { tier: ADDRESS_TIER });
  if (byAddress && !byAddress.admitted) return byAddress;
  const byUser = await limiter.admit(id, { tier, text, recall });
  if (!byAddress || !byUser.admitted || leftOf(byUser) <= leftOf(byAddress)) return byUser;
  return { ...byUser, standings: byAddress.standings, degraded: byUser.degraded || byAddress.degraded };
}

/** How many comments may follow. */
function leftOf({ standings }: Admission): number {
  return Math.min(...standings.map(({ remaining }) => remaining));
}

/** Tells the counters that a comment which was admitted has been rejected. Nothing waits for it. */
export function tellRejection(limiter: SiteNow['limiter'], { id, tier, address }: CountedUser): void {
  limiter.rejected(id, tier);
  if (address !== undefined) limiter.rejected(address, ADDRESS_TIER);
}
