import { DEFAULT_SITE } from '../counts.js';

/** The names of a site's keys. */
export interface Keys {
  /** All that is known of a user. */
  user(hash: string): string;
  /** All that is known of a text. */
  text(hash: string): string;
}

/**
 * The keys of a site start with its name, `stet:sport:user:{…}`, so that sites share a Redis and no counts. Those of
 * the site `default` have no name in them, `stet:user:{…}`, as before there were sites.
 *
 * Only what is in braces says on which node of a Cluster a key lies, so a site's users are spread over all nodes.
 * @param site any name; signs that could be taken for part of a key are written like %7B
 */
export function keysOf(site: string): Keys {
  const prefix = site === DEFAULT_SITE ? 'stet' : `stet:${encodeURIComponent(site)}`;
  return {
    user: (hash) => `${prefix}:user:{${hash}}`,
    text: (hash) => `${prefix}:text:{${hash}}`,
  };
}
