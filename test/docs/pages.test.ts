import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import GithubSlugger from 'github-slugger';
import { Marked } from 'marked';
import request from 'supertest';
import { toHtml } from '../../src/docs/html.js';
import { PAGES, pageUrl } from '../../src/docs/index.js';
import { testApp } from '../helpers/app.js';
import { STET } from '../helpers/stet.js';

const OTHERS = [
  'README.md',
  '.github/CONTRIBUTING.md',
  '.github/SECURITY.md',
  '.github/CHANGELOG.md',
  '.github/pull_request_template.md',
  // Of the laboratory, which is not in the package.
  'src/lab/classifier/README.md',
];
const FILES = [...PAGES.map((page) => relative('.', fileURLToPath(pageUrl(page)))), ...OTHERS];

/** What a Markdown file has: where its links lead, and what can be linked to in it. */
function read(file: string): { readonly links: readonly string[]; readonly ids: ReadonlySet<string> } {
  const marked = new Marked();
  const slugger = new GithubSlugger();
  const links: string[] = [];
  const ids = new Set<string>();
  marked.walkTokens(marked.lexer(readFileSync(file, 'utf8')), (token) => {
    if (token.type === 'link') links.push(token.href);
    if (token.type === 'heading') ids.add(slugger.slug(token.text.replace(/[`*]/g, '')));
  });
  return { links, ids };
}

test.each(FILES)('every link in %s leads somewhere', (file) => {
  const broken = read(file).links.filter((link) => {
    if (/^(?:https|mailto):/.test(link)) return false;
    const [path = '', anchor] = link.split('#');
    const target = path === '' ? file : normalize(join(dirname(file), path));
    if (!existsSync(target)) return true;
    return anchor !== undefined && !read(target).ids.has(anchor);
  });
  expect(broken).toEqual([]);
});

test('every file of the documentation is in the list of pages, once', () => {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('src', name))
    .filter((name) => !OTHERS.includes(name));
  const listed = FILES.slice(0, PAGES.length);
  expect([...listed].sort()).toEqual([...files, 'rules/README.md'].sort());
  expect(new Set(PAGES.map(({ name }) => name)).size).toBe(PAGES.length);
});

describe('stet docs', () => {
  const stet = (...args: string[]) =>
    spawnSync(process.execPath, [STET, 'docs', ...args], { encoding: 'utf8', env: {} });

  test('lists the pages', () => {
    const { stdout, status } = stet();
    expect(status).toBe(0);
    expect(
      stdout
        .trimEnd()
        .split('\n')
        .map((line) => line.split(' ')[0]),
    ).toEqual(PAGES.map(({ name }) => name));
  });

  test.each(['operator', 'editor', 'coral'])('prints the page %s as it is', (name) => {
    const page = PAGES.find((known) => known.name === name);
    expect(page && stet(name).stdout).toBe(page && readFileSync(pageUrl(page), 'utf8'));
  });

  test('says which pages there are', () => {
    const { stderr, status } = stet('operators');
    expect(status).toBe(64);
    expect(stderr).toContain('operator, figures');
  });
});

describe('the service', () => {
  const { app } = testApp({ config: { apiKeys: ['key'] } });

  test.each(PAGES)(
    'serves the page $name to whoever asks, in the style that is allowed',
    async ({ name }) => {
      const { status, text, headers } = await request(app).get(`/docs/${name}`);
      expect(status).toBe(200);
      expect(headers['content-type']).toBe('text/html; charset=utf-8');
      expect(text.match(/<style>/g)).toHaveLength(1);
      expect(text).not.toMatch(/<script|<link|<img|src=|@import|url\(|style=/i);
      for (const [, target] of text.matchAll(/href="#([^"]+)"/g)) expect(text).toContain(`id="${target}"`);
    },
  );

  test.each(PAGES)('links on the page $name lead to what is served', async ({ name }) => {
    const from = `http://localhost/docs/${name}`;
    const { text } = await request(app).get(`/docs/${name}`);
    const paths = [...text.matchAll(/href="([^"#]+)/g)]
      .map(([, href]) => new URL(href ?? '', from))
      .filter(({ host }) => host === 'localhost')
      .map(({ pathname }) => pathname);
    for (const path of new Set(paths)) {
      expect({ path, status: (await request(app).get(path).auth('key', { type: 'bearer' })).status }).toEqual(
        {
          path,
          status: 200,
        },
      );
    }
  });

  test('names the pages on the page of the API', async () => {
    const { text } = await request(testApp().app).get('/docs');
    for (const { name } of PAGES.filter((page) => !page.name.includes('/')))
      expect(text).toContain(`href="docs/${name}"`);
  });

  test('has no page of another name', async () => {
    expect((await request(testApp().app).get('/docs/nowhere')).status).toBe(404);
  });
});

test.each([
  { why: 'a page', link: 'glossary.md#span', html: '<a href="glossary#span">x</a>' },
  { why: 'a page elsewhere', link: '../../rules/README.md', html: '<a href="editor">x</a>' },
  {
    why: 'a page in a folder',
    link: 'decisions/0004-json-faults.md',
    html: '<a href="decisions/0004">x</a>',
  },
  { why: 'a place on this page', link: '#limits', html: '<a href="#limits">x</a>' },
  { why: 'another site', link: 'https://semver.org', html: '<a href="https://semver.org">x</a>' },
  { why: 'a file that is not served', link: '../serve.ts', html: 'x' },
])('a link to $why becomes $html', ({ link, html }) => {
  const operator = PAGES.find(({ name }) => name === 'operator');
  expect(operator && toHtml(operator, `[x](${link})`)).toBe(`<p>${html}</p>\n`);
});

test('headings have the ids of code hosts', () => {
  const [page] = PAGES;
  expect(page && toHtml(page, '## What is `stet`?\n\n## What is `stet`?')).toBe(
    '<h2 id="what-is-stet">What is <code>stet</code>?</h2>\n<h2 id="what-is-stet-1">What is <code>stet</code>?</h2>\n',
  );
});
