import request from 'supertest';
import type { ReadOptions } from '../../../src/classifier/classifier.js';
import { Scorer, type ScorerOptions } from '../../../src/classifier/transformer/scorer.js';
import type { Window } from '../../../src/classifier/transformer/session.js';
import { type OpenSession, SessionLost } from '../../../src/classifier/transformer/supervised-session.js';
import { createTransformer } from '../../../src/classifier/transformer/transformer.js';
import type { Cause } from '../../../src/classifier/transformer/unread.js';
import { Comment } from '../../../src/comment/comment.js';
import { openThreadSession } from '../../../src/threads/classify/thread-session.js';
import { testApp } from '../../helpers/app.js';
import { eventually } from '../../helpers/eventually.js';
import { encoder, PLANTED, scoresOf, sessionOf } from './planted.js';

const scorers: Scorer[] = [];
afterEach(async () => {
  await Promise.all(scorers.splice(0).map((scorer) => scorer.close()));
});

async function transformerOf(
  open: () => Promise<OpenSession>,
  also: Partial<ScorerOptions> & { timeoutMs?: number } = {},
) {
  const { timeoutMs = 60_000, ...options } = also;
  const scorer = new Scorer({ open, cacheBytes: 1_000_000, pauseMs: () => 0, ...options });
  scorers.push(scorer);
  await scorer.start();
  const causes: Cause[] = [];
  const classifier = createTransformer({ encoder, scorer, timeoutMs, onUnread: (why) => causes.push(why) });
  const read = async (text: string, how?: ReadOptions) => {
    const [reading] = await classifier.read([new Comment(text)], how);
    return reading?.classifier;
  };
  return { scorer, causes, classifier, read };
}

/** A session whose batches are answered one by one, when the test says so. */
function steps() {
  const begun: Window[][] = [];
  const answers: (() => void)[] = [];
  const session = sessionOf(
    (windows) =>
      new Promise((resolve) => {
        begun.push([...windows]);
        answers.push(() => resolve(scoresOf(windows)));
      }),
  );
  return { begun, session, answer: () => answers.shift()?.() };
}

const never = () => new Promise<never>(() => {});
const GOOD = 'The talks should start again.';

describe('a comment that is not read gets its verdict by the linear classifier, which says so', () => {
  test.each<
    [what: string, cause: Cause, run: OpenSession['run'], also: { timeoutMs?: number; answerMs?: number }]
  >([
    ['late', 'late', never, { timeoutMs: 20 }],
    ['blocked', 'broken', never, { answerMs: 20 }],
    ['failing', 'failed', () => Promise.reject(new Error('planted')), {}],
    ['gone', 'broken', () => Promise.reject(new SessionLost('planted')), {}],
    ['silent', 'failed', async () => [], {}],
    [
      'too short',
      'failed',
      async (windows) => scoresOf(windows).map((each) => ({ ...each, words: new Float32Array(1) })),
      {},
    ],
    [
      'empty',
      'failed',
      async (windows) => scoresOf(windows).map((each) => ({ ...each, heads: new Float32Array(0) })),
      {},
    ],
    [
      'no numbers',
      'failed',
      async (windows) =>
        scoresOf(windows).map((each) => ({ ...each, heads: Float32Array.from([Number.NaN]) })),
      {},
    ],
  ])('%s', async (_, cause, run, also) => {
    const { classifier, causes } = await transformerOf(async () => sessionOf(run), also);
    const { app } = testApp({ classifier });
    const { body, status } = await request(app)
      .post('/v1/comments')
      .send({ text: GOOD, user: { id: 'u1' } });
    expect([status, body.degraded, causes]).toEqual([200, ['classifier'], [cause]]);
    expect(body.judges.classifier).toMatch(/^linear-/);
  });

  test('and one that cannot be made into pieces costs the others nothing', async () => {
    const { classifier, causes } = await transformerOf(async () => sessionOf());
    const readings = await classifier.read([GOOD, 'unpreparable', GOOD].map((text) => new Comment(text)));
    expect(readings.map((reading) => reading?.classifier)).toEqual([PLANTED, undefined, PLANTED]);
    expect(causes).toEqual(['failed']);
  });
});

test('a comment that is read is judged by that, and is not degraded', async () => {
  const { classifier, causes } = await transformerOf(async () => sessionOf());
  const { body } = await request(testApp({ classifier }).app)
    .post('/v1/comments')
    .send({ text: GOOD, user: { id: 'u1' } });
  expect([body.judges.classifier, body.degraded, causes]).toEqual([PLANTED, undefined, []]);
});

test('live comments go before those in bulk, and windows of a length together', async () => {
  const { begun, session, answer } = steps();
  const { read, classifier } = await transformerOf(async () => session);
  const long = (name: string) => `${name} ${'word '.repeat(99)}end`;
  const bulk = classifier.read(
    ['a', 'b', 'c', 'd', 'e'].map((name) => new Comment(long(name))),
    { urgency: 'bulk' },
  );
  await eventually('the first batch is begun', () => begun.length === 1);
  const live = ['one two three', 'four five six', long('f')].map((text) => read(text));
  const lengths = () => begun.map((windows) => windows.map(({ ids }) => ids.length));
  for (let batches = 2; batches <= 5; batches++) {
    answer();
    await eventually('another batch is begun', () => begun.length === batches);
  }
  expect(lengths()).toEqual([[103, 103], [5, 5], [103], [103, 103], [103]]);
  answer();
  expect(await Promise.all(live)).toEqual([PLANTED, PLANTED, PLANTED]);
  expect((await bulk).map((reading) => reading?.classifier)).toEqual(Array(5).fill(PLANTED));
});

