import type { Classifier } from '../../src/classifier/classifier.js';
import { linear } from '../../src/classifier/linear/linear.js';
import { compileGuidelines } from '../../src/guidelines/compile/compile.js';
import { loadGuidelines } from '../../src/guidelines/load.js';
import { CountingLimiter, type Limiter } from '../../src/limits/limiter.js';
import { MemoryCounts } from '../../src/limits/memory/counts.js';
import type { LimitPolicy } from '../../src/limits/policy.js';
import { type SiteNow, AT_ONCE as turn } from '../../src/pipeline/arrival.js';
import type { Judgement, Outcome } from '../../src/pipeline/judgement.js';
import { createPipeline, type PipelineOptions } from '../../src/pipeline/pipeline.js';

const { ruleset, limits } = await loadGuidelines('rules', { examples: false });
const TEXT = 'Everybody should read what the court said about this.';

function pipelineOf(options: Partial<PipelineOptions> = {}) {
  return createPipeline({
    classifier: linear,
    watchers: [],
    onWatcherFault: (error) => {
      throw error;
    },
    clock: () => new Date('2026-11-24T12:00:00Z'),
    ...options,
  });
}

const memoryLimiter = () => new CountingLimiter(limits, new MemoryCounts());

/** A site with the default rules. */
function siteOf(limiter: Pick<Limiter, 'admit' | 'rejected'> = memoryLimiter()) {
  return { name: 'default', ruleset, limiter };
}

function judgementOf(outcome: Outcome): Judgement {
  if (outcome.kind !== 'judged') throw new Error('it was not judged');
  return outcome.judgement;
}

test.each(['comment', 'coral', 'akismet'])(
  'a text posted again by the same user is held, however it comes: %s',
  async (source) => {
    const pipeline = pipelineOf();
    const site = siteOf();
    const post = async (text: string, id = 'u1') =>
      judgementOf(await pipeline.walk({ turn, site, source, text, user: { id } })).verdict;
    expect((await post(TEXT)).verdict).toBe('approve');
    expect((await post(TEXT, 'u2')).verdict).toBe('approve');
    const again = await post(`  ${TEXT.toUpperCase().toLowerCase()} `);
    expect(again.reasons.map(({ rule }) => rule)).toContain('flood');
  },
);

test.each<[text: string, told: string[]]>([
  ['You are an idiot.', ['u1 new']],
  [TEXT, []],
])('the limiter learns of a rejection, and of nothing else: %s', async (text, expected) => {
  const limiter = memoryLimiter();
  const told: string[] = [];
  const site = siteOf({
    admit: (id, posting) => limiter.admit(id, posting),
    rejected: (id, tier) => told.push(`${id} ${tier}`),
  });
  await pipelineOf().walk({ turn, site, source: 'comment', text, user: { id: 'u1', tier: 'new' } });
  expect(told).toEqual(expected);
});

test('a comment over the limit is not read, judged or told', async () => {
  const told: string[] = [];
  const read: string[] = [];
  const classifier: Classifier = {
    version: 'counting',
    read: (comments) => {
      read.push(...comments.map(({ text }) => text));
      return linear.read(comments);
    },
  };
  const pipeline = pipelineOf({ classifier, watchers: [({ verdict }) => told.push(verdict.verdict)] });
  const site = siteOf();
  const outcomes: unknown[] = [];
  for (let i = 0; i < 7; i++) {
    const text = `Number ${i} is mine.`;
    const outcome = await pipeline.walk({ turn, site, source: 'comment', text, user: { id: 'u1' } });
    outcomes.push(outcome.kind === 'refused' ? outcome.admission.violated : outcome.kind);
  }
  expect(outcomes.slice(4)).toEqual(['judged', ['burst'], ['burst']]);
  expect(told).toHaveLength(5);
  expect(read).toEqual([0, 1, 2, 3, 4].map((i) => `Number ${i} is mine.`));
});

