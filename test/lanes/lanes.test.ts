import { setImmediate } from 'node:timers';
import { Lanes } from '../../src/lanes/lanes.js';

const SETTINGS = { batchesPerKey: 2, bulkRequestsPerKey: 1, previewsPerKey: 1 };

/** Lanes whose clock is set by hand, and which requests they refused. */
function lanesOf(maxDelayMs: number) {
  const clock = { now: 0 };
  const refused: string[] = [];
  const lanes = new Lanes({
    settings: SETTINGS,
    maxDelayMs,
    onRefused: (lane, reason) => refused.push(`${lane} ${reason}`),
    now: () => clock.now,
  });
  return { lanes, clock, refused };
}

/** What becomes of it: `done`, or by which error it was not. */
const outcome = (promise: Promise<void>) =>
  promise.then(
    () => 'done',
    (error: Error) => error.name,
  );

test.each([
  {
    maxDelayMs: 20,
    waiting: 10,
    msEach: 12,
    another: 'done',
    why: 'few are always taken, though they are slow',
  },
  { maxDelayMs: 20, waiting: 100, msEach: 0.1, another: 'done', why: 'many that are soon judged' },
  { maxDelayMs: 20, waiting: 100, msEach: 1, another: 'LaneRefusal', why: 'many that take longer' },
  { maxDelayMs: 0, waiting: 100, msEach: 1, another: 'done', why: 'nothing is to be refused' },
])(
  '$waiting comments of a key wait, $msEach ms each, $maxDelayMs may pass: one more is $another ($why)',
  async ({ maxDelayMs, waiting, msEach, another }) => {
    const { lanes, clock, refused } = lanesOf(maxDelayMs);
    const visit = lanes.visit('a');
    await visit.enter('live');
    let judged = 0;
    const all = Array.from({ length: waiting + 5 }, () =>
      visit.turn(100).then(() => {
        judged += 1;
        clock.now += msEach;
        // By then it is known how long one takes.
        if (judged !== 5) return undefined;
        const [more, others] = [lanes.visit('a').enter('live'), lanes.visit('b').enter('live')];
        return Promise.all([outcome(more), outcome(others)]);
      }),
    );
    const told = (await Promise.all(all)).find((each) => each !== undefined);
    // Of another key nothing waits, so its comments are taken.
    expect(told).toEqual([another, 'done']);
    expect(refused).toEqual(another === 'done' ? [] : ['live full']);
  },
);

test('a comment that has waited ten times too long is refused in its turn', async () => {
  const { lanes, clock, refused } = lanesOf(20);
  const visit = lanes.visit('a');
  await visit.enter('live');
  const outcomes = await Promise.all(
    [150, 100, 1].map((ms) =>
      outcome(
        visit.turn(100).then(() => {
          clock.now += ms;
        }),
      ),
    ),
  );
  expect(outcomes).toEqual(['done', 'done', 'LaneRefusal']);
  expect(refused).toEqual(['live late']);
});

test('whoever has gone waits for nothing, and its place is another’s', async () => {
  const { lanes } = lanesOf(20);
  const visits = ['a', 'a', 'a', 'a'].map((owner) => lanes.visit(owner));
  const [first, second, third, fourth] = visits.map((visit) => outcome(visit.enter('batch')));
  expect([await first, await second]).toEqual(['done', 'done']);
  expect(lanes.states().find(({ lane }) => lane === 'batch')).toMatchObject({ waiting: 2 });
  visits[2]?.leave();
  expect(await third).toBe('VisitorGone');
  visits[0]?.leave();
  expect(await fourth).toBe('done');
  const turns = [visits[1], visits[3]].map((visit) => outcome(visit?.turn(10) ?? Promise.resolve()));
  visits[3]?.leave();
  expect(await Promise.all(turns)).toEqual(['done', 'VisitorGone']);
});

test('one that goes at the moment that it is let in leaves no place taken', async () => {
  const { lanes } = lanesOf(20);
  const [holder, next, last] = ['a', 'a', 'b'].map((owner) => lanes.visit(owner));
  await holder?.enter('preview');
  await last?.enter('preview');
  last?.leave();
  const entered = outcome(lanes.visit('b').enter('preview'));
  expect(await entered).toBe('done');
  expect(await outcome(next?.enter('preview') ?? Promise.resolve())).toBe('LaneRefusal');
  const gone = lanes.visit('c');
  holder?.leave();
  const going = outcome(gone.enter('preview'));
  gone.leave();
  expect(await going).toBe('VisitorGone');
  expect(await outcome(lanes.visit('a').enter('preview'))).toBe('done');
});

test.each([
  { lane: 'live', each: 10, why: 'as long as the loop was away' },
  { lane: 'batch', each: 1, why: 'what has arrived is read before the next' },
] as const)(
  'while the loop reads 10 ms before each turn, $lane has $each steps of 1 ms in it ($why)',
  async ({ lane, each }) => {
    const { lanes, clock } = lanesOf(0);
    const visit = lanes.visit('a');
    await visit.enter(lane);
    const turns: number[] = [];
    let [inTurn, isOver] = [0, false];
    const read = () => {
      clock.now += 10;
      turns.push(inTurn);
      inTurn = 0;
      if (!isOver) setImmediate(read);
    };
    setImmediate(read);
    const step = async () => {
      await visit.turn(100);
      // What goes on in promises is of the step.
      await Promise.resolve();
      clock.now += 1;
      inTurn += 1;
    };
    await Promise.all(Array.from({ length: 101 }, step));
    isOver = true;
    // The first begins at once, and the last turn may be under way.
    expect(new Set(turns.slice(1))).toEqual(new Set([each]));
  },
);

test.each([
  { what: 'none came', connections: 0, msEach: 1, turns: 2 },
  { what: 'five come, one in each turn of the loop', connections: 5, msEach: 1, turns: 2 + 5 },
  { what: 'they come without end', connections: 1000, msEach: 1, turns: 1 + 20 },
  { what: 'they come without end, and each takes long', connections: 1000, msEach: 10, turns: 1 + 2 },
])('a step waits for the connections that come: $what', async ({ connections, msEach, turns }) => {
  const { lanes, clock } = lanesOf(0);
  const visit = lanes.visit('a');
  await visit.enter('bulk');
  const first = visit.turn(100);
  let isSecondDone = false;
  const second = visit.turn(100).then(() => {
    isSecondDone = true;
  });
  await first;
  let passed = 0;
  for (; !isSecondDone; passed++) {
    if (passed > 0 && passed <= connections) lanes.connected();
    clock.now += msEach;
    await new Promise((resolve) => setImmediate(resolve));
  }
  await second;
  expect(passed).toBe(turns);
});
