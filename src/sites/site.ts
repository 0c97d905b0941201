import type { Limiter } from '../limits/limiter.js';
import type { Ruleset } from '../moderation/ruleset.js';
import type { InForce } from './watch.js';

/** A site: its rules in force and its limits. */
export interface Site {
  readonly name: string;
  /** Asked anew for each request, so that guidelines can be put in force while the service runs. */
  inForce(): InForce;
  readonly limiter: Limiter;
  /** What comments are judged by from now on: taken once for all that is to be judged alike. */
  now(): { readonly name: string; readonly ruleset: Ruleset; readonly limiter: Limiter };
}

/** All sites that the service judges for. */
export interface Sites {
  /** In the order of their names; at least one. */
  readonly all: readonly Site[];
  /**
   * The site of a name, as a key has it.
   * @param name undefined: the only one there is
   * @throws where there is no such site: keys are checked when they are read
   */
  of(name: string | undefined): Site;
}

/** Makes a site of what it is made of. */
export function siteOf(name: string, inForce: () => InForce, limiter: Limiter): Site {
  return { name, inForce, limiter, now: () => ({ name, ruleset: inForce().guidelines.ruleset, limiter }) };
}

/** @param all at least one */
export function sitesOf(all: readonly Site[]): Sites {
  return {
    all,
    of(name) {
      const site = name === undefined && all.length === 1 ? all[0] : all.find((each) => each.name === name);
      if (!site) throw new Error(`there is no site ${name ?? 'without a name'}`);
      return site;
    },
  };
}