describe('a user with an address', () => {
  const five = (name: string) => [{ name, points: 5, seconds: 60 }];
  const policy: LimitPolicy = {
    windows: five('burst'),
    tiers: new Map([['address', [{ name: 'shared', points: 3, seconds: 60 }]]]),
    rejectCost: 2,
  };
  const walk = (site: SiteNow, id: string, address: string | undefined, text = `${id} writes this.`) =>
    pipelineOf().walk({ site, source: 'akismet', text, turn, user: { id, address } });
  const limiter = () => new CountingLimiter(policy, new MemoryCounts());

  test('is refused where either is over the limit; who refuses says by what', async () => {
    const site = siteOf(limiter());
    const kinds = [];
    for (const [id, address] of [
      ['u1', 'a'],
      ['u2', 'a'],
      ['u3', 'a'],
      ['u4', 'a'],
      ['u4', 'b'],
    ] as const) {
      const outcome = await walk(site, id, address);
      kinds.push(outcome.kind === 'refused' ? outcome.admission.violated : outcome.kind);
    }
    expect(kinds).toEqual(['judged', 'judged', 'judged', ['shared'], 'judged']);
    // u4 has four comments left: the address that was refused took none of its points.
    const left = [];
    for (const address of ['c', 'd', 'e', 'f', 'g']) {
      const outcome = await walk(site, 'u4', address);
      left.push(outcome.kind === 'refused' ? outcome.admission.violated : outcome.kind);
    }
    expect(left).toEqual(['judged', 'judged', 'judged', 'judged', ['burst']]);
  });

  test('is told what is left of the scarcer', async () => {
    const site = siteOf(limiter());
    const standingsOf = (outcome: Outcome) =>
      outcome.admission?.standings.map((standing) => [standing.policy, standing.remaining]);
    for (const i of [1, 2, 3, 4]) await walk(site, 'u1', undefined, `Number ${i} is mine.`);
    expect(standingsOf(await walk(site, 'u2', 'a'))).toEqual([['shared', 2]]);
    expect(standingsOf(await walk(site, 'u1', 'a'))).toEqual([['burst', 0]]);
  });

  test('posts a text once, and both pay for what is rejected', async () => {
    const asked: string[] = [];
    const counted = limiter();
    const site = siteOf({
      admit: (id, posting = {}) => {
        asked.push(`${id} ${posting.tier} ${posting.text !== undefined}`);
        return counted.admit(id, posting);
      },
      rejected: (id, tier) => asked.push(`${id} ${tier} rejected`),
    });
    await walk(site, 'u1', 'a', 'You are an idiot.');
    expect(asked).toEqual([
      'a address false',
      'u1 undefined true',
      'u1 undefined rejected',
      'a address rejected',
    ]);
  });
});

test('a comment that counts against nobody is judged without being counted', async () => {
  const site = siteOf({
    admit: () => {
      throw new Error('it was counted');
    },
    rejected: () => {
      throw new Error('its rejection was counted');
    },
  });
  const { verdict } = await pipelineOf().judge({ turn, site, source: 'batch', text: 'You are an idiot.' });
  expect(verdict.verdict).toBe('reject');
});

test('each verdict has an id of its own, in the order of time', async () => {
  const pipeline = pipelineOf();
  const ids: string[] = [];
  for (let i = 0; i < 50; i++) {
    ids.push((await pipeline.judge({ turn, site: siteOf(), source: 'batch', text: TEXT })).verdictId);
  }
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.toSorted()).toEqual(ids);
});

describe('a classifier that fails', () => {
  const failing: readonly [string, Classifier['read']][] = [
    ['rejects', () => Promise.reject(new Error('broken'))],
    ['answers nothing', async () => []],
  ];

  test.each(failing)('and %s costs no comment its verdict: the linear one reads', async (_, read) => {
    const site = siteOf();
    const arrival = { turn, site, source: 'batch', text: 'You are an idiot.' };
    const usual = await pipelineOf().judge(arrival);
    const judged = await pipelineOf({ classifier: { version: 'better', read } }).judge(arrival);
    expect(judged.verdict).toEqual(usual.verdict);
    expect(judged.reading.classifier).toBe(linear.version);
    expect(judged.degraded).toEqual(['classifier']);
    expect(usual.degraded).toEqual([]);
  });
});

test('a watcher that throws costs neither the comment nor the other watchers anything', async () => {
  const faults: unknown[] = [];
  const told: string[] = [];
  const pipeline = pipelineOf({
    watchers: [
      () => {
        throw new Error('broken');
      },
      ({ verdictId }) => told.push(verdictId),
    ],
    onWatcherFault: (error) => faults.push(error),
  });
  const { verdictId, verdict } = await pipeline.judge({ turn, site: siteOf(), source: 'batch', text: TEXT });
  expect(verdict.verdict).toBe('approve');
  expect(told).toEqual([verdictId]);
  expect(faults).toMatchObject([{ message: 'broken' }]);
});

/** Rules of which one asks, or none does, how often a text was posted within some time. */
function rulesAsking(within: string | undefined) {
  const when = within === undefined ? 'phrases: [idiot]' : `{ detector: flood, within: ${within} }`;
  const rule = `id: once
guideline: Say it once.
message: Please say it once.
action: review
when:
  - ${when}
`;
  return compileGuidelines(new Map([['once.yaml', rule]])).ruleset;
}

test('rules that come to ask how often a text was posted are answered from the next comment on', async () => {
  const pipeline = pipelineOf();
  const limiter = memoryLimiter();
  const post = async (rules: typeof ruleset) => {
    const site = { name: 'default', ruleset: rules, limiter };
    const outcome = await pipeline.walk({ turn, site, source: 'comment', text: TEXT, user: { id: 'u1' } });
    return judgementOf(outcome).verdict.verdict;
  };
  const [silent, asking] = [rulesAsking(undefined), rulesAsking('10m')];
  expect([await post(silent), await post(silent)]).toEqual(['approve', 'approve']);
  expect([await post(asking), await post(asking)]).toEqual(['approve', 'review']);
  expect(await post(silent)).toBe('approve');
});
