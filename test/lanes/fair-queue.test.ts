import { FairQueue } from '../../src/lanes/fair-queue.js';

type Lane = 'live' | 'batch' | 'bulk';
const ANY = Number.POSITIVE_INFINITY;

function queueOf(longestWaitMs = ANY) {
  return new FairQueue<Lane, string>({
    bulk: { share: 1, longestWaitMs: ANY },
    live: { share: 8, longestWaitMs },
    batch: { share: 1, longestWaitMs: ANY },
  });
}

/** A step as `lane owner×times cost`. */
interface Pushed {
  readonly lane: Lane;
  readonly owner?: string;
  readonly cost?: number;
  readonly times?: number;
}

function push(queue: FairQueue<Lane, string>, { lane, owner = 'a', cost = 10, times = 1 }: Pushed, at = 0) {
  for (let i = 1; i <= times; i++) queue.push(lane, { owner, cost, at, work: `${lane} ${owner}${i}` });
}

/** What is served, in order, until nothing waits. */
function drain(queue: FairQueue<Lane, string>, most = ANY): string[] {
  const served: string[] = [];
  while (served.length < most) {
    const turn = queue.shift(0);
    if (!turn) break;
    served.push(turn.step.work);
  }
  return served;
}

test.each<{ why: string; pushed: Pushed[]; served: string[] }>([
  { why: 'nothing waits', pushed: [], served: [] },
  {
    why: 'one owner: as they came',
    pushed: [{ lane: 'batch', times: 3 }],
    served: ['batch a1', 'batch a2', 'batch a3'],
  },
  {
    why: 'the larger share first, whoever came first',
    pushed: [{ lane: 'batch' }, { lane: 'bulk' }, { lane: 'live' }],
    served: ['live a1', 'bulk a1', 'batch a1'],
  },
  {
    why: 'lanes of one share take turns',
    pushed: [
      { lane: 'batch', times: 3 },
      { lane: 'bulk', times: 3 },
    ],
    served: ['bulk a1', 'batch a1', 'bulk a2', 'batch a2', 'bulk a3', 'batch a3'],
  },
  {
    why: 'work is counted, not steps: what costs twice as much has a turn half as often',
    pushed: [
      { lane: 'batch', cost: 20, times: 2 },
      { lane: 'bulk', cost: 10, times: 4 },
    ],
    served: ['bulk a1', 'batch a1', 'bulk a2', 'bulk a3', 'batch a2', 'bulk a4'],
  },
  {
    why: 'owners of one lane take turns, however much one of them has',
    pushed: [
      { lane: 'live', owner: 'a', times: 4 },
      { lane: 'live', owner: 'b', times: 2 },
    ],
    served: ['live a1', 'live b1', 'live a2', 'live b2', 'live a3', 'live a4'],
  },
  {
    why: 'long comments of one owner do not cost another its part',
    pushed: [
      { lane: 'live', owner: 'a', cost: 100, times: 2 },
      { lane: 'live', owner: 'b', cost: 25, times: 5 },
    ],
    served: ['live a1', 'live b1', 'live b2', 'live b3', 'live b4', 'live a2', 'live b5'],
  },
])('$why', ({ pushed, served }) => {
  const queue = queueOf();
  for (const each of pushed) push(queue, each);
  expect(drain(queue)).toEqual(served);
  expect(queue.shift(0)).toBeUndefined();
});

test('eight parts of nine, and one of nine', () => {
  const queue = queueOf();
  push(queue, { lane: 'live', times: 100 });
  push(queue, { lane: 'batch', times: 100 });
  const served = drain(queue, 90);
  expect(served.filter((work) => work.startsWith('live'))).toHaveLength(80);
});

