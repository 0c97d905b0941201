import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Evaluation, Figures, readPrintedTable, withoutDetails } from '../../src/lab/figures/figures.js';
import { writeTables } from '../../src/lab/figures/tables.js';

const PAGE = 'src/docs/figures.md';
const JSON_FILE = 'src/docs/figures.json';
const page = readFileSync(PAGE, 'utf8');
const figures = Figures.parse(JSON.parse(readFileSync(JSON_FILE, 'utf8')));

test('the page of figures has what the figures give; else: npm run figures', () => {
  expect(page).toBe(writeTables(page, figures));
});

test('tables are written between the markers, and nothing else is touched', () => {
  const changed = writeTables(page, { ...figures, runs: [] });
  expect(changed).not.toBe(page);
  const outside = (text: string) => text.replace(/<!-- figures: \w+ -->[\s\S]*?<!-- end of figures -->/g, '');
  expect(outside(changed)).toBe(outside(page));
  expect(writeTables(changed, figures)).toBe(page);
});

test.each([
  { why: 'a table is missing', page: '<!-- figures: runs -->\n<!-- end of figures -->' },
  { why: 'no such table', page: '<!-- figures: moods -->\n<!-- end of figures -->' },
])('a page is refused where $why', ({ page: bad }) => {
  expect(() => writeTables(bad, figures)).toThrow(RangeError);
});

const FIGURE = { id: 'a', what: 'w', value: 0.12345, unit: 'share', better: 'higher' } as const;

test.each<{ why: string; figure: Evaluation['figures'][number]; row: string }>([
  { why: 'a bare one', figure: FIGURE, row: '| w | 12.3% |  |  |  |  |  |' },
  {
    why: 'interval and count',
    figure: { ...FIGURE, low: 0.1, high: 0.2, count: 1234 },
    row: '| w | 12.3% | 10% to 20% | 1,234 |  |  |  |',
  },
  { why: 'reached', figure: { ...FIGURE, reach: 0.1 }, row: '| w | 12.3% |  |  | 10% | yes |  |' },
  {
    why: 'missed',
    figure: { ...FIGURE, better: 'lower', reach: 0.1 },
    row: '| w | 12.3% |  |  | 10% | **no** |  |',
  },
  {
    why: 'libraries and a note',
    figure: { ...FIGURE, unit: 'auc', beside: [{ name: 'eld', value: 0.5 }], note: 'n' },
    row: '| w (n) | 0.123 |  |  |  |  | eld 0.500 |',
  },
])('a figure as a row: $why', ({ figure, row }) => {
  const evaluation = { date: '2026-01-01', figures: [figure] };
  expect(writeTables(page, { ...figures, evaluation }).split('\n')).toContain(row);
});

test('of an evaluation the parts that tell little are left out', () => {
  const of = (id: string) => ({ ...FIGURE, id });
  const kept = withoutDetails({
    date: '2026-01-01',
    figures: ['a', 'a/news', 'a/stopped', 'a/rules', 'a/worst', 'a/women'].map(of),
  });
  expect(kept.figures.map(({ id }) => id)).toEqual(['a', 'a/news', 'a/stopped', 'a/rules', 'a/worst']);
});

test('a table of faults is found in what is printed around it', () => {
  const printed = 'PASS\n\n| fault | sent |\n| --- | --- |\n| kill -9 | 10 |\n\nTests: 1\n';
  expect(readPrintedTable(printed, 'fault', '2026-01-01')).toEqual({
    date: '2026-01-01',
    columns: ['fault', 'sent'],
    rows: [['kill -9', '10']],
  });
  expect(() => readPrintedTable('PASS\n', 'fault', '2026-01-01')).toThrow(RangeError);
  expect(() => readPrintedTable(printed, 'attack', '2026-01-01')).toThrow(RangeError);
});

describe('npm run figures', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'stet-figures-'));
    mkdirSync(join(folder, 'src', 'docs'), { recursive: true });
    for (const file of [PAGE, JSON_FILE]) cpSync(file, join(folder, file));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** The built command: `npm run build` makes it. */
  const lab = (...args: string[]) =>
    spawnSync(process.execPath, [join(process.cwd(), 'dist', 'lab', 'lab.js'), 'figures', ...args], {
      cwd: folder,
      encoding: 'utf8',
    });
  const file = (name: string, content: string) => {
    writeFileSync(join(folder, name), content);
    return name;
  };

  test('leaves a page that is up to date as it is', () => {
    expect(lab()).toMatchObject({ status: 0, stderr: '' });
    for (const name of [PAGE, JSON_FILE])
      expect(readFileSync(join(folder, name), 'utf8')).toBe(readFileSync(name, 'utf8'));
  });

  test('takes new figures', () => {
    const evaluation = { rulesVersion: 'sha256:0', date: '2026-12-01', node: 'v24.1.0', figures: [FIGURE] };
    const args = [
      ['--evaluation', file('evaluation.json', JSON.stringify(evaluation))],
      ['--faults', file('faults.txt', '| fault | sent |\n| --- | --- |\n| flood of tea | 10 |\n')],
      ['--attacks', file('attacks.txt', '| attack | load |\n| --- | --- |\n| a siege | 10 |\n')],
    ];
    expect(lab(...args.flat())).toMatchObject({ status: 0, stderr: '' });
    const written = readFileSync(join(folder, PAGE), 'utf8');
    expect(written).toContain('Measured on 2026-12-01 by Node v24.1.0.');
    expect(written).toContain('| flood of tea | 10 |');
    expect(written).toContain('| a siege | 10 |');
  });

  test.each([
    {
      args: ['--evaluation', 'nowhere.json'],
      content: undefined,
      status: 66,
      told: 'nowhere.json is not there',
    },
    { args: ['--evaluation', 'bad.json'], content: '{', status: 65, told: 'bad.json is not JSON' },
    { args: ['--evaluation', 'bad.json'], content: '{}', status: 65, told: 'bad.json has no figures' },
    { args: ['--faults', 'bad.json'], content: 'PASS', status: 65, told: 'there is no table of faults' },
    { args: ['--attacks', 'bad.json'], content: 'PASS', status: 65, told: 'there is no table of attacks' },
  ])('refuses $args of $content: $told', ({ args, content, status, told }) => {
    if (content !== undefined) file('bad.json', content);
    const result = lab(...args);
    expect(result.status).toBe(status);
    expect(result.stderr).toContain(told);
    expect(readFileSync(join(folder, PAGE), 'utf8')).toBe(page);
  });
});
