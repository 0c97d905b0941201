import { join } from 'node:path';
import { circles, EXCEPTIONS, ROOMS, roomOf, wrongArrows } from './arrows.js';
import { type Import, importsIn, readImports, sourcesOf } from './imports.js';

const SRC = join(import.meta.dirname, '..', '..', 'src');
const sources = sourcesOf(SRC);
const imports = readImports(SRC);
const wrong = wrongArrows(imports);

test('every file has a room, and every room a file', () => {
  expect(sources.filter((file) => roomOf(file) === undefined)).toEqual([]);
  const rooms = new Set(sources.map(roomOf));
  expect(Object.keys(ROOMS).filter((room) => !rooms.has(room))).toEqual([]);
});

test('every import leads to a file that is there', () => {
  const strays = imports.filter(({ to }) => !sources.includes(to));
  expect(strays.map(({ from, to }) => `${from} -> ${to}`)).toEqual([]);
});

test('the table leads upwards in its own list, so that no two rooms can import each other', () => {
  const names = Object.keys(ROOMS);
  const downwards = names.flatMap((room, at) =>
    (ROOMS[room] ?? [])
      .filter((entry) => !names.slice(0, at).includes(entry.replace(/ \(types\)$/, '')))
      .map((entry) => `${room} -> ${entry}`),
  );
  expect(downwards).toEqual([]);
});

test.each<[room: string, never: readonly string[]]>([
  ['pipeline', ['http']],
  ['cli', ['http']],
  ['limits', ['guidelines', 'detectors']],
  ['detectors', ['pipeline', 'limits', 'http']],
  ['wire', ['http', 'cli', 'pipeline', 'guidelines']],
  ['', ['lab']],
])('the table never lets %j import %j, or a floor of it', (room, never) => {
  const within = (name: string, of: string) => of === '' || name === of || name.startsWith(`${of}/`);
  const allowed = Object.entries(ROOMS).flatMap(([name, entries]) => (within(name, room) ? entries : []));
  const wrong = allowed.filter((entry) =>
    never.some((each) => within(entry.replace(/ \(types\)$/, ''), each)),
  );
  expect(wrong).toEqual([]);
});

test('every import is one that the table allows', () => {
  const known = (from: string, to: string) => EXCEPTIONS.some((each) => each.from === from && each.to === to);
  expect(wrong.filter(({ from, to }) => !known(from, to)).map(({ told }) => told)).toEqual([]);
});

test('no exception has outlived its reason', () => {
  const idle = EXCEPTIONS.filter(
    ({ from, to }) => !wrong.some((each) => each.from === from && each.to === to),
  );
  expect(idle.map(({ from, to }) => `${from} -> ${to} is needed no longer: delete it`)).toEqual([]);
});

test('no files import one another in a circle', () => {
  expect(circles(imports)).toEqual([]);
});

describe('what the tests above would say', () => {
  test.each<[why: string, found: Partial<Import>, told: readonly string[]]>([
    ['allowed', { from: 'matching/a.ts', to: 'text/b.ts' }, []],
    ['within a room', { from: 'http/a.ts', to: 'http/api/b.ts' }, []],
    ['types where types are', { from: 'comment/a.ts', to: 'matching/b.ts', typeOnly: true }, []],
    [
      'more than types',
      { from: 'comment/a.ts', to: 'matching/b.ts' },
      ['comment/a.ts -> matching/b.ts: comment may import types of matching only'],
    ],
    [
      'up',
      { from: 'text/a.ts', to: 'comment/b.ts' },
      ['text/a.ts -> comment/b.ts: text may not import comment'],
    ],
    [
      'up, types too',
      { from: 'pipeline/a.ts', to: 'http/b.ts', typeOnly: true },
      ['pipeline/a.ts -> http/b.ts: pipeline may not import http'],
    ],
    [
      'the laboratory',
      { from: 'cli/a.ts', to: 'lab/b.ts' },
      ['cli/a.ts -> lab/b.ts: cli may not import lab'],
    ],
    [
      'a floor of a room',
      { from: 'http/a.ts', to: 'http/protocols/b.ts' },
      ['http/a.ts -> http/protocols/b.ts: http may not import http/protocols'],
    ],
  ])('of an arrow: %s', (_, found, told) => {
    const arrow = { from: '', to: '', typeOnly: false, ...found };
    expect(wrongArrows([arrow]).map((each) => each.told)).toEqual(told);
  });

  test('of circles, long and short', () => {
    const arrows = ['a b', 'b c', 'c a', 'c d', 'd d', 'e a'].map((pair) => {
      const [from = '', to = ''] = pair.split(' ');
      return { from, to, typeOnly: false };
    });
    expect(circles(arrows)).toEqual(['a -> b -> c -> a', 'd -> d']);
  });

  test.each<[source: string, specifier: string, typeOnly: boolean]>([
    ["import { a } from './a.js';", './a.js', false],
    ["import './a.js';", './a.js', false],
    ["import type { A } from './a.js';", './a.js', true],
    ["import { type A, type B } from './a.js';", './a.js', true],
    ["import { type A, b } from './a.js';", './a.js', false],
    ["export { a } from './a.js';", './a.js', false],
    ["export type { A } from './a.js';", './a.js', true],
    ["export * from './a.js';", './a.js', false],
    ["const a = async () => (await import('./a.js')).b;", './a.js', false],
    ["let a: import('./a.js').B;", './a.js', true],
  ])('of %s', (source, specifier, typeOnly) => {
    expect(importsIn(source)).toEqual([{ specifier, typeOnly }]);
  });
});
