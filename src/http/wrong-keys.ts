import { Capacity } from '../expiring/capacity.js';
import { Expiring } from '../expiring/expiring.js';
import { networkOf } from './network.js';
import { Problem } from './problem.js';

/** So many wrong keys in a minute are told what is wrong with them: a site with an old key, a slip of the hand. */
const MOST_A_MINUTE = 20;
const MINUTE_MS = 60_000;
/** So many addresses are remembered, of some 300 bytes each; those that sent a wrong key longest ago are forgotten first. */
const MOST_ADDRESSES = 10_000;

/** Who learns of wrong keys. */
export interface WrongKeysAudience {
  observeWrongKey(outcome: 'refused' | 'braked'): void;
  /** An address was forgotten within its minute, to make room for another. */
  observeForgottenAddress(): void;
}

/** A brake on those who try keys. It looks at the socket's address: no proxy is believed. */
export interface WrongKeys {
  /**
   * Counts a wrong key or signature.
   * @param address the socket's; undefined: it is closed already
   * @param problem how it is answered as a rule
   * @returns that, or 429 where too many have come from there. Right keys never get here, so that a proxy in front of
   * all passes them on, whoever else is behind it
   */
  answer(address: string | undefined, problem: Problem): Problem;
}

/**
 * Sets up the brake.
 * @param options.now in milliseconds, from anywhere
 */
export function createWrongKeys(
  audience: WrongKeysAudience,
  { now = () => performance.now(), mostAddresses = MOST_ADDRESSES }: WrongKeysOptions = {},
): WrongKeys {
  const capacity = new Capacity(mostAddresses);
  /** How many wrong keys each network has sent in its minute. */
  const tries = new Expiring<number>(capacity);

  function count(network: string, at: number): { readonly sent: number; readonly until: number } {
    const { value: before, endsAt: until } = tries.get(network, at) ?? { value: 0, endsAt: at + MINUTE_MS };
    const { dropped } = capacity;
    tries.set(network, before + 1, until, at);
    if (capacity.dropped > dropped) audience.observeForgottenAddress();
    return { sent: before + 1, until };
  }

  return {
    answer(address, problem) {
      const at = now();
      const { sent, until } = count(networkOf(address ?? ''), at);
      const isBraked = sent > MOST_A_MINUTE;
      audience.observeWrongKey(isBraked ? 'braked' : 'refused');
      return isBraked ? tooMany(Math.max(1, Math.ceil((until - at) / 1000))) : problem;
    },
  };
}

interface WrongKeysOptions {
  readonly now?: () => number;
  readonly mostAddresses?: number;
}

function tooMany(seconds: number): Problem {
  return new Problem(
    'wrong-keys',
    `Too many wrong keys have come from this address; another is looked at in ${seconds} s, the right one at once.`,
    { headers: { 'Retry-After': String(seconds), Connection: 'close' } },
  );
}
