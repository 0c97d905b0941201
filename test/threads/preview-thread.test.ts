import { setTimeout as pause } from 'node:timers/promises';
import { PreviewThread } from '../../src/threads/preview/preview-thread.js';
import type { PreviewJob } from '../../src/threads/preview/run-preview.js';
import { ThreadRefusal } from '../../src/threads/refusal.js';
import { eventually } from '../helpers/eventually.js';

const RULE = `id: goose
guideline: Be kind.
message: Please be kind.
action: reject
when: [phrases: [goose]]
`;

function job(comments = 1): PreviewJob {
  return {
    version: 'sha256:1',
    files: new Map([['goose.yaml', RULE]]),
    sent: {
      kind: 'read',
      files: { 'goose.yaml': RULE.replace('goose]', 'duck]') },
      comments: Array.from({ length: comments }, (_, i) => ({
        text: `You duck number ${i}, and so on. `.repeat(50),
      })),
    },
    detectorModules: [],
    today: '2026-11-24',
  };
}

/** On a busy machine even a small one may take too long, so it is tried until it does not. */
async function isMadeInTheEnd(thread: PreviewThread): Promise<void> {
  await eventually('a small preview is made', async () => {
    try {
      return (await thread.run(job())).kind === 'made';
    } catch (error) {
      if (error instanceof ThreadRefusal && error.reason === 'too-costly') return false;
      throw error;
    }
  });
}

test('a preview that takes too long is broken off, and the next one is made', async () => {
  const thread = new PreviewThread({ longest: 2000, idle: 60_000 });
  await isMadeInTheEnd(thread);
  await expect(thread.run(job(100_000))).rejects.toMatchObject({
    reason: 'too-costly',
    message: 'The preview took over 2 s or 512 MB; send fewer comments or a smaller draft.',
  });
  await isMadeInTheEnd(thread);
});

test('previews are made in the order in which they come, and by a new thread after a pause', async () => {
  const thread = new PreviewThread({ longest: 60_000, idle: 20 });
  const done: number[] = [];
  await Promise.all([40, 1, 2].map((count) => thread.run(job(count)).then(() => done.push(count))));
  expect(done).toEqual([40, 1, 2]);
  await pause(200);
  await expect(thread.run(job())).resolves.toMatchObject({ kind: 'made' });
});

test.each<[what: string, memoryMb: number, comments: number, next: 'made' | 'refused']>([
  ['a preview', 150, 60_000, 'made'],
  ['the thread itself, before its first preview,', 20, 1, 'refused'],
])(
  'where %s takes too much memory it is broken off',
  async (_, memoryMb, comments, next) => {
    const thread = new PreviewThread({ longest: 60_000, idle: 60_000, memoryMb });
    const refusal = { reason: 'too-costly', message: expect.stringContaining(`60 s or ${memoryMb} MB`) };
    await expect(thread.run(job(comments))).rejects.toMatchObject(refusal);
    if (next === 'made') await expect(thread.run(job())).resolves.toMatchObject({ kind: 'made' });
    else await expect(thread.run(job())).rejects.toMatchObject(refusal);
  },
  120_000,
);

test('five previews are taken on at once, and more only once there is room', async () => {
  const thread = new PreviewThread({ longest: 60_000, idle: 60_000 });
  const five = Array.from({ length: 5 }, () => thread.run(job()));
  await expect(thread.run(job())).rejects.toMatchObject({
    reason: 'busy',
    message: '5 previews are under way already; try again in a moment.',
  });
  await five[0];
  await expect(thread.run(job())).resolves.toMatchObject({ kind: 'made' });
  expect((await Promise.all(five)).map(({ kind }) => kind)).toEqual(Array(5).fill('made'));
}, 60_000);

test('a preview that has waited too long for the thread is refused, and one that has its turn is made', async () => {
  const thread = new PreviewThread({ longest: 60_000, idle: 60_000, longestWaitMs: 1 });
  const [first, second, third] = [thread.run(job(2000)), thread.run(job()), thread.run(job())];
  await expect(second).rejects.toMatchObject({ reason: 'busy' });
  await expect(third).rejects.toMatchObject({ reason: 'busy' });
  await expect(first).resolves.toMatchObject({ kind: 'made' });
  await expect(thread.run(job())).resolves.toMatchObject({ kind: 'made' });
});

test('what breaks in the thread is thrown here', async () => {
  const thread = new PreviewThread();
  await expect(thread.run({ ...job(), files: new Map() })).rejects.toThrow('there is no rule in the folder');
  await expect(thread.run(job())).resolves.toMatchObject({ kind: 'made' });
});

test('a draft may ask for detectors of one’s own', async () => {
  const when = 'when: [{ detector: long-words, letters: 4 }]';
  const outcome = await new PreviewThread().run({
    ...job(),
    sent: {
      kind: 'read',
      files: { 'goose.yaml': RULE.replace(/when: .*/, when) },
      comments: [{ text: 'You duck.' }],
    },
    detectorModules: [new URL('../fixtures/long-words.mjs', import.meta.url).href],
  });
  expect(outcome).toMatchObject({ kind: 'made', changed: 1 });
});
