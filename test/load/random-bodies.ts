import fc from 'fast-check';
import { HOSTILE_PIECES } from '../helpers/hostile-texts.js';

/** Every code point of all planes but surrogates. */
const anyText = fc.string({ unit: 'binary', minLength: 1, maxLength: 600 });
/** UTF-16 as no text should be: half pairs, in any order. */
const brokenText = fc
  .array(fc.oneof(fc.nat(0xffff), fc.integer({ min: 0xd800, max: 0xdfff })), { minLength: 1, maxLength: 400 })
  .map((units) => String.fromCharCode(...units));
const pieces = fc
  .array(
    fc
      .tuple(fc.constantFrom(...HOSTILE_PIECES), fc.integer({ min: 1, max: 12 }))
      .map(([[, piece], n]) => piece.repeat(n)),
    { minLength: 1, maxLength: 40 },
  )
  .map((parts) => parts.join(' ').slice(0, 10_000));
const json = fc.jsonValue({ maxDepth: 4 });
const name = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 });

const bytesOf = (body: unknown) => Buffer.from(JSON.stringify(body));
const commentWith = (text: fc.Arbitrary<string>) =>
  fc
    .record(
      {
        text,
        user: fc.record({ id: fc.uuid() }),
        context: fc.record(
          { title: name, author: name, participants: fc.array(name, { maxLength: 5 }), parent: text },
          { requiredKeys: [] },
        ),
      },
      { requiredKeys: ['text', 'user'] },
    )
    .map(bytesOf);

/** Bodies of random content, by what is random about them. */
export const RANDOM_BODIES: readonly (readonly [what: string, bodies: fc.Arbitrary<Uint8Array>])[] = [
  ['random bytes', fc.uint8Array({ maxLength: 600 })],
  ['random JSON', json.map(bytesOf)],
  [
    'random JSON in the place of fields',
    fc.record({ id: json, text: json, user: json, context: json }, { requiredKeys: [] }).map(bytesOf),
  ],
  [
    'JSON with a byte that is wrong',
    fc.tuple(commentWith(pieces), fc.nat(), fc.nat(255)).map(([body, at, byte]) => {
      const broken = Uint8Array.from(body);
      broken[at % broken.length] = byte;
      return broken;
    }),
  ],
  ['Unicode of all planes', commentWith(anyText)],
  ['half surrogate pairs', commentWith(brokenText)],
  ['hostile pieces', commentWith(pieces)],
];
