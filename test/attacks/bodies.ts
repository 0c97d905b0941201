import { fill, STEEP_PIECES } from '../helpers/hostile-texts.js';
import type { AttackRequest } from './plan.js';

/** Of whoever attacks with a key; the normal traffic has another. */
export const ATTACKER_KEY = 'a-key-of-somebody-else-0123456789';
export const NORMAL_KEY = 'a-key-of-the-newspaper-0123456789';

/** As many characters as a comment may have. */
export const LONGEST = 10_000;
/** An ordinary one. */
const SENTENCE = 'You say that the talks should start again, and nobody asks the council why it waits. ';

/** A request with the attacker's key. */
export const json = (path: string, body: unknown): AttackRequest => ({
  method: 'POST',
  path,
  headers: { authorization: `Bearer ${ATTACKER_KEY}`, 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

/** Texts over which judging once took a time that grew with the square of their length. */
export const STEEP_TEXTS: readonly AttackRequest[] = [
  ...STEEP_PIECES.map((piece) => json('/v1/comments?dryRun=true', { text: fill(piece, LONGEST) })),
  json('/v1/comments?dryRun=true', {
    text: fill(SENTENCE, LONGEST),
    context: { participants: Array.from({ length: 100 }, (_, n) => `${fill('Ana ', 248)} ${n}`) },
  }),
];

const names = (count: number): string[] => {
  const letters = [...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  const all = letters.flatMap((a) => letters.flatMap((b) => letters.map((c) => a + b + c)));
  return all.slice(0, count);
};
/** An object with so many keys of three letters, all of them different. */
export const keysOf = (count: number, value: unknown) =>
  Object.fromEntries(names(count).map((name) => [name, value]));

/** As many fields as fit into a form, none of which is known. */
export const EMPTY_FIELDS: AttackRequest = {
  method: 'POST',
  path: '/1.1/comment-check',
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  body: 'a&'.repeat(77_000),
};

/** A rule file. */
export const ruleOf = (phrases: readonly string[]) =>
  `id: mine
guideline: Be kind.
message: Please be kind.
action: review
when:
  - phrases: ${JSON.stringify(phrases)}
`;

/** A rule of almost as many bytes as a file may have, and another for each number. */
export const bigRule = (n: number) =>
  ruleOf(Array.from({ length: 40_000 }, (_, i) => `made up ${n} ${i.toString(36)} zq`));

/** A text of sentences that a reader might write. */
export const ordinary = (characters: number) => fill(SENTENCE, characters);
