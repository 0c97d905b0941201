import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type CommandOptions, stet } from '../helpers/stet.js';

const folder = mkdtempSync(join(tmpdir(), 'stet-replay-'));
afterAll(() => rmSync(folder, { recursive: true }));

function replay(args: readonly string[], options: CommandOptions = {}) {
  return stet(['replay', ...args], { cwd: folder, ...options });
}

function file(name: string, content: string | Uint8Array): string {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), content);
  return name;
}

function rule(dir: string, id: string, rest: string): void {
  file(`${dir}/${id}.yaml`, `id: ${id}\nguideline: Be kind.\nmessage: Please be kind.\n${rest}\n`);
}

/** In force: geese are rejected, ducks held. In the draft: geese held, ducks and swans rejected, hens in the shadow. */
rule('rules', 'goose', 'action: reject\nwhen: [phrases: [goose]]');
rule('rules', 'duck', 'action: review\nwhen: [phrases: [duck]]');
rule('draft', 'goose', 'action: review\nwhen: [phrases: [goose]]');
rule('draft', 'duck', 'action: reject\nwhen: [phrases: [duck]]');
rule('draft', 'swan', 'action: reject\nwhen: [phrases: [swan, black swan]]\nexamples: { reject: [A crow.] }');
rule('draft', 'hen', 'action: reject\nmode: shadow\nwhen: [phrases: [hen]]');
rule('draft', 'note', 'action: flag\nwhen: [phrases: [note]]');

const line = (text: string, also: object = {}) => `${JSON.stringify({ text, ...also })}\n`;

const COMMENTS = [
  line('A black swan, I say.', { id: 'c-1', decision: 'reject' }),
  line('You goose.', { decision: 'reject' }),
  line('You duck.', { decision: 'approve' }),
  line('Swans are fine; one swan is not.', { decision: 'approve' }),
  line('Nothing here.', { decision: 'approve' }),
  line('A hen.', { decision: 'reject' }),
  line('Take note.', { decision: null }),
  line('A swan and a duck.'),
].join('');

const BOTH = ['--rules', 'draft', '--against', 'rules'];
const comments = file('comments.ndjson', COMMENTS);