test('who had nothing waiting neither has turns saved up nor waits for those of others', () => {
  const queue = queueOf();
  push(queue, { lane: 'batch', times: 100 });
  push(queue, { lane: 'bulk', owner: 'z', times: 1 });
  // The batch has had most of what was done so far, and the lane of live comments none of it.
  drain(queue, 50);
  push(queue, { lane: 'live', times: 30 });
  push(queue, { lane: 'bulk', times: 30 });
  const next = drain(queue, 40);
  expect(next[0]).toBe('live a1');
  const count = (lane: Lane) => next.filter((work) => work.startsWith(lane)).length;
  // The batch waits for what it had beyond its part: one step.
  expect([count('live'), count('bulk'), count('batch')]).toEqual([30, 6, 4]);
});

test('a step at a time, as a batch asks for them: shares hold though the lane is empty between two', () => {
  const queue = queueOf();
  const served: Record<string, number> = {};
  const lanes = ['live', 'batch', 'bulk'] as const;
  for (const lane of lanes) push(queue, { lane });
  for (let i = 0; i < 1000; i++) {
    const turn = queue.shift(0);
    if (!turn) throw new Error('something waits');
    served[turn.lane] = (served[turn.lane] ?? 0) + 1;
    push(queue, { lane: turn.lane });
  }
  expect(served).toEqual({ live: 800, batch: 100, bulk: 100 });
});

test('what has waited too long is told to be late, and costs its lane nothing', () => {
  const queue = queueOf(100);
  push(queue, { lane: 'live', cost: 1000, times: 2 }, 0);
  push(queue, { lane: 'live', owner: 'b' }, 60);
  push(queue, { lane: 'batch', times: 1 }, 0);
  const turns = [101, 101, 101, 160].map((now) => {
    const turn = queue.shift(now);
    return `${turn?.step.work} ${turn?.isLate ? 'late' : 'in time'}`;
  });
  expect(turns).toEqual(['live a1 late', 'live a2 late', 'live b1 in time', 'batch a1 in time']);
});

test('what waits is counted: steps, cost and age', () => {
  const queue = queueOf();
  expect(queue.waiting('live', 50)).toEqual({ steps: 0, cost: 0, oldestMs: 0 });
  push(queue, { lane: 'live', times: 2 }, 10);
  push(queue, { lane: 'live', owner: 'b', cost: 5 }, 30);
  expect(queue.waiting('live', 50)).toEqual({ steps: 3, cost: 25, oldestMs: 40 });
  queue.shift(50);
  queue.shift(50);
  expect(queue.waiting('live', 50)).toEqual({ steps: 1, cost: 10, oldestMs: 40 });
  expect(queue.waiting('batch', 50)).toEqual({ steps: 0, cost: 0, oldestMs: 0 });
});

test.each<{ why: string; pushed: Pushed[]; owner: string; ahead: { steps: number; cost: number } }>([
  { why: 'nothing', pushed: [], owner: 'a', ahead: { steps: 0, cost: 0 } },
  { why: 'its own', pushed: [{ lane: 'live', times: 3 }], owner: 'a', ahead: { steps: 3, cost: 30 } },
  {
    why: "none of its own: another's does not count against it",
    pushed: [{ lane: 'live', times: 300 }],
    owner: 'b',
    ahead: { steps: 0, cost: 0 },
  },
  {
    why: 'its own, and as much of another',
    pushed: [
      { lane: 'live', times: 300 },
      { lane: 'live', owner: 'b', times: 2 },
    ],
    owner: 'b',
    ahead: { steps: 2, cost: 40 },
  },
  {
    why: 'no more of others than there is',
    pushed: [
      { lane: 'live', owner: 'b', times: 1 },
      { lane: 'live', times: 20 },
    ],
    owner: 'a',
    ahead: { steps: 20, cost: 210 },
  },
  {
    why: 'what other lanes get in the meantime',
    pushed: [
      { lane: 'live', times: 8 },
      { lane: 'batch', times: 500 },
    ],
    owner: 'a',
    ahead: { steps: 8, cost: 90 },
  },
])('what is done before one that comes now: $why', ({ pushed, owner, ahead }) => {
  const queue = queueOf();
  for (const each of pushed) push(queue, each);
  expect(queue.ahead('live', owner)).toEqual(ahead);
});
