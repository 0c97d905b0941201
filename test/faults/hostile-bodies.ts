import { fill, HOSTILE_PIECES } from '../helpers/hostile-texts.js';

/** A body that is meant to cost much, and the status with which it is answered. */
export interface HostileBody {
  readonly what: string;
  readonly body: string | Uint8Array;
  readonly status: number;
}

/** As many characters as a comment may have. */
const LONGEST = 10_000;
const NAMES = Array.from({ length: 100 }, (_, n) => `${'Maria '.repeat(30)}${n}`);
const text = (value: string, context?: object) => JSON.stringify({ text: value, context });

/** Comments of as many characters as may be, which get a verdict. */
export const HOSTILE_COMMENTS: readonly HostileBody[] = [
  ...HOSTILE_PIECES.map(([what, piece]) => ({ what, body: text(fill(piece, LONGEST)) })),
  { what: 'a mark on a letter', body: text(`e${'\u0301'.repeat(LONGEST - 1)}`) },
  { what: 'letters of three bytes', body: text('\u0915'.repeat(LONGEST)) },
  { what: 'letters escaped to six bytes each', body: `{"text": "${'\\u00e9'.repeat(LONGEST)}"}` },
  {
    what: 'as many participants as may be, all named',
    body: text(NAMES.join(' ').slice(0, LONGEST), { participants: NAMES }),
  },
  { what: 'a parent as long as may be', body: text('Yes.', { parent: fill('you idiot ', LONGEST) }) },
].map((comment) => ({ ...comment, status: 200 }));

/** Bodies that are no comment. */
export const REFUSED_BODIES: readonly HostileBody[] = [
  { what: '1 MB of text', body: text('a'.repeat(1_000_000)), status: 413 },
  { what: '1 MB of spaces', body: ' '.repeat(1_000_000), status: 413 },
  { what: '1 MB of arrays', body: '['.repeat(1_000_000), status: 413 },
  { what: '10,000 nested arrays', body: '['.repeat(10_000) + ']'.repeat(10_000), status: 400 },
  { what: '10,000 nested objects', body: '{"a":'.repeat(10_000), status: 400 },
  {
    what: '50,000 participants, all wrong',
    body: text('Yes.', { participants: Array(50_000).fill(1) }),
    status: 400,
  },
  { what: 'broken UTF-8', body: Uint8Array.of(0x7b, 0xff, 0xfe), status: 400 },
  { what: 'broken JSON', body: '{"text": "a', status: 400 },
  { what: 'a blank comment', body: text(' \u200b\n'), status: 400 },
  { what: 'a comment one character too long', body: text('a'.repeat(LONGEST + 1)), status: 400 },
  { what: 'a number for a text', body: '{"text": 5}', status: 400 },
];