describe('stet replay', () => {
  test('tells which verdicts change by which rule, newly rejected first, with the words at fault', () => {
    const { status, stdout, stderr } = replay([comments, ...BOTH]);
    expect(stdout).toBe(
      `newly rejected by swan: 2
  comments.ndjson:1 (c-1): 1.00 sure
    A [black swan], I say.
  comments.ndjson:4: 1.00 sure
    Swans are fine; one [swan] is not.

rejected instead of held by duck: 2
  comments.ndjson:3: 1.00 sure
    You [duck].
  comments.ndjson:8: 1.00 sure; swan as well
    A swan and a [duck].

held instead of rejected by goose: 1
  comments.ndjson:2: 1.00 sure
    You [goose].

verdicts  approve  review  reject
before          5       2       1
after           3       1       4

rule           flag  review  reject   precision     recall
swan          – → 0   – → 0   – → 3   – → 50.0%  – → 33.3%
duck              0   2 → 0   0 → 2        0.0%       0.0%
goose             0   0 → 1   1 → 0      100.0%      33.3%
hen (shadow)  – → 0   – → 0   – → 1  – → 100.0%  – → 33.3%
note          – → 1   – → 0   – → 0           –   – → 0.0%

moderators approved 3 and rejected 3 of them
                                       precision                recall
before, rejected          100.0% (20.7 to 100.0)   33.3% (6.1 to 79.2)
before, rejected or held     50.0% (9.5 to 90.5)   33.3% (6.1 to 79.2)
after, rejected              33.3% (6.1 to 79.2)   33.3% (6.1 to 79.2)
after, rejected or held     50.0% (15.0 to 85.0)  66.7% (20.8 to 93.9)

8 comments judged, 5 (62.50%) get another verdict
`,
    );
    expect(stderr).toMatch(/^8 comments in \d+\.\d s, \d+ a second, \d+ MB at most$/m);
    expect(stderr).toContain('examples of the draft that do not hold: 1 of 1; stet rules test tells why');
    expect(status).toBe(0);
  });

  test('without rules to compare with, tells what the draft does', () => {
    const { status, stdout } = replay([comments, '--rules', 'draft', '--examples', '1']);
    expect(stdout).toMatch(/^rejected by duck: 2\n/);
    expect(stdout).toContain(
      'rejected by duck: 2\n  comments.ndjson:3: 1.00 sure\n    You [duck].\n  and 1 more\n\nrejected by swan: 2\n',
    );
    expect(stdout).toContain('held for review by goose: 1\n');
    expect(stdout).toContain('flagged by note: 1\n');
    expect(stdout).toMatch(/^draft +3 +1 +4$/m);
    expect(stdout).toMatch(/^8 comments judged$/m);
    expect(stdout).not.toContain('→');
    expect(status).toBe(0);
  });

  test('tells the same rules apart by nothing', () => {
    const { status, stdout } = replay([comments, '--rules', 'rules', '--against', 'rules']);
    expect(stdout).toMatch(/^no verdict changes\n/);
    expect(stdout).toMatch(/, 0 \(0\.00%\) get another verdict\n$/);
    expect(status).toBe(0);
  });

  test('prints JSON for programs', () => {
    const { stdout } = replay([comments, ...BOTH, '--json', '--examples', '1']);
    const found = JSON.parse(stdout);
    expect(found).toMatchObject({
      comments: 8,
      changed: 5,
      verdicts: { before: { approve: 5, review: 2, reject: 1 }, after: { approve: 3, review: 1, reject: 4 } },
      groups: [
        {
          from: 'approve',
          to: 'reject',
          rule: 'swan',
          count: 2,
          samples: [
            {
              file: 'comments.ndjson',
              line: 1,
              id: 'c-1',
              text: 'A black swan, I say.',
              spans: [{ start: 2, end: 12 }],
              cut: { before: false, after: false },
              score: 1,
              also: [],
            },
          ],
        },
        { from: 'review', to: 'reject', rule: 'duck', count: 2 },
        { from: 'reject', to: 'review', rule: 'goose', count: 1 },
      ],
      decisions: {
        approve: 3,
        reject: 3,
        before: { rejected: { precision: { value: 1 } } },
        after: { rejectedOrHeld: { precision: { value: 0.5 }, recall: { value: 2 / 3 } } },
      },
      unread: { count: 0, first: [] },
      failingExamples: [{ file: 'swan.yaml', line: 6 }],
    });
    expect(found.rulesVersion.before).toMatch(/^sha256:/);
    expect(found.rulesVersion.after).not.toBe(found.rulesVersion.before);
    const swan = found.rules.find((row: { rule: string }) => row.rule === 'swan');
    expect(swan).toEqual({
      rule: 'swan',
      after: {
        mode: 'enforce',
        actions: { flag: 0, review: 0, reject: 3 },
        precision: expect.objectContaining({ value: 0.5 }),
        recall: expect.objectContaining({ value: 1 / 3 }),
      },
    });
  });

  test('marks the words in colour where colours are shown, and shows what would steer a terminal as a dot', () => {
    const input = line('See \u001b[2J the duck\u0007\nover there.');
    const { stdout } = replay(['-', ...BOTH], { stdin: input, env: { FORCE_COLOR: '1' } });
    expect(stdout).toContain('    See ·[2J the \u001b[31m\u001b[4mduck\u001b[24m\u001b[39m· over there.\n');
    expect(stdout).toContain('line 1: 1.00 sure');
  });

  test('cuts a long comment around the words at fault', () => {
    const { stdout } = replay(['-', ...BOTH], {
      stdin: line(`${'So. '.repeat(500)}A duck. ${'So. '.repeat(500)}`),
    });
    const shown = /^ {4}(….*\[duck\].*…)$/m.exec(stdout)?.[1] ?? '';
    expect(shown.length).toBe(164);
  });

  test('heeds where a comment stands', () => {
    rule('sport', 'duck', 'action: reject\nwhen: [phrases: [duck]]\napplies: { url: ["/sport/*"] }');
    const input = ['/sport/a', '/world/a']
      .map((path) => line('A duck.', { context: { url: `https://news.example${path}` } }))
      .join('');
    expect(replay(['-', '--rules', 'sport'], { stdin: input }).stdout).toMatch(/^draft +1 +0 +1$/m);
  });

  test.each<{ what: string; args: string[]; stdin?: string }>([
    { what: 'standard input', args: ['-'], stdin: COMMENTS },
    { what: 'one thread', args: [comments, '--threads', '1'] },
  ])('reads $what', ({ args, stdin }) => {
    const found = JSON.parse(replay([...args, ...BOTH, '--json'], { stdin }).stdout);
    expect(found).toMatchObject({ comments: 8, changed: 5, unread: { count: 0 } });
  });

  // In one run, for each takes a second.
  test('reads files one after the other, of all kinds: packed, packed twice over, a part, a table, with CRLF', () => {
    const table = COMMENTS.trim()
      .split('\n')
      .map((written) => JSON.parse(written))
      .map(({ text, id = '', decision }) => `"${text}",${id},${decision ?? ''}\r\n`);
    const files = [
      file('packed.ndjson.gz', gzipSync(COMMENTS)),
      file('twice.gz', Buffer.concat(COMMENTS.split(/(?<=\n)/).map((l) => gzipSync(l)))),
      file('one.ndjson', COMMENTS.slice(0, COMMENTS.indexOf('\n'))),
      file('rest.ndjson', COMMENTS.slice(COMMENTS.indexOf('\n'))),
      file('bom.ndjson', `\ufeff${COMMENTS.replaceAll('\n', '\r\n')}`),
      file('table.csv', `\ufefftext,id,decision\r\n${table.join('')}`),
    ];
    const { stdout } = replay([...files, ...BOTH, '--json', '--examples', '100']);
    const { comments: count, unread, groups } = JSON.parse(stdout);
    expect({ count, unread: unread.count }).toEqual({ count: 5 * 8, unread: 0 });
    const changed = groups.flatMap(({ samples }: { samples: { file: string }[] }) => samples);
    const changedIn = (name: string) => changed.filter((sample: { file: string }) => sample.file === name);
    expect(files.map((name) => changedIn(name).length)).toEqual([5, 5, 1, 4, 5, 5]);
  });

  test('lines that cannot be judged are told, and the rest goes on', () => {
    const bad = Buffer.concat([
      Buffer.from('nope\n\n{"text": 5}\n'),
      Buffer.from([0x7b, 0xff, 0x0a]),
      Buffer.from(line('A duck.', { decision: 'maybe' })),
      Buffer.from(`{"text": "${'x'.repeat(700_000)}"}\n`),
      Buffer.from(line('A duck.')),
    ]);
    const { status, stdout, stderr } = replay([file('bad.ndjson', bad), ...BOTH]);
    expect(stderr.split('\n').slice(0, 5)).toEqual([
      'bad.ndjson:1: not JSON: line 1, column 1: expected a value; got n',
      'bad.ndjson:3: /text must be a string of 1 to 100000 characters; got a number',
      'bad.ndjson:4: the line is not UTF-8',
      'bad.ndjson:5: /decision must be "approve" or "reject"; got a string of 5 characters',
      expect.stringMatching(/^bad\.ndjson:6: the line is over \d+ bytes$/),
    ]);
    expect(stdout).toContain('1 comments judged, 1 (100.00%) get another verdict');
    expect(status).toBe(0);
  });

  test('an archive that is cut off is judged so far as it goes', () => {
    const whole = gzipSync(
      Array.from({ length: 500 }, (_, i) => line(`A duck, and ${i * 7919} more.`)).join(''),
    );
    const { status, stdout, stderr } = replay([
      file('cut.gz', whole.subarray(0, whole.length - 200)),
      ...BOTH,
    ]);
    expect(stderr).toMatch(/^cut\.gz:\d+: from here on the archive is broken: /);
    expect(stdout).toMatch(/rejected instead of held by duck: [1-4]\d\d\n/);
    expect(status).toBe(0);
  });

  test('of many bad lines the first twenty are told', () => {
    const { stderr } = replay(['-', ...BOTH], { stdin: `${'nope\n'.repeat(5000)}${line('Fine.')}` });
    expect(stderr.match(/^-:\d+: not JSON/gm)).toHaveLength(20);
    expect(stderr).toContain('and 4980 more lines that cannot be judged\n');
  });

  test('several threads find what one finds, in the order of the file', () => {
    const texts = ['You goose number', 'A duck number', 'Just number', 'The swan number'];
    const many = Array.from({ length: 4000 }, (_, i) =>
      line(`${texts[(i * i) % 4]} ${i}.`, { ...(i % 3 === 0 && { decision: i % 2 ? 'reject' : 'approve' }) }),
    ).join('');
    const path = file('many.ndjson', many);
    const [one, three] = ['1', '3'].map(
      (threads) => replay([path, ...BOTH, '--json', '--examples', '40', '--threads', threads]).stdout,
    );
    expect(three).toBe(one);
    expect(JSON.parse(one ?? '')).toMatchObject({ comments: 4000 });
  });

  test.each<[what: string, args: string[], status: number, message: RegExp]>([
    ['no file', BOTH, 64, /missing required argument 'comments'/],
    ['a file that is not there', ['/nowhere', ...BOTH], 66, /\/nowhere is not there/],
    ['a folder', ['rules', ...BOTH], 66, /rules is a folder/],
    ['a draft that is not there', [comments, '--rules', '/nowhere'], 78, /must be a folder of rule files/],
    [
      'other rules that are not there',
      [comments, '--rules', 'draft', '--against', '/nowhere'],
      78,
      /must be a folder/,
    ],
    [
      'a draft with a mistake',
      [comments, '--rules', 'broken'],
      78,
      /^broken\/kind\.yaml:4:9: error: action is "rejct"/m,
    ],
    ['half an example', [comments, ...BOTH, '--examples', '1.5'], 64, /whole number from 0 to 1000/],
    ['no threads', [comments, ...BOTH, '--threads', '0'], 64, /whole number from 1 to 16/],
    ['a file without a comment', [file('empty.ndjson', '\n'), ...BOTH], 65, /^0 comments/m],
  ])('with %s the status is as documented', (_, args, status, message) => {
    rule('broken', 'kind', 'action: rejct\nwhen: [phrases: [fool]]');
    const result = replay(args);
    expect(result.stderr).toMatch(message);
    expect(result.status).toBe(status);
    expect(result.stderr).not.toMatch(/\n\s+at /);
  });
});
