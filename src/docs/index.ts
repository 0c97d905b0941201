import { existsSync, readFileSync } from 'node:fs';

/** A page of the documentation, in Markdown. */
export interface Page {
  /** As `stet docs NAME` and `/docs/NAME` have it. */
  readonly name: string;
  /** What the page answers, in a few words. */
  readonly about: string;
  /** The file, as an address relative to this one: it must be the same in `src` and in `dist`. */
  readonly file: string;
}

/** Every page, in the order of the contents. The only list to extend: a page is one file and one line. */
export const PAGES: readonly Page[] = [
  { name: 'editor', about: 'the rules: words, exceptions, examples', file: '../../rules/README.md' },
  { name: 'developer', about: 'the HTTP API by task, the library, the command line', file: 'developer.md' },
  { name: 'perspective', about: 'moving from Perspective', file: '../http/protocols/perspective/README.md' },
  { name: 'openai', about: "moving from OpenAI's moderation", file: '../http/protocols/openai/README.md' },
  { name: 'coral', about: 'Coral by its moderation phase', file: '../http/protocols/coral/README.md' },
  { name: 'akismet', about: 'clients of Akismet', file: '../http/protocols/akismet/README.md' },
  { name: 'detectors', about: 'detectors of your own', file: 'detectors.md' },
  { name: 'operator', about: 'settings, limits, Redis, probes, load, faults', file: 'operator.md' },
  { name: 'figures', about: 'what was measured, and how to measure it again', file: 'figures.md' },
  { name: 'model-card', about: 'what was learned from which data', file: 'model-card.md' },
  { name: 'glossary', about: 'the terms as the code uses them', file: 'glossary.md' },
  { name: 'architecture', about: 'the rooms, the arrows, where to change what', file: 'architecture.md' },
  { name: 'decisions', about: 'why some things are as they are', file: 'decisions/README.md' },
  {
    name: 'decisions/0001',
    about: 'why the rate limiter is our own script',
    file: 'decisions/0001-lua-limiter.md',
  },
  {
    name: 'decisions/0002',
    about: 'why rule folders are looked at again and again',
    file: 'decisions/0002-watch-rule-folders.md',
  },
  {
    name: 'decisions/0003',
    about: 'why mistakes of YAML have words of our own',
    file: 'decisions/0003-yaml-mistakes.md',
  },
  {
    name: 'decisions/0004',
    about: 'why faults of JSON have a line and a column',
    file: 'decisions/0004-json-faults.md',
  },
  {
    name: 'decisions/0005',
    about: 'why HTML is read without a tree',
    file: 'decisions/0005-html-to-text.md',
  },
  {
    name: 'decisions/0006',
    about: 'why these pages have no script',
    file: 'decisions/0006-docs-on-the-server.md',
  },
  {
    name: 'decisions/0007',
    about: 'why there is a linear classifier',
    file: 'decisions/0007-linear-classifier.md',
  },
  {
    name: 'decisions/0008',
    about: 'why verdicts are kept in files',
    file: 'decisions/0008-golden-verdicts.md',
  },
  {
    name: 'decisions/0009',
    about: 'why threads wait for their turn in our hands',
    file: 'decisions/0009-threads.md',
  },
  {
    name: 'decisions/0010',
    about: 'why tables and CSV are by libraries',
    file: 'decisions/0010-tables-and-csv.md',
  },
  {
    name: 'decisions/0011',
    about: 'why words become pieces by our own code',
    file: 'decisions/0011-word-pieces.md',
  },
];

/** Where a page's file lies. */
export function pageUrl({ file }: Page): URL {
  return new URL(file, import.meta.url);
}

/**
 * The Markdown of a page.
 * @returns undefined where the file is not there: a rules folder of one's own, mounted over the one that comes with
 * the package, need not hold the editor's guide
 */
export function readPage(page: Page): string | undefined {
  const url = pageUrl(page);
  return existsSync(url) ? readFileSync(url, 'utf8') : undefined;
}
