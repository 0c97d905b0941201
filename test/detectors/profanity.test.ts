import { OptionError } from '../../src/detectors/detector.js';
import { DETECTORS } from '../../src/detectors/index.js';
import { profanity } from '../../src/detectors/profanity.js';
import { mistakesOf } from '../guidelines/rules-folder.js';
import { namedBy, prepared } from './prepared.js';

const words = (count: number, first: string) => Array.from({ length: count }, (_, i) => `${first}${i}`);

describe('compounds', () => {
  test.each<[text: string, named: string[], why: string]>([
    ['What a goosehead.', ['goosehead'], 'a first part with a last one'],
    ['Two gooseheads and a duckshow.', ['gooseheads', 'duckshow'], 'each with each, and plurals'],
    ['The head of the goose.', [], 'not the parts by themselves'],
  ])('in %j find %j: %s', (text, named) => {
    const lists = new Map([['last', ['head', 'show']]]);
    const detect = prepared(profanity, { compounds: [{ of: ['goose', 'duck'], with: ['{last}'] }] }, lists);
    expect(namedBy(detect(text), text)).toEqual(named);
  });

  const prepare = (compounds: { of: string[]; with: string[] }[]) =>
    profanity.prepare(profanity.options.parse({ compounds }), new Map());

  test('may stand for 200,000 words in all', () => {
    const half = { of: words(100, 'a'), with: words(1000, 'b') };
    expect(prepare([half, { ...half, with: words(1000, 'c') }]).phrases?.length).toBeGreaterThan(200_000);
    expect(() => prepare([half, half, { of: ['d'], with: ['e'] }])).toThrow(
      expect.objectContaining({ name: OptionError.name, path: ['compounds', 2] }),
    );
  });

  test('of two long lists are refused before any is made: so many fit into no memory', () => {
    const told = mistakesOf(
      {
        'abuse.yaml': [
          'id: abuse',
          'guideline: Comments cannot be abusive.',
          'message: Please be kind.',
          'action: reject',
          'lists: { first: { file: firsts.txt }, last: { file: lasts.txt } }',
          'when:',
          '  - detector: profanity',
          '    compounds:',
          '      - { of: ["{first}"], with: ["{last}"] }',
        ].join('\n'),
        'firsts.txt': words(20_000, 'a').join('\n'),
        'lasts.txt': words(20_000, 'b').join('\n'),
      },
      DETECTORS,
    );
    expect(told).toEqual([
      'abuse.yaml:9:9: with 20000 first parts and 20000 last parts, compounds stand for more than 200000 words; use shorter lists',
    ]);
  });
});
