import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { CommentFileError, readCommentFiles, sizeOf } from '../../src/wire/comment-files.js';
import { readDecided } from '../../src/wire/comment-row.js';
import { readTable, type TableRow } from '../../src/wire/table.js';

const folder = mkdtempSync(join(tmpdir(), 'stet-files-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string | Uint8Array): string {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
}

/** What files hold: for each row its line with the comment, or with what is wrong. */
async function read(...paths: string[]): Promise<(readonly [line: number, held: unknown])[]> {
  const found = [];
  for await (const { rows } of readCommentFiles(paths, () => {})) {
    for (const row of rows) {
      const decided = readDecided(row);
      found.push([row.line, decided.ok ? decided.comment : decided.mistake] as const);
    }
  }
  return found;
}

const comment = (text: string, also: object = {}) => expect.objectContaining({ text, ...also });
const LONG = 'x'.repeat(100_001);
const HUGE = 'x'.repeat(700_000);

describe('a table of comments', () => {
  test.each<{ why: string; table: string | Uint8Array; held: (readonly [number, unknown])[] }>([
    {
      why: 'every column there is',
      table:
        'id,text,decision,author,url,participants,parent\nc-1,You fool.,reject,N. Ram,https://news.example/a,Ravi K.| Meena |,I agree.\n',
      held: [
        [
          2,
          {
            id: 'c-1',
            text: 'You fool.',
            decision: 'reject',
            context: {
              url: 'https://news.example/a',
              author: 'N. Ram',
              participants: ['Ravi K.', 'Meena'],
              parent: 'I agree.',
            },
          },
        ],
      ],
    },
    { why: 'text alone', table: 'text\nHello\n', held: [[2, { text: 'Hello', context: {} }]] },
    { why: 'no line end at its end', table: 'text\nHello', held: [[2, comment('Hello')]] },
    { why: 'a header alone', table: 'id,text', held: [] },
    { why: 'columns of other names', table: 'score,text,x\n5,Hello,y\n', held: [[2, comment('Hello')]] },
    { why: 'names in capitals', table: 'ID, Text\n5,Hello\n', held: [[2, comment('Hello', { id: '5' })]] },
    {
      why: 'quotation marks and separators within quotation marks',
      table: 'id,text\n1,"He said ""no"", and left"\n2,"a, b"\n',
      held: [
        [2, comment('He said "no", and left')],
        [3, comment('a, b')],
      ],
    },
    {
      why: 'line breaks within quotation marks: rows are named by the line they start in',
      table: 'id,text\r\n1,"One\r\n\r\ntwo"\r\n2,three\r\n',
      held: [
        [2, comment('One\r\n\r\ntwo')],
        [5, comment('three')],
      ],
    },
    {
      why: 'a line break within quotation marks in the header',
      table: '"the\nid",text\n1,Hello\n',
      held: [[3, comment('Hello')]],
    },
    {
      why: 'blank lines',
      table: 'text\n\nHello\n\r\nthere\n',
      held: [
        [3, comment('Hello')],
        [5, comment('there')],
      ],
    },
    {
      why: 'a byte order mark',
      table: '\ufefftext,id\nHello,1\n',
      held: [[2, comment('Hello', { id: '1' })]],
    },
    {
      why: 'a byte order mark before a quotation mark',
      table: '\ufeff"text";"id"\n"a;b";1\n',
      held: [[2, comment('a;b')]],
    },
    { why: 'semicolons', table: 'id;text\n1;Hello, you\n', held: [[2, comment('Hello, you', { id: '1' })]] },
    { why: 'tabs', table: 'id\ttext\n1\tHello, you\n', held: [[2, comment('Hello, you', { id: '1' })]] },
    {
      why: 'a semicolon in a name of a table with commas',
      table: 'a;b,text\n1,Hello\n',
      held: [[2, comment('Hello')]],
    },
    {
      why: 'quotation marks outside of a quoted value, which stand for themselves',
      table: 'id,text\n1,He said "no"\n2,"no" he said\n3,fine\n',
      held: [
        [2, comment('He said "no"')],
        [3, comment('"no" he said')],
        [4, comment('fine')],
      ],
    },
    {
      why: 'columns without a name that spreadsheets add',
      table: 'id,text\n1,Hello,,\n',
      held: [[2, comment('Hello')]],
    },
    { why: 'spaces around a text are part of it', table: 'text\n" Hi "\n', held: [[2, comment(' Hi ')]] },
    {
      why: 'decisions in capitals or left out',
      table: 'text,decision\na,Approve\nb,\nc,maybe\n',
      held: [
        [2, comment('a', { decision: 'approve' })],
        [3, comment('b')],
        [4, 'column decision must be "approve" or "reject"; got a string of 5 characters'],
      ],
    },

    // Rows that cannot be read. The rest goes on.
    {
      why: 'a blank text',
      table: 'id,text\n1,\n2,"  "\n3,fine\n',
      held: [
        [2, 'column text must be a string of 1 to 100000 characters; got nothing'],
        [
          3,
          'column text must have at least one visible character; got only white space and invisible characters',
        ],
        [4, comment('fine')],
      ],
    },
    {
      why: 'too many and too few columns',
      table: 'id,text\n1,a, b\n2\n3,fine\n',
      held: [
        [
          2,
          'the row has 3 columns and the header 2; a text with a , or a line break in it must stand in quotation marks',
        ],
        [
          3,
          'the row has 1 column and the header 2; a text with a , or a line break in it must stand in quotation marks',
        ],
        [4, comment('fine')],
      ],
    },
    {
      why: 'a text and a row that are too long',
      table: `text\n${LONG}\n"${HUGE}"\nfine\n`,
      held: [
        [2, 'column text must be a string of 1 to 100000 characters; got a string of 100001 characters'],
        [3, expect.stringMatching(/^the row is over \d+ bytes$/)],
        [4, comment('fine')],
      ],
    },
    {
      why: 'a row of another encoding',
      table: Buffer.concat([
        Buffer.from('text\n'),
        Buffer.from('na\u00efve\n', 'latin1'),
        Buffer.from('fine\n'),
      ]),
      held: [
        [2, 'the row is not UTF-8; export the table as "CSV UTF-8"'],
        [3, comment('fine')],
      ],
    },
    {
      why: 'too many participants',
      table: `text,participants\nHello,${'a|'.repeat(101)}\n`,
      held: [[2, 'column participants must be an array of at most 100 names; got an array of 101']],
    },

    // What ends a table.
    {
      why: 'a quotation mark that is never closed',
      table: 'id,text\n1,fine\n2,"open\n3,lost\n',
      held: [
        [2, comment('fine')],
        [3, 'a quotation mark that opens in this row is not closed; the rest of the file is not read'],
      ],
    },
    {
      why: 'a quotation mark that is not closed in 5 MB',
      table: `id,text\n1,fine\n2,"open\n${'3,lost\n'.repeat(800_000)}`,
      held: [
        [2, comment('fine')],
        [
          3,
          'a quotation mark that opens in this row is not closed within 4194304 bytes; the rest of the file is not read',
        ],
      ],
    },
    {
      why: 'no column of texts',
      table: 'id;comment\n1;a\n',
      held: [[1, 'the header has no column "text"; it has id, comment']],
    },
    { why: 'nothing', table: '', held: [[1, 'the header has no column "text"; it is blank']] },
    {
      why: 'a header of another encoding',
      table: Buffer.from('\ufefftext\nHello\n', 'utf16le'),
      held: [[1, 'the header is not UTF-8; export the table as "CSV UTF-8"']],
    },
    {
      why: 'a header without an end',
      table: HUGE,
      held: [[1, expect.stringMatching(/^the header is over \d+ bytes/)]],
    },
  ])('with $why', async ({ table, held }) => {
    expect(await read(file('comments.csv', table))).toEqual(held);
    expect(await read(file('comments.CSV.gz', gzipSync(table)))).toEqual(held);
  });

  test('how a stream is cut into pieces changes nothing', async () => {
    const table = Buffer.from('\ufeffid;text\r\n1;"naïve\r\n""x"""\r\n\r\n2;b\r\n3\r\n4;"d');
    const rowsOf = async (pieces: readonly Uint8Array[]) => {
      async function* chunks() {
        yield* pieces;
      }
      const format = { separators: [',', ';'], column: 'text', longest: 1000 };
      const rows: TableRow[] = [];
      for await (const group of readTable(chunks(), format)) rows.push(...group);
      return rows;
    };
    const whole = await rowsOf([table]);
    expect(whole.map(({ line }) => line)).toEqual([2, 5, 6, 7]);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(table.length)), async (cuts) => {
        const ends = [...new Set([0, ...cuts, table.length])].sort((a, b) => a - b);
        expect(await rowsOf(ends.slice(1).map((end, i) => table.subarray(ends[i], end)))).toEqual(whole);
      }),
      { numRuns: 50 },
    );
  });
});

