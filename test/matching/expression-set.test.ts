import { ExpressionSet } from '../../src/matching/expression-set.js';
import { fold } from '../../src/text/fold.js';

const PATTERNS = ['cat', 'dog', 'cat|cow', 'c.w', 'cat'];

/** Which of the expressions are found in a text, by their numbers. */
function searcher(expressions: readonly string[], before?: ExpressionSet) {
  const set = new ExpressionSet(before);
  const ids = expressions.map((expression) => set.add(expression));
  return {
    set,
    search: (text: string) => {
      const found = set.match({ folded: fold(text) });
      return ids.map((id) => found.includes(id));
    },
  };
}

const [yes, no] = [true, false];

describe('expressions that are searched for together do not mix', () => {
  test.each<[text: string, found: boolean[]]>([
    ['a cat', [yes, no, yes, no, yes]],
    ['A CAT', [yes, no, yes, no, yes]],
    ['a dog and a cow', [no, yes, yes, yes, no]],
    ['a hen', [no, no, no, no, no]],
    ['', [no, no, no, no, no]],
  ])('%j', (text, found) => {
    expect(searcher(PATTERNS).search(text)).toEqual(found);
  });
});

test('more than can be searched for at once', () => {
  const { search } = searcher(Array.from({ length: 2100 }, (_, i) => `\\bx${i}y`));
  const found = (text: string) => search(text).flatMap((isFound, i) => (isFound ? [i] : []));
  expect(found('x7y x999y x1000y x2099y')).toEqual([7, 999, 1000, 2099]);
  expect(found('x2100y')).toEqual([]);
});

test('expressions too large to be searched for together may all have a match', () => {
  const large = [1, 2].map((i) => `(?:${i}${'abcdefghij'.repeat(80)}){1000}`);
  expect(searcher(large).search('a hen')).toEqual([yes, yes]);
});

describe('what an expression counts does not keep it from being found', () => {
  test.each<[expression: string, text: string]>([
    ['an? (?:\\w+ ){0,2}hen', 'a big red hen'],
    ['an? (?:\\w+ ){1,2}?hen', 'a red hen'],
    ['a{2,3}', 'baaad'],
    ['[{1,2}]x', ',x'],
    ['[]{1,2}]x', ']x'],
    ['[^[:alpha:]{1,2}]x', '.x'],
    ['[\\]{1,2}]x', '2x'],
    ['\\{1,2\\}', 'b{1,2}'],
    ['\\Q{1,2}\\E{1,2}', 'b{1,2}'],
    ['\\\\{1,2}', 'a\\\\b'],
  ])('%s', (expression, text) => {
    expect(searcher([expression]).search(text)).toEqual([yes]);
  });
});

test('nothing is added once a text has been searched', () => {
  const { set, search } = searcher(PATTERNS);
  search('a cat');
  expect(() => set.add('hen')).toThrow('complete');
});

describe('a set that comes after another finds its own', () => {
  test.each<[expressions: string[], text: string, found: boolean[]]>([
    [PATTERNS, 'a cat', [yes, no, yes, no, yes]],
    [['dog', 'cat'], 'a cat', [no, yes]],
    [['hen'], 'a cat', [no]],
    [[], 'a cat', []],
  ])('%j in %j', (expressions, text, found) => {
    const first = searcher(PATTERNS);
    const unused = searcher(expressions, first.set);
    first.search('a cat and a dog');
    expect(searcher(expressions, first.set).search(text)).toEqual(found);
    expect(unused.search(text)).toEqual(found);
    expect(first.search('a cow')).toEqual([no, no, yes, yes, no]);
  });
});