test('what is no longer waited for is not begun; bulk waits as long as it takes', async () => {
  const { begun, session, answer } = steps();
  const { read, causes } = await transformerOf(async () => session, { timeoutMs: 30 });
  const first = read('the first', { urgency: 'bulk' });
  await eventually('it is begun', () => begun.length === 1);
  expect(await read('a live one')).toBeUndefined();
  const second = read('the second one', { urgency: 'bulk' });
  answer();
  await eventually('the second is begun', () => begun.length === 2);
  answer();
  expect([await first, await second, causes]).toEqual([PLANTED, PLANTED, ['late']]);
  expect(begun.map((windows) => windows.map(({ ids }) => ids.length))).toEqual([[4], [5]]);
});

test.each<[text: string, again: string, windows: { cached: number; encoded: number }]>([
  [GOOD, GOOD, { cached: 1, encoded: 1 }],
  [`${GOOD}\nNever.`, `Perhaps so.\n${GOOD}`, { cached: 1, encoded: 3 }],
  [GOOD, `${GOOD} Now.`, { cached: 0, encoded: 2 }],
])('windows that were read before are not read again: %j, then %j', async (text, again, windows) => {
  const { scorer, read } = await transformerOf(async () => sessionOf());
  expect([await read(text), await read(again)]).toEqual([PLANTED, PLANTED]);
  expect(scorer.windows).toEqual(windows);
});

test('what the cache may take bounds it, and what was used last stays', async () => {
  const { scorer, read } = await transformerOf(async () => sessionOf(), { cacheBytes: 5000 });
  for (let i = 0; i < 50; i++) {
    await read(GOOD);
    await read(`Number ${'x'.repeat(i)} is mine.`);
  }
  expect(scorer.cacheBytes).toBeLessThanOrEqual(5000);
  expect(scorer.windows).toEqual({ cached: 49, encoded: 51 });
});

test('a session that is lost is replaced, by one start at a time, until one comes to something', async () => {
  let starting = 0;
  let most = 0;
  const outcomes = ['dies', 'fails', 'fails', 'works'];
  const open = async () => {
    starting += 1;
    most = Math.max(most, starting);
    await new Promise((resolve) => setTimeout(resolve, 5));
    starting -= 1;
    const outcome = outcomes.shift();
    if (outcome === 'fails') throw new Error('planted');
    return outcome === 'dies' ? sessionOf(() => Promise.reject(new SessionLost('planted'))) : sessionOf();
  };
  const { scorer, read, causes } = await transformerOf(open);
  expect([await read(GOOD), await read(GOOD), causes]).toEqual([undefined, undefined, ['broken', 'broken']]);
  await eventually('it reads again', async () => (await read(GOOD)) === PLANTED);
  expect([most, scorer.starts]).toEqual([1, 4]);
});

test('where none can be started at first, it is not tried again', async () => {
  await expect(transformerOf(() => Promise.reject(new Error('planted')))).rejects.toThrow('planted');
});

test('in bulk, the next session is waited for', async () => {
  const sessions = [sessionOf(() => Promise.reject(new SessionLost('planted'))), sessionOf()];
  const { read } = await transformerOf(async () => sessions.shift() ?? sessionOf());
  expect(await read(GOOD)).toBeUndefined();
  expect(await read(GOOD, { urgency: 'bulk' })).toBe(PLANTED);
});

describe('a thread of its own', () => {
  const ILL = new URL('../../fixtures/ill-session.mjs', import.meta.url);
  const window = (...ids: number[]): Window => ({ ids: Int32Array.from([101, ...ids, 102]) });
  const NO_GRAPH = new URL('file:///none');
  const asLong = { urgency: 'bulk', limitMs: Number.POSITIVE_INFINITY } as const;

  test.each([
    ['dies', 1],
    ['is blocked', 2],
  ])('that %s costs what it was reading alone, and is replaced', async (_, piece) => {
    const { scorer } = await transformerOf(() => openThreadSession(NO_GRAPH, ILL), { answerMs: 500 });
    await eventually('it reads', () =>
      scorer.score([window(7)], asLong).then(
        () => true,
        () => false,
      ),
    );
    const starts = scorer.starts;
    await expect(scorer.score([window(piece)], asLong)).rejects.toMatchObject({ why: 'broken' });
    await eventually('it reads again', () =>
      scorer.score([window(8)], asLong).then(
        () => true,
        () => false,
      ),
    );
    expect(scorer.starts).toBeGreaterThan(starts);
  });

  test('that is not there is no session', async () => {
    await expect(
      openThreadSession(NO_GRAPH, new URL('../../fixtures/none.mjs', import.meta.url)),
    ).rejects.toThrow('the thread of the classifier has ended');
  });
});