test('files of both kinds are read one after the other', async () => {
  const paths = [
    file('a.ndjson', '{"text": "a"}\nnope\n'),
    file('b.csv', 'text\nb\n'),
    file('c.ndjson.gz', gzipSync('{"text": "c", "decision": "approve"}\n')),
  ];
  expect(await read(...paths)).toEqual([
    [1, comment('a')],
    [2, 'not JSON: line 1, column 1: expected a value; got n'],
    [2, comment('b')],
    [1, comment('c', { decision: 'approve' })],
  ]);
});

test('of much that is wrong with a line, 20 fields are told and the others counted', async () => {
  const participants = Array.from({ length: 100 }, () => 1);
  const [[, mistake] = []] = await read(
    file('bad.ndjson', `${JSON.stringify({ text: 'a', context: { participants } })}\n`),
  );
  const told = String(mistake).split('; ');
  expect(told.filter((part) => part.startsWith('/context/participants/'))).toHaveLength(20);
  expect(told.at(-1)).toBe('and 80 more');
});

test('of an archive that is cut off what there is, and where it ends', async () => {
  const whole = gzipSync(
    `text\n${Array.from({ length: 2000 }, (_, i) => `comment ${i * 7919}`).join('\n')}\n`,
  );
  const rows = await read(file('cut.csv.gz', whole.subarray(0, whole.length - 50)));
  expect(rows.length).toBeGreaterThan(100);
  const [last] = rows.slice(-1);
  expect(last).toEqual([rows.length + 1, expect.stringMatching(/^from here on the archive is broken: /)]);
});

test.each<[what: string, path: string, message: RegExp]>([
  ['is not there', join(folder, 'nowhere.csv'), /nowhere\.csv is not there$/],
  ['is a folder', folder, / is a folder$/],
])('a file that %s is an error that names it', async (_, path, message) => {
  expect(() => sizeOf([path])).toThrow(CommentFileError);
  expect(() => sizeOf([path])).toThrow(message);
  await expect(read(path)).rejects.toThrow(CommentFileError);
});
