import { withExcerpts } from '../../../src/guidelines/mistakes/excerpt.js';

interface Case {
  readonly why: string;
  readonly content: string;
  readonly line: number;
  readonly column: number;
  /** The line as it is shown; none: it is not. */
  readonly text?: string;
  /** What stands above the caret; nothing: it is past the end. */
  readonly above?: string;
}

const CASES: readonly Case[] = [
  { why: 'a line', content: 'id: a\naction: rejct\n', line: 2, column: 9, text: 'action: rejct', above: 'r' },
  {
    why: 'CRLF and a byte order mark',
    content: '\ufeffid: a\r\n',
    line: 1,
    column: 5,
    text: 'id: a',
    above: 'a',
  },
  { why: 'past its end', content: 'id: [a', line: 1, column: 7, text: 'id: [a', above: '' },
  { why: 'a tab, which takes one column', content: 'id:\ta', line: 1, column: 5, text: 'id: a', above: 'a' },
  {
    why: 'what does not show, or steers a terminal',
    content: 'a\u200b\u001b[2J: b',
    line: 1,
    column: 8,
    text: 'a··[2J: b',
    above: ' ',
  },
  { why: 'a space that is none', content: 'a:\u00a0b', line: 1, column: 4, text: 'a:·b', above: 'b' },
  {
    why: 'a character of two units',
    content: 'a: \u{1f600} b',
    line: 1,
    column: 7,
    text: 'a: \u{1f600} b',
    above: 'b',
  },
  {
    why: 'a long line, near its start',
    content: `abc${'x'.repeat(200)}`,
    line: 1,
    column: 3,
    text: `abc${'x'.repeat(97)}…`,
    above: 'c',
  },
  {
    why: 'a long line, in the middle',
    content: `${'x'.repeat(200)}abc${'y'.repeat(200)}`,
    line: 1,
    column: 202,
    text: `…${'x'.repeat(59)}abc${'y'.repeat(38)}…`,
    above: 'b',
  },
  {
    why: 'a long line, at its end',
    content: `${'x'.repeat(200)}abc`,
    line: 1,
    column: 203,
    text: `…${'x'.repeat(97)}abc`,
    above: 'c',
  },
  { why: 'a blank line', content: 'id: a\n  \n', line: 2, column: 1 },
  { why: 'a line that is not there', content: 'id: a', line: 5, column: 1 },
];

test.each(CASES)('$why', ({ content, line, column, text, above }) => {
  const mistake = { file: 'a.yaml', line, column, kind: 'format', message: 'no' } as const;
  const [told] = withExcerpts([mistake], new Map([['a.yaml', content]]));
  expect(told).toMatchObject(mistake);
  const excerpt = told?.excerpt;
  expect(excerpt?.text).toBe(text);
  expect(excerpt?.text.charAt(excerpt.column - 1)).toBe(above);
});

test('a file that was not read has none', () => {
  const mistake = { file: '.', line: 1, column: 1, kind: 'no-rule', message: 'no' } as const;
  expect(withExcerpts([mistake], new Map())).toEqual([mistake]);
});
