import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { HOSTILE_COMMENTS, REFUSED_BODIES } from '../faults/hostile-bodies.js';
import { GOOD } from '../helpers/app.js';
import { type Service, startService } from '../helpers/service.js';
import { RANDOM_BODIES } from '../load/random-bodies.js';
import { type Measured, slowest, soonest, within } from './figures.js';

// What the built service takes, asked over HTTP.

const RANDOM_BODIES_A_KIND = 3000;
/** Lines of a batch that is judged while single comments come in. */
const LINES = 20_000;
const JSON_TYPE = 'application/json';

let service: Service;
beforeAll(async () => {
  service = await startService({ MAX_DELAY_MS: '0' });
});
afterAll(() => service.kill());

async function post(path: string, body: string | Uint8Array, type = JSON_TYPE): Promise<Response> {
  const headers = { 'content-type': type };
  const answer = await fetch(`${service.url}${path}`, { method: 'POST', headers, body });
  if (answer.status >= 500) throw new Error(`${answer.status}: ${await answer.text()}`);
  return answer;
}

async function eachOf(bodies: readonly { what: string; body: string | Uint8Array }[]): Promise<Measured> {
  const measured: Measured[] = [];
  for (const { what, body } of bodies) {
    const send = async () => (await post('/v1/comments?dryRun=true', body)).arrayBuffer();
    measured.push({ ...(await soonest(send, 10)), worst: what });
  }
  return slowest(measured);
}

within(50, 'a hostile comment, until its verdict', () => eachOf(HOSTILE_COMMENTS));
within(50, 'a body that is no comment, until it is refused', () => eachOf(REFUSED_BODIES));

within(
  50,
  `${RANDOM_BODIES.length * RANDOM_BODIES_A_KIND} random bodies, by the time that verdicts tell`,
  async () => {
    const measured: Measured[] = [];
    for (const [worst, bodies] of RANDOM_BODIES) {
      for (const body of fc.sample(bodies, RANDOM_BODIES_A_KIND)) {
        const elapsed = async () => {
          const answer = await post('/v1/comments?dryRun=true', body);
          const told: { elapsedMs?: number } = JSON.parse(await answer.text());
          return answer.status === 200 ? Number(told.elapsedMs) : 0;
        };
        let ms = await elapsed();
        // What was late once is asked for again: the service may have been collecting garbage.
        for (let tries = 0; ms > 50 && tries < 8; tries++) ms = Math.min(ms, await elapsed());
        measured.push({ ms, worst });
      }
    }
    return slowest(measured);
  },
  600_000,
);

within(800, 'five comments one after the other while a batch is judged', async () => {
  const line = `${JSON.stringify({ text: GOOD.text })}\n`;
  const batch = post('/v1/comments/batch', line.repeat(LINES), 'application/x-ndjson');
  await sleep(100);
  const measured = await soonest(async () => {
    for (let i = 0; i < 5; i++) await (await post('/v1/comments', JSON.stringify(GOOD))).text();
  }, 1);
  await (await batch).text();
  return measured;
});

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  within(2000, `with nothing to do, the end after ${signal}`, async () => {
    const idle = await startService();
    return soonest(() => {
      idle.signal(signal);
      return idle.ended;
    }, 1);
  });
}
