import type { HashSecret } from '../hash-secret.js';
import type { RedisClient } from './client.js';
import { secret as askSecret } from './commands.js';

/** No site's: one secret for all, so that a site that moves to another key is counted on. */
const KEY = 'stet:secret';

/**
 * Takes over the secret that all instances hash with, or makes ours that one where there is none.
 * @returns whether it is another than before
 */
export async function shareSecret(client: RedisClient, secret: HashSecret): Promise<boolean> {
  const shared = await askSecret(client, KEY, secret.value);
  const isOther = shared !== secret.value;
  if (isOther) secret.adopt(shared);
  return isOther;
}
