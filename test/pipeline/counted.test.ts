import { loadGuidelines } from '../../src/guidelines/load.js';
import { MemoryLimiter } from '../../src/limits/memory/limiter.js';
import { judgeCounted } from '../../src/pipeline/counted.js';
import { createMetrics } from '../../src/pipeline/metrics.js';

const { ruleset, limits } = await loadGuidelines('rules', { examples: false });
const TEXT = 'Everybody should read what the court said about this.';

test.each<[source: 'comment' | 'coral' | 'akismet']>([['comment'], ['coral'], ['akismet']])(
  'a text posted again by the same user is held, whatever the protocol: %s',
  async (source) => {
    const limiter = new MemoryLimiter(limits);
    const bench = { ruleset, metrics: createMetrics(limiter), clock: () => new Date() };
    const post = (text: string, id = 'u1') => judgeCounted({ text }, { id }, source, bench, limiter);
    expect((await post(TEXT)).verdict?.verdict).toBe('approve');
    expect((await post(TEXT, 'u2')).verdict?.verdict).toBe('approve');
    const again = await post(`  ${TEXT.toUpperCase().toLowerCase()} `);
    expect(again.verdict?.reasons.map(({ rule }) => rule)).toContain('flood');
  },
);

test.each<[text: string, told: string[]]>([
  ['You are an idiot.', ['u1 new']],
  [TEXT, []],
])('the limiter is told of a rejection, and of nothing else: %s', async (text, expected) => {
  const limiter = new MemoryLimiter(limits);
  const told: string[] = [];
  const bench = { ruleset, metrics: createMetrics(limiter), clock: () => new Date() };
  await judgeCounted({ text }, { id: 'u1', tier: 'new' }, 'comment', bench, {
    admit: (id, posting) => limiter.admit(id, posting),
    rejected: (id, tier) => told.push(`${id} ${tier}`),
  });
  expect(told).toEqual(expected);
});

test('a comment over the limit is not judged', async () => {
  const limiter = new MemoryLimiter(limits);
  const bench = { ruleset, metrics: createMetrics(limiter), clock: () => new Date() };
  const verdicts: unknown[] = [];
  for (let i = 0; i < 7; i++) {
    const { admission, verdict } = await judgeCounted(
      { text: `Number ${i} is mine.` },
      { id: 'u1' },
      'comment',
      bench,
      limiter,
    );
    verdicts.push(verdict === undefined ? admission.violated : 'judged');
  }
  expect(verdicts.slice(4)).toEqual(['judged', ['burst'], ['burst']]);
});
