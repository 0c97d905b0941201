import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { STET, stet, tinyRules } from '../helpers/stet.js';

const folder = mkdtempSync(join(tmpdir(), 'stet-cli-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Two rules, which reject "fool" and hold "clown", for what does not depend on the rules. */
const TINY = ['--rules', tinyRules()];
writeFileSync(
  join(TINY[1] ?? '', 'doubt.yaml'),
  'id: doubt\nguideline: Be kind.\nmessage: Please be kind.\naction: review\nwhen: [phrases: [clown]]\n',
);

function file(name: string, ...lines: string[]): string {
  const path = join(folder, name);
  writeFileSync(path, lines.map((line) => `${line}\n`).join(''));
  return path;
}

const GOOD = '{"text": "I agree with the author."}';
const FOOL = '{"id": "c-2", "text": "You fool."}';
const DOUBTFUL = '{"text": "Modi is a clown and everybody knows it."}';

// As npm links it in a checkout, where it makes it executable once and not after each build.
test('the built command runs by itself', () => {
  const { stdout, status } = spawnSync(STET, ['--version'], { encoding: 'utf8' });
  expect({ stdout, status }).toEqual({ stdout: expect.stringMatching(/^\d+\.\d+\.\d+/), status: 0 });
});

describe('stet check', () => {
  test.each<[text: string, status: number, shown: RegExp]>([
    ['I agree with the author.', 0, /^approve\n$/],
    [
      'You are an idiot, and so is the author.',
      1,
      /^reject\n {2}reject by personal-attack, [01]\.\d\d sure .*\n.*Please discuss the article.*\n.*"idiot"/,
    ],
    ['Modi is a clown and everybody knows it.', 2, /^review\n {2}review by personal-attack/],
  ])('%s', (text, status, shown) => {
    const result = stet(['check', text]);
    expect(result.stdout).toMatch(shown);
    expect(result.status).toBe(status);
  });

  test('reads one comment from standard input', () => {
    expect(stet(['check', ...TINY], { stdin: 'You fool.' }).status).toBe(1);
  });

  test('prints JSON for programs', () => {
    const { stdout } = stet(['check', '--json', 'You are an idiot.']);
    expect(JSON.parse(stdout)).toMatchObject({
      verdict: 'reject',
      reasons: [
        { rule: 'personal-attack', spans: [{ start: 11, end: 16 }] },
        { rule: 'abuse', action: 'review', spans: [{ start: 11, end: 16 }] },
      ],
    });
  });

  test('heeds the author and the participants it is told of', () => {
    expect(stet(['check', '--author', 'N. Ram', 'Ram is an idiot and a fool.']).status).toBe(1);
    expect(stet(['check', '--participant', 'Ravi K.', '--', 'Ravi is an idiot and a fool.']).status).toBe(1);
  });

  test('shows no control characters of a comment', () => {
    const { stdout } = stet(['check', ...TINY, 'You \u001b[2Jfool\u0007 you fool\u001b\u200b s']);
    expect(stdout.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
  });

  test.each<[lines: string[], status: number]>([
    [[GOOD, DOUBTFUL], 2],
    [[GOOD, '', FOOL, DOUBTFUL], 1],
  ])('judges a file, and its status is that of the strictest verdict: %j', (lines, status) => {
    expect(stet(['check', ...TINY, '-f', file('comments.ndjson', ...lines)]).status).toBe(status);
  });

  test('prints a verdict a line for a file, with the id', () => {
    const { stdout } = stet(['check', ...TINY, '--json', '-f', file('comments.ndjson', GOOD, FOOL)]);
    expect(
      stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toMatchObject([{ verdict: 'approve' }, { id: 'c-2', verdict: 'reject' }]);
  });

  test('tells of bad lines by their place, and goes on', () => {
    const path = file('broken.ndjson', '{"text": ', '{"text": 5}', FOOL);
    const { status, stdout, stderr } = stet(['check', ...TINY, '-f', path]);
    expect(stderr).toContain(`${path}:1: not JSON: line 1, column 10: expected a value; got the end`);
    expect(stderr).toContain(`${path}:2: /text must be a string of 1 to 100000 characters; got a number`);
    expect(stdout).toContain('0 approved, 0 for review, 1 rejected');
    expect(status).toBe(65);
  });

  test.each<[name: string, content: string | Uint8Array]>([
    ['a packed file', gzipSync(`${GOOD}\n${FOOL}\n`)],
    ['a table', 'id;text\nc-1;"I agree, and how."\nc-2;"You fool,\nand so is the author."\n'],
  ])('judges %s', (name, content) => {
    const path = join(folder, name === 'a table' ? 'comments.csv' : 'comments.ndjson.gz');
    writeFileSync(path, content);
    const { status, stdout } = stet(['check', ...TINY, '-f', path]);
    expect(stdout).toContain('1 approved, 0 for review, 1 rejected');
    expect(status).toBe(1);
  });

  test.each<[what: string, args: string[], status: number, message: RegExp]>([
    ['a blank comment', ['check', ...TINY, '  '], 64, /the comment is blank/],
    ['nothing on standard input', ['check', ...TINY], 64, /the comment is blank/],
    ['a comment and a file', ['check', 'x', '-f', 'y'], 64, /not both/],
    ['a file that is not there', ['check', '-f', '/nowhere.ndjson'], 66, /nowhere\.ndjson is not there/],
    ['a folder', ['check', '-f', '/'], 66, /\/ is a folder/],
    ['an unknown option', ['check', '--colour', 'x'], 64, /unknown option '--colour'/],
    ['an unknown command', ['chekc'], 64, /unknown command 'chekc'/],
    ['a folder that is not there', ['check', '-r', '/nowhere', 'x'], 78, /must be a folder of rule files/],
  ])('refuses %s', (_, args, status, message) => {
    const result = stet(args);
    expect(result.stderr).toMatch(message);
    expect(result.status).toBe(status);
    expect(result.stderr).not.toMatch(/\n\s+at /);
  });
});
