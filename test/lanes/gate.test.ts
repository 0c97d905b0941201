import { Gate } from '../../src/lanes/gate.js';

const BOUNDS = { atOnce: 3, perOwner: 2, waiting: 3, longestWaitMs: 100 };

/**
 * Has things happen at a gate, a millisecond apart from the first: `a1` arrives, `-a1` leaves, `!a1` gives up, `@150`
 * is the time from then on. The letter is the owner.
 * @returns what each came to
 */
function play(happening: string): string[] {
  const gate = new Gate<string>(BOUNDS);
  let now = 0;
  return happening.split(' ').map((what) => {
    now += 1;
    const [sign = '', rest = ''] = /^[-!@]/.test(what) ? [what[0], what.slice(1)] : ['', what];
    if (sign === '@') {
      now = Number(rest);
      return `late: ${gate.expire(now).join(' ')}`;
    }
    if (sign === '!') {
      gate.giveUp(rest);
      return `waiting: ${gate.waiting}`;
    }
    if (sign === '-') return `next: ${gate.leave(rest.charAt(0)) ?? 'none'}`;
    const arrived = gate.arrive(rest, rest.charAt(0), now);
    return arrived.kind === 'waits' && arrived.instead ? `waits instead of ${arrived.instead}` : arrived.kind;
  });
}

test.each<{ why: string; happening: string; came: string[] }>([
  { why: 'so many of one owner', happening: 'a1 a2 a3', came: ['in', 'in', 'waits'] },
  {
    why: 'there is room for another though one has more waiting',
    happening: 'a1 a2 a3 b1',
    came: ['in', 'in', 'waits', 'in'],
  },
  {
    why: 'so many of all',
    happening: 'a1 b1 c1 d1',
    came: ['in', 'in', 'in', 'waits'],
  },
  {
    why: 'a free place goes to whoever came first',
    happening: 'a1 b1 c1 d1 e1 -a1 -b1 -c1',
    came: ['in', 'in', 'in', 'waits', 'waits', 'next: d1', 'next: e1', 'next: none'],
  },
  {
    why: 'a free place goes to the owner that has the fewest',
    happening: 'a1 a2 b1 b2 c1 -a1',
    came: ['in', 'in', 'in', 'waits', 'waits', 'next: c1'],
  },
  {
    why: 'a free place that the owner may not have is left to others',
    happening: 'a1 a2 b1 a3 -b1 c1',
    came: ['in', 'in', 'in', 'waits', 'next: none', 'in'],
  },
  {
    why: 'as many wait as may',
    happening: 'a1 b1 c1 d1 e1 f1 g1',
    came: ['in', 'in', 'in', 'waits', 'waits', 'waits', 'refused'],
  },
  {
    why: 'an owner that has most waiting gives up its last for another, and no more than to be level with it',
    happening: 'a1 a2 b1 a3 a4 a5 c1 c2 a6',
    came: ['in', 'in', 'in', 'waits', 'waits', 'waits', 'waits instead of a5', 'refused', 'refused'],
  },
  {
    why: 'what has waited too long is told, first come first',
    happening: 'a1 b1 c1 d1 e1 @104 f1 @200 @206',
    came: ['in', 'in', 'in', 'waits', 'waits', 'late: d1', 'waits', 'late: e1', 'late: f1'],
  },
  {
    why: 'who gives up is let in no more',
    happening: 'a1 b1 c1 d1 e1 !d1 -a1',
    came: ['in', 'in', 'in', 'waits', 'waits', 'waiting: 1', 'next: e1'],
  },
])('$why: $happening', ({ happening, came }) => {
  expect(play(happening)).toEqual(came);
});

test('its age is that of the one that has waited longest', () => {
  const gate = new Gate<string>({ ...BOUNDS, atOnce: 0 });
  expect([gate.waiting, gate.oldestMs(50)]).toEqual([0, 0]);
  gate.arrive('a1', 'a', 10);
  gate.arrive('b1', 'b', 30);
  expect([gate.waiting, gate.oldestMs(50)]).toEqual([2, 40]);
  gate.giveUp('a1');
  expect([gate.waiting, gate.oldestMs(50)]).toEqual([1, 20]);
});
