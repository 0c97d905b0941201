import { openEncoder } from '../../../src/classifier/transformer/index.js';
import { Comment } from '../../../src/comment/comment.js';
import { PIECES, plantArtefact } from '../../helpers/artefact.js';

const encoder = await openEncoder(await plantArtefact());
const idOf = (piece: string): number => PIECES.indexOf(piece);

/** A sentence of so many pieces. */
const sentence = (length: number): string => `You ${'are '.repeat(length - 2).trim()}.`;

test.each<[what: string, text: string, lengths: number[], read: number]>([
  ['an empty comment', '', [0], 1],
  ['a short one', 'You are an idiot.', [5], 1],
  ['one that just fits', sentence(126), [126], 1],
  ['two sentences that fit together', `${sentence(60)} ${sentence(60)}`, [120], 1],
  ['two that do not', `${sentence(100)} ${sentence(60)}`, [100, 60], 1],
  ['a sentence that is too long', sentence(300), [126, 126, 48], 1],
  ['a long sentence among short ones', `${sentence(50)} ${sentence(130)} ${sentence(20)}`, [50, 126, 24], 1],
  ['more than are read', `${sentence(100)} `.repeat(16), Array.from({ length: 8 }, () => 100), 0.5],
])('%s is read in windows of whole sentences', (_, text, lengths, read) => {
  const prepared = encoder.prepare(new Comment(text));
  expect(prepared.windows.map(({ ids }) => ids.length - 2)).toEqual(lengths);
  expect(prepared.read).toBe(read);
  for (const { ids } of prepared.windows) {
    expect(ids.at(0)).toBe(idOf('[CLS]'));
    expect(ids.at(-1)).toBe(idOf('[SEP]'));
  }
});

test('of many windows the first is read, and those that sound worst, in the order of the text', () => {
  const fair = `The cafe is a strasse${' and the cafe'.repeat(40)}.`;
  const foul = `You are an idiot${' and you are an idiot'.repeat(24)}.`;
  const text = Array.from({ length: 20 }, (_, i) => (i % 3 === 2 ? foul : fair)).join(' ');
  const { windows } = encoder.prepare(new Comment(text));
  const isFoul = windows.map(({ ids }) => ids.includes(idOf('idiot')));
  expect(isFoul[0]).toBe(false);
  expect(isFoul.filter(Boolean)).toHaveLength(6);
});
