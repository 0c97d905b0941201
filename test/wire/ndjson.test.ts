import fc from 'fast-check';
import { splitLines } from '../../src/wire/ndjson.js';

/** The lines of a text that comes in pieces: number and text, or `too long`. */
async function lines(pieces: readonly string[], limit = 10): Promise<string[]> {
  async function* chunks() {
    for (const piece of pieces) yield Buffer.from(piece);
  }
  const found: string[] = [];
  for await (const group of splitLines(chunks(), limit)) {
    expect(group.length).toBeGreaterThan(0);
    for (const { number, bytes } of group) {
      found.push(`${number}: ${bytes ? Buffer.from(bytes).toString() : 'too long'}`);
    }
  }
  return found;
}

test.each([
  { pieces: ['a\nb\n'], found: ['1: a', '2: b'], why: 'two lines' },
  { pieces: ['a\nb'], found: ['1: a', '2: b'], why: 'the last needs no line end' },
  { pieces: ['a\r\nb\r\n'], found: ['1: a\r', '2: b\r'], why: 'a carriage return is white space to JSON' },
  { pieces: [], found: [], why: 'nothing' },
  { pieces: ['\n\n'], found: [], why: 'blank lines' },
  { pieces: ['a\n\n \t\r\nb'], found: ['1: a', '4: b'], why: 'blank lines are counted' },
  { pieces: ['a', 'b', '\n', 'c'], found: ['1: ab', '2: c'], why: 'pieces' },
  { pieces: ['1234567890\nb'], found: ['1: 1234567890', '2: b'], why: 'as long as may be' },
  { pieces: ['12345678901\nb'], found: ['1: too long', '2: b'], why: 'too long' },
  { pieces: ['12345', '678901', '2345', '\nb'], found: ['1: too long', '2: b'], why: 'too long in pieces' },
  { pieces: ['b\n12345678901'], found: ['1: b', '2: too long'], why: 'too long at the end' },
  { pieces: ['           \nb'], found: ['1: too long', '2: b'], why: 'blank, but too long to know' },
])('$why', async ({ pieces, found }) => {
  expect(await lines(pieces)).toEqual(found);
});

test('how a stream is cut into pieces changes nothing', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.string({ unit: fc.constantFrom('a', '\n', ' ', 'é', '\r') })),
      async (pieces) => {
        expect(await lines(pieces)).toEqual(await lines([pieces.join('')]));
      },
    ),
  );
});
