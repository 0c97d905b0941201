import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { readLinear } from '../../src/classifier/linear/linear.js';
import { Comment } from '../../src/comment/comment.js';
import { judge, toVerdict } from '../../src/moderation/moderate.js';
import type { Observation } from '../../src/moderation/ruleset.js';
import { inForce, wordRule } from '../helpers/app.js';
import { type Service, startService } from '../helpers/service.js';
import { STET } from '../helpers/stet.js';

// The page's own example, run as it stands there.

const PAGE = readFileSync(join('src', 'docs', 'detectors.md'), 'utf8');

/** The code block of a language on the page. */
function block(language: string): string {
  const found = new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'ms').exec(PAGE)?.[1];
  if (found === undefined) throw new Error(`the page has no example in ${language}`);
  return found;
}

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'stet-plugin-'));
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(process.cwd(), join(folder, 'node_modules', 'stet'));
  mkdirSync(join(folder, 'rules'));
  writeFileSync(join(folder, 'rules', 'questions.yaml'), block('yaml'));
  writeFileSync(join(folder, 'many-questions.mjs'), block('js'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('the example of the page', () => {
  let service: Service;
  beforeAll(async () => {
    service = await startService({
      DETECTORS: join(folder, 'many-questions.mjs'),
      RULES_DIR: join(folder, 'rules'),
      API_KEYS: 'key',
    });
  });
  afterAll(() => service.stop());

  const send = async (path: string, body: unknown) => {
    const answer = await fetch(service.url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: 'Bearer key' },
      body: JSON.stringify(body),
    });
    return answer.json() as Promise<Record<string, unknown>>;
  };

  test.each([
    ['Why was the bridge closed? Who says so?', 'approve'],
    ['Why? Who? Where? And when?', 'review'],
  ])('judges %s', async (text, verdict) => {
    const body = await send('/v1/comments', { text, user: { id: 'u' } });
    expect(body).toMatchObject({ verdict });
    expect(body).not.toHaveProperty('degraded');
  });

  test('is known to previews', async () => {
    const files = { 'questions.yaml': block('yaml').replace('most: 2', 'most: 9') };
    const body = await send('/v1/rules/preview', {
      files,
      comments: [{ text: 'Why? Who? Where? And when?' }],
    });
    expect(body).toMatchObject({ totals: { changed: 1 }, comments: [{ after: { verdict: 'approve' } }] });
  });
});

test('the rule of the page is YAML that names the detector of the page', () => {
  expect(parse(block('yaml'))).toMatchObject({ when: [{ detector: 'many-questions' }] });
});

test.each<[why: string, code: string, mistake: RegExp]>([
  ['is not there', '', /DETECTORS has file:.*module\.mjs, which cannot be loaded: /],
  ['exports nothing', 'export const a = 1;', /its default export must be a detector/],
  ['exports something else', 'export default { name: "x" };', /its default export must be a detector/],
  [
    'takes the name of another',
    `import { defineDetector, NOTHING, z } from 'stet/plugin';
     export default defineDetector({ name: 'links', options: z.strictObject({}), prepare: () => ({ detect: () => NOTHING }) });`,
    /whose detector "links" has the name of another/,
  ],
])('a module that %s stops the start, and is named', (_, code, mistake) => {
  const file = join(folder, 'module.mjs');
  rmSync(file, { force: true });
  if (code !== '') writeFileSync(file, code);
  const { status, stderr } = spawnSync(process.execPath, [STET, 'serve'], {
    encoding: 'utf8',
    env: { PATH: process.env.PATH, PORT: '0', DETECTORS: file },
  });
  expect(stderr).toMatch(mistake);
  expect(status).toBe(78);
});

describe('a detector that', () => {
  const nonsense: readonly [string, () => Observation][] = [
    [
      'throws',
      () => {
        throw new Error('broken');
      },
    ],
    ['scores above 1', () => ({ score: 1.5, spans: [] })],
    ['scores below 0', () => ({ score: -0.1, spans: [] })],
    ['scores no number', () => ({ score: Number.NaN, spans: [] })],
    ['names words outside the text', () => ({ score: 1, spans: [{ start: 0, end: 99 }] })],
    ['names half a unit', () => ({ score: 1, spans: [{ start: 0.5, end: 1 }] })],
    ['names words backwards', () => ({ score: 1, spans: [{ start: 2, end: 1 }] })],
  ];

  test.each(nonsense)('%s is skipped and named; other conditions and rules decide', (_, observe) => {
    const broken = wordRule('idiot', 'reject');
    const [usual] = broken.conditions;
    if (!usual) throw new Error('the rule has no condition');
    const rules = [
      { ...broken, conditions: [{ ...usual, detector: 'broken', observe }, usual] },
      wordRule('perhaps', 'review'),
    ];
    const { ruleset } = inForce(rules).guidelines;
    const comment = new Comment('An idiot, perhaps.');
    const results = judge(comment, readLinear(comment), ruleset, '2026-11-24');
    expect(results.map(({ failed }) => failed)).toEqual([['broken'], []]);
    const { verdict, reasons } = toVerdict(results, ruleset.version);
    expect([verdict, reasons.map(({ rule }) => rule)]).toEqual(['reject', ['no-idiot', 'no-perhaps']]);
  });

  test.each(nonsense)(
    '%s costs a rule that excepts by it no verdict: its condition is skipped',
    (_, observe) => {
      const broken = wordRule('idiot', 'reject');
      const exception = { label: 'detector broken', group: undefined, detector: 'broken', observe };
      const rules = [{ ...broken, exceptions: [exception] }, wordRule('perhaps', 'review')];
      const { ruleset } = inForce(rules).guidelines;
      const comment = new Comment('An idiot, perhaps.');
      const results = judge(comment, readLinear(comment), ruleset, '2026-11-24');
      expect(results.map(({ failed }) => failed)).toEqual([['broken'], []]);
      const { verdict, reasons } = toVerdict(results, ruleset.version);
      expect([verdict, reasons.map(({ rule }) => rule)]).toEqual(['review', ['no-perhaps']]);
    },
  );
});
