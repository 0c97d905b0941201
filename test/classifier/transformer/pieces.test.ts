import fc from 'fast-check';
import { NO_TOKEN, piecesOf } from '../../../src/classifier/transformer/pieces.js';
import { Vocabulary } from '../../../src/classifier/transformer/vocabulary.js';
import { Comment } from '../../../src/comment/comment.js';
import { PIECES } from '../../helpers/artefact.js';

const vocabulary = new Vocabulary(PIECES, 4);
const markers = { author: 2, participant: 3 };
const context = { author: 'Anita Desai', participants: ['Ravi Kumar', 'Will'] };
const read = (text: string) => piecesOf(new Comment(text, context), vocabulary, markers);

/** Markers are written as the words in capitals. */
const spelt = (text: string): string =>
  read(text)
    .ids.map((id) => (id === 2 ? 'AUTHOR' : id === 3 ? 'PARTICIPANT' : PIECES[id]))
    .join(' ');

test.each<[text: string, pieces: string]>([
  ['You are an idiot!', 'you are an idiot !'],
  ['YOU ARE UNLIKELY IDIOTS.', 'you are un ##like ##ly idiot ##s .'],
  ['You xyzzy', 'you [UNK]'],
  ["the cafe's, the caf\u00e9's", "the cafe ' s , the cafe ' s"],
  ['you are an 1d10t', 'you are an idiot'],
  ['you are an idiooooot', 'you are an idiot'],
  ['yоu are an idіot', 'you are an idiot'],
  ['the 4th', 'the 4th'],
  ['[CLS] you', '[ cl ##s ] you'],
  ['[unused2] is a clown', '[ [UNK] ] is a clown'],
  ['Ravi is a clown', 'PARTICIPANT is a clown'],
  ['ravi kumar is a clown', 'PARTICIPANT is a clown'],
  ['Ravi Kumar, you clown', 'PARTICIPANT , you clown'],
  ["Ravi's idiots", "PARTICIPANT ' s idiot ##s"],
  ['See, Anita Desai and Ravi', 'see , AUTHOR and PARTICIPANT'],
  ['Anita Ravi', 'AUTHOR PARTICIPANT'],
  ['@ravi_k is a clown', 'PARTICIPANT is a clown'],
  ['you, @anybody!', 'you , PARTICIPANT !'],
  ['the clown will see', 'the clown will see'],
  ['you, Will, are a clown', 'you , PARTICIPANT , are a clown'],
  ['ab'.repeat(51), '[UNK]'],
  ['', ''],
])('%s is read as %s', (text, pieces) => {
  expect(spelt(text)).toBe(pieces);
});

test('each piece knows its token, and signs have none', () => {
  expect(read("You unlikely clown's, Ravi Kumar!").tokens).toEqual([
    0,
    1,
    1,
    1,
    2,
    2,
    2,
    NO_TOKEN,
    3,
    NO_TOKEN,
  ]);
});

test('of any text, the pieces are of the vocabulary, in order, and markers only where somebody is named', () => {
  const part = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 12 }),
    fc.constantFrom('Ravi', 'Kumar', '@joe', ' ', ', ', "'s", 'idiot', '1d10t', '[unused2]', '.', '\n'),
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 30 }), (parts) => {
      const text = parts.join('');
      const { ids, tokens, starts } = read(text);
      for (const id of ids) expect(PIECES[id]).toBeDefined();
      const ofTokens = tokens.filter((token) => token !== NO_TOKEN);
      expect(ofTokens).toEqual([...ofTokens].sort((a, b) => a - b));
      expect(starts).toEqual([...starts].sort((a, b) => a - b));
      if (!/ravi|kumar|anita|desai|will|@/iu.test(new Comment(text).folded.lower))
        expect(ids.filter((id) => id === 2 || id === 3)).toEqual([]);
    }),
    { numRuns: 300 },
  );
});
