import { buildLexicon, type Corpus } from '../../../src/lab/lexicons/build.js';

const repeat = (text: string, times: number) => Array.from({ length: times }, () => text);

const CORPUS: Corpus = {
  english: [
    ...repeat('The minister did not resign, and that is the end of it.', 40),
    ...repeat('They die in wars.', 6),
    'Quoting "und" once, a zyxxy.',
    'Another zyxxy; un un un.',
  ],
  others: new Map([
    ['de', repeat('Der Minister und die Partei und die Leute sind zufrieden.', 40)],
    ['fr', repeat('Le ministre et la loi ne sont pas contents.', 40)],
  ]),
};

const files = buildLexicon(CORPUS);

/** The words of a learned file, with what their line begins with. */
function read(file: keyof typeof files, keys: number): Map<string, string> {
  const lines = files[file].split('\n').map((line) => line.split(' '));
  return new Map(
    lines.flatMap((line) => line.slice(keys).map((word) => [word, line.slice(0, keys).join(' ')] as const)),
  );
}

const english = read('english.txt', 1);
const foreign = read('foreign.txt', 2);

test.each([
  ['resign', true, 'often seen'],
  ['wars', true, 'seen in more than one comment'],
  ['zyxxy', true, 'however odd'],
  ['quoting', false, 'seen in one comment only'],
  ['a', false, 'one letter'],
  ['un', false, 'two letters need more'],
  ['die', true, 'though German has it more often'],
  ['und', false, 'German'],
])('%s is a word of English: %s (%s)', (word, expected) => {
  expect(english.has(word)).toBe(expected);
});

test.each([
  ['resign', true],
  ['minister', false],
  ['die', false],
])('%s speaks for English: %s', (word, expected) => {
  expect(Number(english.get(word)) > 0).toBe(expected);
});

test.each([
  ['und', '-8 de'],
  ['ministre', '-8 fr'],
  ['die', undefined],
])('%s among foreign words: %s', (word, expected) => {
  expect(foreign.get(word)).toBe(expected);
});

test('spelling is told by trigrams', () => {
  const trigrams = read('trigrams.txt', 1);
  expect(Number(trigrams.get('_zy'))).toBeGreaterThan(0);
  expect(Number(trigrams.get('_zu'))).toBeLessThan(0);
});

test('the same corpus in another order gives the same bytes', () => {
  const reversed = {
    english: CORPUS.english.toReversed(),
    others: new Map([...CORPUS.others].reverse()),
  };
  expect(buildLexicon(reversed)).toEqual(files);
});
