import fc from 'fast-check';
import type { Detector } from '../../src/detectors/detector.js';
import { compileGuidelines } from '../../src/guidelines/compile/compile.js';
import { type Guidelines, RulesError } from '../../src/guidelines/guidelines.js';

/** What editors, and their editors, put where it does not belong. */
export const SCRAPS = [
  ...[
    '\n',
    '\r\n',
    ' ',
    '  ',
    '\t',
    '-',
    '- ',
    ':',
    ': ',
    ',',
    '#',
    ' #',
    '[',
    ']',
    '{',
    '}',
    '"',
    "'",
    '\\',
    '|',
    '>',
    '|-\n',
  ],
  ...[
    '&a ',
    '*a',
    '!a ',
    '!!str ',
    '? ',
    '---\n',
    '...\n',
    '%YAML 1.2\n',
    '<<: ',
    '~',
    'null',
    'true',
    '1e9',
    '.nan',
    '0x1F',
  ],
  ...[
    '\0',
    '\u0008',
    '\u007f',
    '\u0085',
    '\u00a0',
    '\u200b',
    '\u2028',
    '\ufeff',
    '\ufffd',
    '\ud800',
    '\u{1f600}',
    'é',
  ],
  ...[
    '__proto__',
    'constructor',
    'toString',
    '{insult}',
    '{__proto__}',
    '{}',
    '[]',
    '*',
    '**',
    '(?:',
    '(',
    ')',
    '+',
    '{2,}',
    '{999999}',
  ],
  ...[
    '- phrases: [',
    '- pattern: ',
    'detector: ',
    'phrases: ',
    'pattern: ',
    'quoted: ',
    'lists: ',
    '../',
    'x'.repeat(2000),
    '['.repeat(50),
  ],
];

type Change = (text: string) => string;

/** A place of a text, as a share of its length. */
const cut = (at: number, text: string) => Math.floor(at * text.length);
const place = fc.double({ min: 0, max: 1, noNaN: true });

const change: fc.Arbitrary<Change> = fc.oneof(
  fc.tuple(place, fc.constantFrom(...SCRAPS)).map(
    ([at, scrap]): Change =>
      (text) =>
        text.slice(0, cut(at, text)) + scrap + text.slice(cut(at, text)),
  ),
  fc.tuple(place, fc.nat(30)).map(
    ([at, length]): Change =>
      (text) =>
        text.slice(0, cut(at, text)) + text.slice(cut(at, text) + length),
  ),
  fc.tuple(place, fc.nat(60), place).map(
    ([from, length, to]): Change =>
      (text) => {
        const piece = text.slice(cut(from, text), cut(from, text) + length);
        return text.slice(0, cut(to, text)) + piece + text.slice(cut(to, text));
      },
  ),
  fc.tuple(place, fc.nat(6)).map(
    ([at, indent]): Change =>
      (text) => {
        const lines = text.split('\n');
        const line = cut(at, 'x'.repeat(lines.length));
        lines[line] = ' '.repeat(indent) + (lines[line] ?? '').trimStart();
        return lines.join('\n');
      },
  ),
  fc.tuple(place, place).map(
    ([one, other]): Change =>
      (text) => {
        const lines = text.split('\n');
        const [a, b] = [one, other].map((at) => Math.min(lines.length - 1, Math.floor(at * lines.length)));
        const [first, second] = [lines[a ?? 0] ?? '', lines[b ?? 0] ?? ''];
        return lines.map((line, i) => (i === a ? second : i === b ? first : line)).join('\n');
      },
  ),
);
/** Changes one line, by what `make` puts in its place. */
const lineChange = (make: fc.Arbitrary<(line: string) => readonly string[]>) =>
  fc.tuple(place, make).map(
    ([at, put]): Change =>
      (text) => {
        const lines = text.split('\n');
        const nth = Math.min(lines.length - 1, Math.floor(at * lines.length));
        return lines.toSpliced(nth, 1, ...put(lines[nth] ?? '')).join('\n');
      },
  );

/** What may stand for a value, of each type that YAML has, and what it has besides. */
const VALUES = [
  ...['', '~', 'true', '12', '-0.5', '.inf', '2026-12-31', 'text', '"quoted"', "'it''s'"],
  ...['[]', '[a, 1, [b]]', '{}', '{ a: { b: [c] } }', '[{ file: lists/none.txt }]', '{ quoted: true }'],
  ...['|\n  block', '>-\n  folded', '&a [x, y]', '*a', '!!set { a }', '!!binary aGk=', '? a'],
  ...['['.repeat(30) + ']'.repeat(30), '{a: '.repeat(30) + '}'.repeat(30)],
];
const KEY = /^(\s*(?:- )?[\w-]+:) .*$/;

const lineChanges = lineChange(
  fc.oneof(
    fc.constant(() => []),
    fc.constant((line: string) => [line, line]),
    fc.nat(6).map((indent) => (line: string) => [' '.repeat(indent) + line]),
    fc
      .constantFrom(...VALUES)
      .map((value) => (line: string) => [line.replace(KEY, (_, key) => `${key} ${value}`)]),
  ),
);

/** Two neighbours in the wrong order. */
const swap = place.map(
  (at): Change =>
    (text) => {
      const i = cut(at, text);
      return text.slice(0, i) + text.charAt(i + 1) + text.charAt(i) + text.slice(i + 2);
    },
);

const changes = fc.array(fc.oneof(change, lineChanges, swap), { minLength: 1, maxLength: 6 });
/** A text with one to six slips in it. */
export const changed = (original: string) =>
  changes.map((all) => all.reduce((text, make) => make(text), original));

/** Compiles, or tells mistakes each with a place that is in the file. Anything else is thrown. */
export function compileOrTell(
  files: ReadonlyMap<string, string>,
  detectors?: readonly Detector[],
): Guidelines | RulesError {
  try {
    return compileGuidelines(files, detectors);
  } catch (error) {
    if (!(error instanceof RulesError)) throw error;
    expect(error.mistakes).not.toEqual([]);
    for (const { file, line, column, message, excerpt } of error.mistakes) {
      const lines = (files.get(file) ?? '').split('\n');
      const isThere =
        line >= 1 && line <= lines.length && column >= 1 && column <= (lines[line - 1] ?? '').length + 1;
      expect({ file, line, column, message, isThere }).toMatchObject({ isThere: true });
      if (excerpt) expect(excerpt.column - 1).toBeLessThanOrEqual(excerpt.text.length);
      expect(message).toMatch(/^\S[^\n\r\0]*$/);
    }
    return error;
  }
}
