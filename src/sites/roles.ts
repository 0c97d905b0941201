/** What a key may be allowed to do, each with what it opens. The only list. */
export const ROLES = {
  judge: 'judge comments one by one, by our own route and by the foreign protocols',
  batch: 'judge files of comments',
  read: 'read the rules in force and the metrics',
  moderate: 'send back what moderators decided',
  edit: 'try drafts of the rules',
  admin: 'all of these',
} as const satisfies Readonly<Record<string, string>>;

export type Role = keyof typeof ROLES;

/** The names of all roles, in the order in which people are told of them. */
export const ROLE_NAMES: readonly Role[] = Object.keys(ROLES).filter(isRole);

/** What a key may do that names no role: all that there was before there were roles. */
const PLAIN = ROLE_NAMES.filter((role) => role !== 'admin');

/**
 * Whether a key with these roles may do what one role allows.
 * @param roles undefined: the key names none
 * @example mayDo(['admin'], 'batch') // true
 */
export function mayDo(roles: readonly Role[] | undefined, role: Role): boolean {
  const given = roles ?? PLAIN;
  return given.includes(role) || given.includes('admin');
}

/** Whether a word is the name of a role. */
export function isRole(word: string): word is Role {
  return Object.hasOwn(ROLES, word);
}
