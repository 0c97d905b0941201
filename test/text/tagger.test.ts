import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { splitSentences } from '../../src/text/sentences.js';
import { canBeVerb, isKnownWord, tagSentences } from '../../src/text/tagger.js';
import { anyText } from '../detectors/prepared.js';
import { steepTexts } from '../helpers/growth.js';

/** The text's sentences, as written. */
function sentencesOf(text: string): string[] {
  return tagSentences(text).map(({ start, end }) => text.slice(start, end));
}

describe('sentences', () => {
  test.each<[text: string, sentences: string[], why: string]>([
    ['I agree. You do not.', ['I agree.', 'You do not.'], 'full stops'],
    ['i agree. you do not', ['i agree.', 'you do not'], 'without capitals'],
    ['Why?! Because!!!', ['Why?!', 'Because!!!'], 'several marks are one'],
    ['The end.Next one.', ['The end.', 'Next one.'], 'a forgotten space'],
    ['Go to example.com now.', ['Go to example.com now.'], 'a full stop within a name'],
    ['Mr. Putin met Dr. R. K. Sharma.', ['Mr. Putin met Dr. R. K. Sharma.'], 'titles and initials'],
    [
      'He lives in the U.S. He is fine.',
      ['He lives in the U.S.', 'He is fine.'],
      'an abbreviation that ends one',
    ],
    ['The U.S. President came.', ['The U.S. President came.'], 'one that does not'],
    ['Salt, oil etc. are dear.', ['Salt, oil etc. are dear.'], 'etc. before a small letter'],
    ['He paid Rs. 500 for No. 5.', ['He paid Rs. 500 for No. 5.'], 'abbreviations before numbers'],
    ['I sat. He is ill. No.', ['I sat.', 'He is ill.', 'No.'], 'words that could be abbreviations'],
    ['It costs 3.5 crore.', ['It costs 3.5 crore.'], 'a decimal point'],
    ['I think... maybe not.', ['I think... maybe not.'], 'dots before a small letter'],
    ['I think so... Maybe not.', ['I think so...', 'Maybe not.'], 'dots before a capital'],
    ['"Why?" he asked.', ['"Why?" he asked.'], 'a quotation within'],
    ['He said "no." Then he left.', ['He said "no."', 'Then he left.'], 'the closing mark belongs to it'],
    ['It is so (really!) bad.', ['It is so (really!) bad.'], 'in brackets'],
    ['One line\nAnother line', ['One line', 'Another line'], 'a line break before a capital'],
    ['one line\n\nanother', ['one line', 'another'], 'a blank line'],
    ['a line that goes\non', ['a line that goes\non'], 'a line break within'],
    [
      'A long line that a mail program has broken off before a name like\nModi and goes on',
      ['A long line that a mail program has broken off before a name like\nModi and goes on'],
      'a wrapped line',
    ],
    [' \n ', [], 'nothing'],
  ])('%j', (text, sentences) => {
    expect(sentencesOf(text)).toEqual(sentences);
  });
});

describe('parts of speech', () => {
  test.each<[text: string, tagged: string, why: string]>([
    ['Modi is the best.', 'Modi/PROPN is/AUX the/DET best/NOUN ./PUNCT', 'a name no lexicon has'],
    ["Don't worry", "Do/AUX n't/PART worry/VERB", 'a contraction is two words'],
    [
      "John's dog, it's gone",
      "John/PROPN 's/PART dog/NOUN ,/PUNCT it/PRON 's/AUX gone/VERB",
      "both kinds of 's",
    ],
    [
      'thats all im saying',
      'that/PRON s/AUX all/DET i/PRON m/AUX saying/VERB',
      'contractions without apostrophe',
    ],
    ['u r right', 'u/PRON r/AUX right/VERB', 'text speak'],
    ['SHUT UP', 'SHUT/VERB UP/ADP', 'capitals'],
    ['It zorbled!!', 'It/PRON zorbled/VERB !!/PUNCT', 'an unknown word by its ending'],
    ['See http://x.org/a #tag', 'See/VERB http://x.org/a/PROPN #tag/PROPN', 'addresses are names'],
  ])('%s', (text, tagged) => {
    const words = tagSentences(text).flatMap((sentence) => sentence.words);
    expect(words.map((word) => `${word.text}/${word.tag}`).join(' ')).toBe(tagged);
  });
});

describe('a word of more than 100 letters', () => {
  test.each<[letters: number, ending: string, tag: string]>([
    [50, 'ing', 'VERB'],
    [97, 'ing', 'VERB'],
    [98, 'ing', 'NOUN'],
    [10_000, "ing'll", 'NOUN'],
  ])('%i letters and -%s', (letters, ending, tag) => {
    const [sentence] = tagSentences(`${'a'.repeat(letters)}${ending}`);
    expect(sentence?.words.map((word) => word.tag)).toEqual([tag]);
  });
});

describe('for any text', () => {
  test('words stand where their offsets say, in order, with only white space left out', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        let at = 0;
        for (const { words, start, end } of tagSentences(text)) {
          expect(words[0]?.start).toBe(start);
          expect(words.at(-1)?.end).toBe(end);
          for (const word of words) {
            expect(text.slice(at, word.start)).toMatch(/^\s*$/);
            expect(text.slice(word.start, word.end)).toBe(word.text);
            expect(word.text).not.toBe('');
            at = word.end;
          }
        }
        expect(text.slice(at)).toMatch(/^\s*$/);
      }),
      { numRuns: 500 },
    );
  });

  test('as many sentences are tagged as are split', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(tagSentences(text)).toHaveLength(splitSentences(text).length);
      }),
    );
  });
});

test('time grows in proportion to the text, whatever it holds', () => {
  expect(steepTexts(tagSentences)).toEqual([]);
});

test('unknown words leave nothing behind: wink-nlp itself would keep some 10 MB of these', () => {
  const tagUnknown = (seed: number) => {
    for (let i = 0; i < 100; i++) {
      tagSentences(
        Array.from({ length: 1000 }, (_, j) => `zx${seed}q${(i * 1000 + j).toString(36)}`).join(' '),
      );
    }
  };
  tagUnknown(0);
  const before = usedMemory();
  tagUnknown(1);
  expect(usedMemory() - before).toBeLessThan(4e6);
});

/** In bytes, after what nobody refers to is collected. */
function usedMemory(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  return process.memoryUsage().heapUsed;
}

test.each<[word: string, expected: boolean]>([
  ['ban', true],
  ['Vote', true],
  ['nonsense', false],
  ['zxqvorp', false],
])('%s may be a verb: %s', (word, expected) => {
  expect(canBeVerb(word)).toBe(expected);
});

test.each<[word: string, expected: boolean]>([
  ['nonsense', true],
  ['NONSENSE', true],
  ["don't", true],
  ['zxqvorp', false],
])('%s is known: %s', (word, expected) => {
  expect(isKnownWord(word)).toBe(expected);
});
