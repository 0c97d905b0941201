import { readdirSync, readFileSync } from 'node:fs';
import { ROOMS } from '../structure/arrows.js';

// The page says where things are; here it is held to where they are.

const PAGE = readFileSync('src/docs/architecture.md', 'utf8');

function section(heading: string): string {
  const found = PAGE.split(/^## /m).find((part) => part.startsWith(`${heading}\n`));
  if (found === undefined) throw new Error(`the page has no heading "${heading}"`);
  return found;
}

/** Every file and folder that the page may speak of, from the root, without a slash at the end. */
const PATHS = [
  ...readdirSync('.', { withFileTypes: true }).flatMap((entry) => (entry.isFile() ? entry.name : [])),
  ...['src', 'test', 'rules', '.github'].flatMap((root) => [
    root,
    ...readdirSync(root, { recursive: true, encoding: 'utf8' }).map((path) => `${root}/${path}`),
  ]),
];

/** What a package exports, not where a file is. */
const EXPORTS = ['stet/plugin'];

/** The paths among the code in a line: with a slash or an ending, and no sign of a command or a route. */
function pathsIn(line: string): string[] {
  return [...line.matchAll(/`([^`\n]+)`/g)]
    .map(([, code = '']) => code)
    .filter((code) => /^\.?\w[\w.-]*(?:\/[\w.-]+)*\/?$/.test(code) && /\/|\.[a-z]+$/.test(code))
    .filter((code) => !EXPORTS.includes(code));
}

/** Where a path leads that may have NAME for any one name: from the root, from `src`, or from a folder of the same line. */
function found(path: string, bases: readonly string[]): string | undefined {
  return bases.find((base) => {
    const pattern = `${base}${path.replace(/\/$/, '')}`
      .split('NAME')
      .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
    return PATHS.some((each) => new RegExp(`^${pattern.join('[^/]+')}$`).test(each));
  });
}

/** The paths in a text that lead nowhere. */
function strays(text: string): string[] {
  return text.split('\n').flatMap((line) => {
    const bases = ['', 'src/'];
    return pathsIn(line).filter((path) => {
      const base = found(path, bases);
      if (base !== undefined && path.endsWith('/')) bases.push(base + path);
      return base === undefined;
    });
  });
}

test('every path on the page is there', () => {
  expect(pathsIn(PAGE).length).toBeGreaterThan(50);
  expect(strays(PAGE)).toEqual([]);
});

test.each<[line: string, left: readonly string[]]>([
  ['`src/serve.ts`, `serve.ts`, `stet/plugin`, `/docs`, `npm test`, `text`', []],
  ['`src/served.ts` and `nowhere/`', ['src/served.ts', 'nowhere/']],
  ['`guidelines/`: `files/`, `format/`', []],
  ['`files/`, `format/`', ['files/', 'format/']],
  ['`src/http/protocols/NAME/` (`routes.ts`, `paths.ts`)', ['paths.ts']],
  ['`src/detectors/NAME.ts`, `src/detectors/NAME.yaml`', ['src/detectors/NAME.yaml']],
])('of %s it would name %j', (line, left) => {
  expect(strays(line)).toEqual(left);
});

test('the table of rooms has every folder and file of src, once', () => {
  const rows = section('The rooms').matchAll(/^\| (`.+?) \|/gm);
  const rooms = [...rows].flatMap(([, cell = '']) => pathsIn(cell)).map((room) => room.replace(/\/$/, ''));
  expect(rooms.sort()).toEqual(readdirSync('src').sort());
});

/** The room of the picture that one of the table of arrows is in: floors are drawn with their house. */
function house(room: string): string {
  return room === 'settings/all.ts' ? room : (room.split('/')[0] ?? room);
}

/** Which rooms lead to which. */
type Arrows = ReadonlyMap<string, ReadonlySet<string>>;

function arrows(pairs: readonly (readonly [from: string, to: string])[]): Arrows {
  const found = new Map<string, Set<string>>();
  for (const [from, to] of pairs) if (from !== to) found.set(from, (found.get(from) ?? new Set()).add(to));
  return found;
}

function reachable(from: string, drawn: Arrows, seen = new Set<string>()): ReadonlySet<string> {
  for (const to of drawn.get(from) ?? []) if (!seen.has(to)) reachable(to, drawn, seen.add(to));
  return seen;
}

describe('the picture of the arrows', () => {
  const drawn = arrows(
    [...section('The arrows').matchAll(/^(\S+) +─► (.+)$/gm)].flatMap(([, from = '', to = '']) =>
      to.split(', ').map((each) => [from, each] as const),
    ),
  );
  const allowed = arrows(
    Object.entries(ROOMS).flatMap(([from, entries]) =>
      entries.map((entry) => [house(from), house(entry.replace(/ \(types\)$/, ''))] as const),
    ),
  );

  test('has no arrow that the table does not allow', () => {
    const wrong = [...drawn].flatMap(([from, all]) =>
      [...all].filter((to) => !allowed.get(from)?.has(to)).map((to) => `${from} ─► ${to}`),
    );
    expect(wrong).toEqual([]);
  });

  test('leads wherever the table allows', () => {
    const missing = [...allowed].flatMap(([from, all]) =>
      [...all].filter((to) => !reachable(from, drawn).has(to)).map((to) => `${from} ─► ${to}`),
    );
    expect(missing).toEqual([]);
  });
});
