import { secondsOf } from '../text/duration.js';
import type { LimitsFile } from './policy-format.js';

/** A window of a rate limit: at most `points` comments in any `seconds`. */
export interface LimitWindow {
  /** As the RateLimit fields name it: `burst`. */
  readonly name: string;
  /** 1 or more. */
  readonly points: number;
  /** Length, 1 or more. */
  readonly seconds: number;
}

/** Blocks a user whose comments are rejected again and again. */
export interface LimitBlock {
  /** How many rejected comments block their user; 1 or more. */
  readonly after: number;
  /** In how many seconds, counted from the first of them. */
  readonly within: number;
  /** For how many seconds the user is blocked. */
  readonly seconds: number;
}

/** What `limits.yaml` says; `DEFAULT_LIMITS` where there is none. */
export interface LimitPolicy {
  /** The windows of the tier `default`. All of them hold at once; at least one. */
  readonly windows: readonly LimitWindow[];
  /** The windows of the other tiers, by name. */
  readonly tiers?: ReadonlyMap<string, readonly LimitWindow[]> | undefined;
  /** Points that a comment takes once it is rejected. Others take 1, and so does a rejected one where this is undefined. */
  readonly rejectCost?: number | undefined;
  readonly block?: LimitBlock | undefined;
}

/** The limits of a rules folder without a `limits.yaml`: five comments a minute. */
export const DEFAULT_LIMITS: LimitPolicy = { windows: [{ name: 'burst', points: 5, seconds: 60 }] };

const DEFAULT_TIER = 'default';
/** What a block is called in a list of windows that refuse a comment. */
export const BLOCK = 'block';

/** The windows of a tier; those of the default one where the tier is undefined or the policy does not have it. */
export function windowsOf({ windows, tiers }: LimitPolicy, tier: string | undefined): readonly LimitWindow[] {
  return (tier !== undefined && tiers?.get(tier)) || windows;
}

/** Whether a policy has a tier of this name; undefined stands for the default one. */
export function hasTier({ tiers }: LimitPolicy, tier: string | undefined): boolean {
  return tier === undefined || tier === DEFAULT_TIER || (tiers?.has(tier) ?? false);
}

/** The policy that a file states. */
export function policyOf({ tiers: { default: windows, ...others }, costs, block }: LimitsFile): LimitPolicy {
  return {
    windows: windows.map(toWindow),
    tiers: new Map(Object.entries(others).map(([name, tier]) => [name, tier.map(toWindow)])),
    rejectCost: costs?.reject,
    block: block && {
      after: block.after,
      within: secondsOf(block.within),
      seconds: secondsOf(block.for),
    },
  };
}

function toWindow({ name, points, per }: LimitsFile['tiers']['default'][number]): LimitWindow {
  return { name, points, seconds: secondsOf(per) };
}

/** The longest window and the longest block: a year, in seconds. */
const LONGEST_SECONDS = 366 * 86_400;

/** A mistake in a file that fits the format. Paths lead to a value, by keys and by entry numbers from 0. */
export type PolicyFault =
  | {
      /** Two windows of one tier have the same name. */
      readonly kind: 'repeated-window';
      readonly path: readonly (string | number)[];
      readonly name: string;
      /** Where the name stands first. */
      readonly first: readonly (string | number)[];
    }
  | {
      /** A window has the name that stands for a block. */
      readonly kind: 'reserved-window';
      readonly path: readonly (string | number)[];
      readonly name: string;
    }
  | {
      /** A time is longer than a year. */
      readonly kind: 'too-long';
      readonly path: readonly (string | number)[];
    };

/** All that is wrong with a file that fits the format. */
export function policyFaults({ tiers, block }: LimitsFile): PolicyFault[] {
  const times = Object.entries(tiers).flatMap(([tier, windows]) =>
    windows.map(({ per }, i) => ({ written: per, path: ['tiers', tier, i, 'per'] })),
  );
  if (block) {
    times.push({ written: block.within, path: ['block', 'within'] });
    times.push({ written: block.for, path: ['block', 'for'] });
  }
  return [
    ...Object.entries(tiers).flatMap(([tier, windows]) => nameFaults(tier, windows)),
    ...times
      .filter(({ written }) => secondsOf(written) > LONGEST_SECONDS)
      .map(({ path }): PolicyFault => ({ kind: 'too-long', path })),
  ];
}

function nameFaults(tier: string, windows: readonly { readonly name: string }[]): PolicyFault[] {
  return windows.flatMap(({ name }, i): PolicyFault[] => {
    const path = ['tiers', tier, i, 'name'];
    const first = windows.findIndex((window) => window.name === name);
    return [
      ...(first < i
        ? [{ kind: 'repeated-window', path, name, first: ['tiers', tier, first, 'name'] } as const]
        : []),
      ...(name === BLOCK ? [{ kind: 'reserved-window', path, name } as const] : []),
    ];
  });
}

const TIER_NAME = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const LONGEST_TIER_NAME = 64;

/** Whether a tier may have this name, which the format does not restrict: small letters, digits and single hyphens. */
export function isTierName(name: string): boolean {
  return TIER_NAME.test(name) && name.length <= LONGEST_TIER_NAME;
}
