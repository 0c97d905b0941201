import { readFileSync, statSync } from 'node:fs';
import { linear } from '../src/classifier/linear/linear.js';
import { PROBLEMS } from '../src/http/problem-codes.js';
import { Comment, loadGuidelines, moderate } from '../src/index.js';
import { SETTINGS } from '../src/settings/all.js';

const README = readFileSync('README.md', 'utf8');
const OPERATOR = readFileSync('src/docs/operator.md', 'utf8');

test.each(SETTINGS)(
  'the page for operators has $name as the settings have it',
  ({ name, about, unit, fallback }) => {
    const shown = fallback === undefined ? '–' : `\`${fallback}\``;
    expect(OPERATOR).toContain(`| \`${name}\` | ${shown} | ${about}${unit ? ` In ${unit}.` : ''} |`);
  },
);

test('the page for operators has no setting that there is not', () => {
  const rows = [...OPERATOR.matchAll(/^\| `([A-Z_]+)` \|/gm)].map(([, name]) => name);
  expect(rows.sort()).toEqual(SETTINGS.map(({ name }) => name).sort());
});

describe('the README', () => {
  test('is at most 9 KB', () => {
    expect(statSync('README.md').size).toBeLessThanOrEqual(9 * 1024);
  });

  test.each([
    '| install and start it | `npm ci && npm run build && npm start` |',
    '| install and test it | `npm ci && npm test` |',
  ])('has the row %s', (row) => {
    expect(README.split('\n')).toContain(row);
  });

  test('names the command that the workflow tests with', () => {
    const workflow = readFileSync('.github/workflows/test.yml', 'utf8');
    expect(workflow.split('\n')).toContain('      - run: npm ci && npm test');
  });

  test('has the headings that readers look for, in their order', () => {
    const headings = [...README.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);
    const usual = [
      'What is this?',
      'When should I use this?',
      'Install',
      'Use',
      'API',
      'Compatibility',
      'Security',
      'Contribute',
      'License',
    ];
    expect(headings.filter((heading) => usual.includes(heading ?? ''))).toEqual(usual);
  });

  test('shows a first verdict as it is', async () => {
    const sent = JSON.parse(/-d '(\{.*\})'/.exec(README)?.[1] ?? '');
    const shown = JSON.parse(/```json\n([\s\S]*?)```/.exec(README)?.[1] ?? '');
    const { ruleset } = await loadGuidelines('rules');
    const { rulesVersion, ...verdict } = moderate(new Comment(sent.text), ruleset, '2026-11-24');
    const { verdictId, elapsedMs } = shown;
    const judges = { rules: 'sha256:…', classifier: linear.version };
    expect(shown).toEqual({ verdictId, ...verdict, rulesVersion: 'sha256:…', judges, elapsedMs });
  });
});

test('the page for developers has every code of a problem, as the code has it', () => {
  const developer = readFileSync('src/docs/developer.md', 'utf8');
  const rows = [...developer.matchAll(/^\| `([a-z0-9-]+)` \| (\d{3}) \| (.+) \|$/gm)].map(
    ([, ...row]) => row,
  );
  const expected = Object.entries(PROBLEMS).map(([code, { status, about }]) => [code, String(status), about]);
  expect(rows).toEqual(expected);
});
