import { readFileSync } from 'node:fs';
import { DETECTORS } from '../../src/detectors/index.js';
import { PAGES } from '../../src/docs/index.js';
import { PROTOCOLS } from '../../src/http/protocols/index.js';
import { LABELLED_SETS } from '../../src/lab/corpus/sets/index.js';
import { ROLES } from '../../src/sites/roles.js';
import { VerdictBody } from '../../src/wire/verdict.js';
import { stet } from '../helpers/stet.js';

// Tables on the pages that list what the code has: a row for each, and none of what there is not.

/** The first cells of the rows below a heading, each as the expression reads it; rows that it does not fit are left out. */
function rows(file: string, heading: string, cell: RegExp): string[] {
  const text = readFileSync(file, 'utf8');
  const section = text.split(/^## /m).find((part) => part.startsWith(`${heading}\n`)) ?? '';
  return section.split('\n').flatMap((line) => cell.exec(line)?.[1] ?? []);
}

/** The commands under these, as help lists them. */
function commands(...path: string[]): string[] {
  const { stdout } = stet([...path, '--help']);
  return [...stdout.matchAll(/^ {2}([a-z]+)(?= |$)/gm)]
    .map(([, name = '']) => [...path, name].join(' '))
    .filter((command) => command !== 'help');
}

test('the page for editors has every detector', () => {
  const short = ['phrases', 'patterns'];
  const names = DETECTORS.map(({ name }) => name).filter((name) => !short.includes(name));
  expect(rows('rules/README.md', 'All conditions', /^\| `detector: ([a-z-]+)` \|/).sort()).toEqual(
    names.sort(),
  );
});

test('the page for developers has every command', () => {
  const written = rows('src/docs/developer.md', 'The command line', /^\| `stet ([a-z]+(?: [a-z]+(?=`))?)/);
  const all = commands().flatMap((name) => (name === 'rules' ? commands('rules') : [name]));
  expect(written.sort()).toEqual(all.filter((name) => !name.endsWith(' help')).sort());
});

test('the page for developers has every field of the verdict', () => {
  const written = rows('src/docs/developer.md', 'Show the reason', /^\| `(\w+)` \|/);
  // The id is the one that was sent.
  const fields = Object.keys(VerdictBody.shape).filter((name) => name !== 'id');
  expect(written.sort()).toEqual(fields.sort());
});

test('the page for developers has every protocol', () => {
  const page = /\(\.\.\/http\/protocols\/([a-z-]+)\/README\.md\) \|$/;
  const written = rows('src/docs/developer.md', 'Move from another service', page);
  expect(written.sort()).toEqual(PROTOCOLS.map(({ name }) => name).sort());
});

test('the page for operators has every role, in the words of the code', () => {
  const section = readFileSync('src/docs/operator.md', 'utf8')
    .split(/^## /m)
    .find((part) => part.startsWith('Keys\n'));
  const written = [...(section ?? '').matchAll(/^\| `([a-z]+)` \| (.*) \|$/gm)].map(([, name, what]) => [
    name,
    what,
  ]);
  expect(written).toEqual(Object.entries(ROLES));
});

test('the README has every page', () => {
  const written = rows('README.md', 'Documentation', /\| ((?:`[a-z-]+`(?:, )?)+) \|$/).flatMap((names) =>
    names.replaceAll('`', '').split(', '),
  );
  // Records of decisions are reached from their list.
  const pages = PAGES.map(({ name }) => name).filter((name) => !name.includes('/'));
  expect(written.sort()).toEqual(pages.sort());
});

test('the model card has every data set', () => {
  const card = readFileSync('src/docs/model-card.md', 'utf8');
  // Sets that others made are named by their repository.
  const repositories = LABELLED_SETS.flatMap(({ source }) => /[\w.-]+\/[\w.-]+/.exec(source)?.[0] ?? []);
  expect(repositories.length).toBeGreaterThan(5);
  expect(repositories.filter((repository) => !card.includes(repository))).toEqual([]);
});
