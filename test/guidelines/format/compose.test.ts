import fc from 'fast-check';
import { Composer, type CST, Parser } from 'yaml';
import { composeInSteps } from '../../../src/guidelines/format/compose.js';
import { tokensOf } from '../../../src/guidelines/format/tokens.js';
import { valueInSteps } from '../../../src/guidelines/format/yaml-source.js';
import { finish } from '../../../src/guidelines/steps.js';

// A long document is composed in groups of entries. What comes of it must be what the library says of the whole.

/** What the library makes of a text in one go. */
function whole(text: string) {
  const tokens: CST.Token[] = [...new Parser().parse(text)];
  const composer = new Composer({ schema: 'core', stringKeys: true, uniqueKeys: false });
  const [document, second] = [...composer.compose(tokens, true, text.length)];
  const errors = document?.errors.map(({ code, message, pos }) => ({ code, message, at: pos[0] })) ?? [];
  return {
    errors,
    second: second?.range[0],
    value: errors.length === 0 ? document?.toJS() : undefined,
  };
}

function inParts(text: string) {
  const { tokens } = finish(tokensOf(text));
  const { root, errors, second, repeatedKeys } = finish(composeInSteps(tokens, text.length));
  return {
    repeatsKeys: repeatedKeys.length > 0,
    errors: errors.map(({ code, message, pos }) => ({ code, message, at: pos[0] })),
    second,
    value: errors.length === 0 ? finish(valueInSteps(root)) : undefined,
  };
}

const COUNT = 400;
const WORDS = Array.from({ length: COUNT }, (_, i) => (i % 7 === 0 ? `"word ${i}"` : `word${i}`));

/** Documents with lists and maps that are too long to be composed together. */
const DOCUMENTS: readonly (readonly [what: string, text: string])[] = [
  ['a list in lines', `a:\n${WORDS.map((word) => `  - ${word}\n`).join('')}b: 1\n`],
  ['a list in brackets', `a: [${WORDS.join(', ')}]\nb: 1\n`],
  ['a list in brackets over lines', `a: [\n  ${WORDS.join(',\n  ')},\n  ]\nb: 1\n`],
  ['a map in lines', `a:\n${WORDS.map((word, i) => `  k${i}: ${word}\n`).join('')}b: 1\n`],
  ['a map in braces', `a: {${WORDS.map((word, i) => `k${i}: ${word}`).join(', ')}}\nb: 1\n`],
  ['maps in a list', `a:\n${WORDS.map((word, i) => `  - k: ${word}\n    l: [${i}, x]\n`).join('')}`],
  ['pairs in brackets', `a: [${WORDS.map((word, i) => (i % 3 ? word : `k: ${word}`)).join(', ')}]\n`],
  ['a list at the top', WORDS.map((word) => `- ${word}\n`).join('')],
  [
    'long lists in a long list',
    `a:\n${[0, 1, 2].map(() => `  - [${WORDS.join(', ')}]\n`).join('')}  # the end\n`,
  ],
  [
    'remarks between',
    `a:\n${WORDS.map((word) => `  # so\n  - ${word} # and so\n`).join('')}  # the end\nb: 1\n`,
  ],
];

test.each(DOCUMENTS)('%s says the same in parts', (_, text) => {
  expect(whole(text).errors).toEqual([]);
  expect(inParts(text)).toEqual({ ...whole(text), repeatsKeys: false });
});

test('an entry behind the remark that ends a long map is told, with what follows from it', () => {
  const [, text] = DOCUMENTS[3] ?? ['', ''];
  const broken = text.replace('k225', '|k225');
  expect(whole(broken).errors.at(-1)?.code).toBe('KEY_OVER_1024_CHARS');
  expect(inParts(broken)).toEqual({ ...whole(broken), repeatsKeys: false });
});

const SLIPS = [
  '"',
  "'",
  '[',
  ']',
  '{',
  '}',
  ',',
  ': ',
  '- ',
  '\n',
  '\n  ',
  '\n- ',
  '#',
  '? ',
  '|',
  '\t',
  '---\n',
  '"\\q"',
];

test.each(DOCUMENTS)('%s with slips has the same errors at the same places in the same order', (_, text) => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(text.length), fc.constantFrom(...SLIPS)), { minLength: 1, maxLength: 3 }),
      (slips) => {
        const broken = slips.reduce((so, [at, slip]) => so.slice(0, at) + slip + so.slice(at), text);
        const { repeatsKeys, ...said } = inParts(broken);
        const { value, ...expected } = whole(broken);
        // Of a key that stands twice we take the first and tell of the second; the library takes the last.
        expect(said).toEqual(repeatsKeys ? { ...expected, value: said.value } : { ...expected, value });
      },
    ),
    { numRuns: 8 },
  );
});

test('a document of twice the entries takes twice the steps', () => {
  const stepsOf = (count: number) => {
    const text = `a: [${Array.from({ length: count }, (_, i) => `w${i}`).join(', ')}]\n`;
    const { tokens } = finish(tokensOf(text));
    return [...composeInSteps(tokens, text.length)].length;
  };
  expect(stepsOf(3000)).toBeGreaterThan(3000 / 300);
  expect(stepsOf(6000)).toBeGreaterThan(1.8 * stepsOf(3000));
});
