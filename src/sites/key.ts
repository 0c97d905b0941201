import { z } from 'zod';

/** A key that a site sends, or a secret that it signs with. */
export interface Key {
  readonly secret: string;
  /** The site whose comments come with it; undefined: the only one there is. */
  readonly site: string | undefined;
}

/** Letters, digits and hyphens: a site's name is a folder's, a label of metrics and a part of keys in Redis. */
export const SITE_NAME = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

const WRITTEN = /^(?<secret>[\x21-\x2b\x2d-\x7e]+)(?:\s+site=(?<site>\S+))?$/;

/**
 * Reads one key: `SECRET` or `SECRET site=NAME`.
 * @returns undefined where it is not one
 * @example readKey('d41d8cd98f00b204 site=sport') // { secret: 'd41d8cd98f00b204', site: 'sport' }
 */
export function readKey(written: string): Key | undefined {
  const { secret, site } = WRITTEN.exec(written.trim())?.groups ?? {};
  if (secret === undefined || (site !== undefined && !SITE_NAME.test(site))) return undefined;
  return { secret, site };
}

/** A setting read as one key or more, separated by commas. */
export const keyList = z.string().transform((list, context): readonly Key[] => {
  const keys = list.split(',').map(readKey);
  const read = keys.filter((key) => key !== undefined);
  if (read.length < keys.length) {
    context.addIssue({
      code: 'custom',
      message:
        'must be one key or more, separated by commas, each of printable ASCII characters without a space, with site=NAME behind it where there are several sites',
    });
  }
  return read;
});
