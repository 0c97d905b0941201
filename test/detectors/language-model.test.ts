import fc from 'fast-check';
import {
  foreignLogOdds,
  readLanguageModel,
  writeLanguageModel,
} from '../../src/detectors/language/letter-model.js';
import { BUCKETS, letterRuns } from '../../src/detectors/language/letter-runs.js';

describe('letters speak', () => {
  test.each([
    ['against English', 'unverbindliche preisempfehlungen', 'German'],
    ['against English', 'incompatibilidades administrativas', 'Spanish'],
    ['against English', 'samajhdaar aadmiyon', 'Hindi in Latin letters'],
    ['against English', 'niepodległościowy', 'Polish'],
    ['for English', 'withstanding wholehearted thoughtlessness', 'rare words'],
    ['for English', 'the goverment shuold have knwon better', 'typing errors'],
    ['for English', 'bro thats whack', 'chat'],
  ])('%s: %s (%s)', (side, text) => {
    expect(foreignLogOdds(text.split(' ')) > 0 ? 'against English' : 'for English').toBe(side);
  });
});

describe('letterRuns', () => {
  test.each([
    [['a'], 3, '_a, _a_ and a_'],
    [['ab'], 6, '_a, _ab, _ab_, ab, ab_ and b_'],
    [['ab', 'ab'], 6, 'each once'],
    [[''], 1, 'the edges of a word only'],
    [[], 0, 'no word'],
  ])('%o has %d (%s)', (words, count) => {
    expect(letterRuns(words)).toHaveLength(count);
  });

  test('are distinct buckets, however long a text is', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' })), (words) => {
        const buckets = letterRuns(words);
        expect(new Set(buckets).size).toBe(buckets.length);
        for (const bucket of buckets) expect(bucket >= 0 && bucket < BUCKETS).toBe(true);
      }),
    );
    expect(letterRuns(['x'.repeat(100_000)]).length).toBeLessThan(20);
    expect(letterRuns(Array.from({ length: 10_000 }, (_, i) => i.toString(36))).length).toBeLessThan(3_000);
  });
});

describe('the file', () => {
  const model = {
    weights: Int8Array.from({ length: BUCKETS }, (_, i) => (i % 255) - 127),
    unit: 0.25,
    bias: -1.5,
  };
  const file = writeLanguageModel(model);

  test('reads as it was written', () => {
    expect(readLanguageModel(file)).toEqual(model);
  });

  test.each([
    ['empty', Buffer.from('')],
    ['cut', file.subarray(0, -1)],
    ['longer', Buffer.concat([file, Buffer.from([1])])],
    [
      'of another format',
      Buffer.from(file.toString('latin1').replace('stet-language-1', 'stet-other'), 'latin1'),
    ],
  ])('is refused when %s', (_, broken) => {
    expect(() => readLanguageModel(broken)).toThrow();
  });
});
