import { z } from 'zod';
import { isRole, type Role } from './roles.js';

/** A key that a site sends, or a secret that it signs with. */
export interface Key {
  readonly secret: string;
  /** The site whose comments come with it; undefined: the only one there is. */
  readonly site: string | undefined;
  /** At least one; undefined: what a plain key may do, as `mayDo` has it. */
  readonly roles?: readonly Role[] | undefined;
}

/** Letters, digits and hyphens: a site's name is a folder's, a label of metrics and a part of keys in Redis. */
export const SITE_NAME = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

/** What others can reach needs keys that cannot be guessed: so many characters at least. */
export const LEAST_CHARS = 16;

const SECRET = /^[\x21-\x2b\x2d-\x7e]+$/;

/** Why a line or an entry is no key: it is not written as one, or a word behind `roles=` names no role. */
export type KeyFault = 'no-key' | 'unknown-role';

/**
 * Reads one key: `SECRET`, and behind it, in any order, `site=NAME` and `roles=ROLE,ROLE`.
 * @returns why not, where it is not one
 * @example readKey('d41d8cd98f00b204 site=sport') // { secret: 'd41d8cd98f00b204', site: 'sport', roles: undefined }
 */
export function readKey(written: string): Key | { readonly fault: KeyFault } {
  const [secret = '', ...behind] = written.trim().split(/\s+/);
  const notes = new Map(behind.map((note) => splitNote(note)));
  const isRepeated = notes.size < behind.length;
  const [site, roles] = [notes.get('site'), notes.get('roles')];
  const known = Number(site !== undefined) + Number(roles !== undefined);
  if (!SECRET.test(secret) || isRepeated || notes.size > known) return { fault: 'no-key' };
  if (site !== undefined && !SITE_NAME.test(site)) return { fault: 'no-key' };
  const words = roles?.split(',');
  if (!words) return { secret, site, roles: undefined };
  const named = words.filter(isRole);
  return named.length < words.length ? { fault: 'unknown-role' } : { secret, site, roles: named };
}

function splitNote(note: string): readonly [name: string, value: string] {
  const at = note.indexOf('=');
  return at === -1 ? [note, ''] : [note.slice(0, at), note.slice(at + 1)];
}

/** Whether a key is too short for where others can reach it. */
export function isShort({ secret }: Key): boolean {
  return secret.length < LEAST_CHARS;
}

/** How a key that is too short is refused; to stand behind where it is. */
export const TOO_SHORT = `has a key of fewer than ${LEAST_CHARS} characters, which can be guessed; where HOST or OPS_HOST is not a loopback address, use longer ones, as "openssl rand -hex 16" makes them`;

const NOT_A_LIST =
  'must be one key or more, separated by commas, each of printable ASCII characters without a space, with site=NAME behind it where there are several sites';

/** A setting read as one key or more, separated by commas. Roles are for the file: a comma would end their list. */
export const keyList = z.string().transform((list, context): readonly Key[] => {
  const read = list.split(',').map(readKey);
  const keys = read.flatMap((key) => ('fault' in key ? [] : [key]));
  const hasRoles = /\sroles?=/.test(list);
  if (hasRoles) {
    context.addIssue({
      code: 'custom',
      message: 'must not name roles: keys with roles stand in API_KEYS_FILE',
    });
  } else if (keys.length < read.length) context.addIssue({ code: 'custom', message: NOT_A_LIST });
  return keys;
});
