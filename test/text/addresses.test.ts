import fc from 'fast-check';
import { type AddressKind, findAddresses, findLinks } from '../../src/text/addresses.js';
import { fold } from '../../src/text/fold.js';
import { anyText } from '../detectors/prepared.js';

/** What is found in a text: its kind and how it is written. */
function found(text: string, find: (text: string) => ReturnType<typeof findAddresses>) {
  return find(text).map(({ kind, start, end }) => [kind, text.slice(start, end)]);
}

describe('addresses', () => {
  test.each<[text: string, addresses: [kind: AddressKind, written: string][], why: string]>([
    ['See http://x.org/a, please.', [['link', 'http://x.org/a']], 'with a scheme'],
    ['See HTTPS://X.ORG/a', [['link', 'HTTPS://X.ORG/a']], 'in capitals'],
    ['See www.x.org.', [['link', 'www.x.org']], 'from www. on'],
    [
      'See x.org/a or y.co.in.',
      [
        ['link', 'x.org/a'],
        ['link', 'y.co.in'],
      ],
      'bare',
    ],
    ['[here](http://x.org/a)', [['link', 'http://x.org/a']], 'in brackets'],
    ['Write to me@x.org', [['email', 'me@x.org']], 'an e-mail address'],
    ['@Ravi_K says so', [['handle', '@Ravi_K']], 'a handle'],
    ['"@Ravi: no"', [['handle', '@Ravi']], 'a handle in quotation marks'],
    ['@one@two so', [['handle', '@one@two']], 'handles written together'],
    [
      'Vote! #Tcot #GOP',
      [
        ['hashtag', '#Tcot'],
        ['hashtag', '#GOP'],
      ],
      'hashtags',
    ],
    ['http://x.org/#top', [['link', 'http://x.org/#top']], 'a sign within a link'],
    ['x dot com', [], 'spelled out: words'],
    ['I agree.in part', [], 'a slip of the pen'],
    ['report.pdf and Node.js', [], 'names of files and programs'],
    ['p@ssword, C# and 5 @ 3', [], 'signs in and beside words'],
    ['', [], 'nothing'],
  ])('%s: %j (%s)', (text, addresses) => {
    expect(found(text, findAddresses)).toEqual(addresses);
  });
});

test('links that are spelled out are found where links are asked for', () => {
  const text = 'See x dot com or (me@x.org).';
  expect(found(text, findLinks)).toEqual([
    ['spelled-link', 'x dot com'],
    ['email', 'me@x.org'],
  ]);
});

test('addresses of any text are in order, within it, and apart', () => {
  fc.assert(
    fc.property(anyText, (source) => {
      const { text } = fold(source);
      let at = 0;
      for (const { start, end } of findAddresses(text)) {
        expect(start).toBeGreaterThanOrEqual(at);
        expect(end).toBeGreaterThan(start);
        at = end;
      }
      expect(at).toBeLessThanOrEqual(text.length);
    }),
    { numRuns: 500 },
  );
});
