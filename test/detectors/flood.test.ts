import { readLinear } from '../../src/classifier/linear/linear.js';
import { Comment } from '../../src/comment/comment.js';
import type { Repeats } from '../../src/comment/repeats.js';
import { UNCOUNTED } from '../../src/detectors/detector.js';
import { flood } from '../../src/detectors/flood.js';
import { FIRES } from './prepared.js';

const TEXT = 'Vote for the river, vote for the dam.';

function detect(repeats: Repeats | undefined, options: object = {}, text = TEXT) {
  const ready = flood.prepare(flood.options.parse(options), new Map());
  const comment = new Comment(text, { repeats });
  return ready.detect(comment, [], readLinear(comment), UNCOUNTED);
}

/** So many postings, each a second further back. */
const ages = (many: number, from = 1) => Array.from({ length: many }, (_, i) => from + i);

test.each<[why: string, repeats: Repeats | undefined, options: object, text: string, fires: boolean]>([
  ['the first time', { bySame: [], byOthers: [] }, {}, TEXT, false],
  ['the second time by one user', { bySame: [3], byOthers: [] }, {}, TEXT, true],
  ['the second time, ten minutes later', { bySame: [600], byOthers: [] }, {}, TEXT, false],
  ['the second time, just before', { bySame: [599.9], byOthers: [] }, {}, TEXT, true],
  ['the second time of a short text', { bySame: [3], byOthers: [] }, {}, 'Well said, brother.', false],
  ['a short text that counts', { bySame: [3], byOthers: [] }, { words: 3 }, 'Well said, brother.', true],
  ['the second of three times', { bySame: [3], byOthers: [] }, { 'same-user': 3 }, TEXT, false],
  ['the third of three times', { bySame: [3, 4], byOthers: [] }, { 'same-user': 3 }, TEXT, true],
  ['the ninth user', { bySame: [], byOthers: ages(8) }, {}, TEXT, false],
  ['the tenth user', { bySame: [], byOthers: ages(9) }, {}, TEXT, true],
  ['the tenth user in an hour', { bySame: [], byOthers: ages(9, 595) }, {}, TEXT, false],
  [
    'the tenth user in the hour that is asked',
    { bySame: [], byOthers: ages(9, 595) },
    { within: '1h' },
    TEXT,
    true,
  ],
  ['nobody has counted', undefined, {}, TEXT, false],
])('%s', (_, repeats, options, text, fires) => {
  expect(detect(repeats, options, text).score >= FIRES).toBe(fires);
});

test.each<[repeats: Repeats, note: string]>([
  [{ bySame: [3, 9], byOthers: [] }, 'the same text 3 times by this user within 600 s'],
  [{ bySame: [], byOthers: ages(11) }, 'the same text by 12 users within 600 s'],
  [
    { bySame: [1], byOthers: ages(100) },
    'the same text 2 times by this user, by 101 or more users within 600 s',
  ],
])('tells the moderator: %j', (repeats, note) => {
  expect(detect(repeats)).toMatchObject({ note, spans: [{ start: 0, end: TEXT.length }] });
});

test('the more, the surer', () => {
  const scores = [0, 1, 3, 9].map((many) => detect({ bySame: ages(many), byOthers: [] }).score);
  expect(scores).toEqual([0, 0.5, 0.75, 0.9]);
});

test('tells how far back it asks', () => {
  expect(flood.prepare(flood.options.parse({ within: '1h' }), new Map()).recall).toBe(3600);
  expect(() => flood.prepare(flood.options.parse({ within: '2d' }), new Map())).toThrow('write 1d or less');
});
