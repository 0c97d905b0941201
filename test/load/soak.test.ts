import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

/** The short form of `npm run soak`. */
const COMMENTS = 4000;
/** What a service may hold more after the second half than after the first, in MB: its users, and no more. */
const MOST_GROWTH_MB = 5;

test('memory stays flat while comments go by', async () => {
  const soak = spawn(process.execPath, [join(import.meta.dirname, 'soak.mjs'), `${COMMENTS}`], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const told = await text(soak.stdout);
  const rows = [...told.matchAll(/^ *(\d+) +[\d.]+ MB +([\d.]+) MB/gm)].map(([, comments, heap]) => ({
    comments: Number(comments),
    heap: Number(heap),
  }));
  const half = rows.find(({ comments }) => comments >= COMMENTS / 2);
  const last = rows.at(-1);
  expect(last?.comments).toBe(COMMENTS);
  expect((last?.heap ?? Number.NaN) - (half?.heap ?? 0)).toBeLessThan(MOST_GROWTH_MB);
  expect(told).toContain(`answers: ${COMMENTS} with 200\n`);
}, 120_000);
