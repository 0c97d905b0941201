import { setImmediate } from 'node:timers/promises';
import { OneAtATime } from '../../src/sites/one-at-a-time.js';

test('who asks later starts when those before have ended, also where they fail', async () => {
  const turns = new OneAtATime();
  const order: string[] = [];
  const work = (name: string, fails = false) =>
    turns.run(async () => {
      order.push(`${name} starts`);
      await setImmediate();
      order.push(`${name} ends`);
      if (fails) throw new Error(`${name} failed`);
      return name;
    });
  const outcomes = await Promise.allSettled([work('one'), work('two', true), work('three')]);
  expect(order).toEqual(['one starts', 'one ends', 'two starts', 'two ends', 'three starts', 'three ends']);
  expect(outcomes).toEqual([
    { status: 'fulfilled', value: 'one' },
    { status: 'rejected', reason: new Error('two failed') },
    { status: 'fulfilled', value: 'three' },
  ]);
});
