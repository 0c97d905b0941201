import { Agent, request } from 'node:http';
import fc from 'fast-check';
import { type Service, startService } from '../helpers/service.js';
import { RANDOM_BODIES } from './random-bodies.js';

/** Random each time; a failure tells it, and with FUZZ_SEED the same requests are sent again. */
const SEED = Number(process.env.FUZZ_SEED ?? Math.floor(Math.random() * 2 ** 31));
const REQUESTS_A_KIND = 1000;
const CONNECTIONS = 16;

let service: Service;
const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
beforeAll(async () => {
  // None is to be refused because the machine is busy.
  service = await startService({ MAX_DELAY_MS: '0' });
});
afterAll(async () => {
  agent.destroy();
  await service.stop();
});

interface Answered {
  readonly status: number | undefined;
  readonly type: string | undefined;
  readonly body: string;
}

function send(body: Uint8Array): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': body.length };
    request(`${service.url}/v1/comments`, { method: 'POST', agent, headers }, (answer) => {
      const chunks: Buffer[] = [];
      answer
        .on('data', (chunk: Buffer) => chunks.push(chunk))
        .on('error', reject)
        .on('end', () =>
          resolve({
            status: answer.statusCode,
            type: answer.headers['content-type'],
            body: Buffer.concat(chunks).toString(),
          }),
        );
    })
      .on('error', reject)
      .end(body);
  });
}

/** What is wrong with an answer; none: nothing. */
function faultOf({ status, type, body }: Answered): string | undefined {
  if (status === 200) {
    return typeof JSON.parse(body).verdict === 'string' ? undefined : 'a 200 without a verdict';
  }
  if (status !== 400 && status !== 413) return `the status ${status}`;
  if (type !== 'application/problem+json' || JSON.parse(body).status !== status) return 'no problem details';
  return /\n\s+at |node_modules|\.js:\d/.test(body) ? 'a stack' : undefined;
}

test.each(RANDOM_BODIES)('%s: no 5xx, no connection lost', async (what, bodies) => {
  const queue = fc.sample(bodies, { numRuns: REQUESTS_A_KIND, seed: SEED });
  const faults: string[] = [];
  const tell = (fault: unknown, body: Uint8Array) =>
    faults.push(`${fault} for ${Buffer.from(body).toString('base64').slice(0, 300)}`);
  let next = 0;
  await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      for (let body = queue[next++]; body !== undefined; body = queue[next++]) {
        try {
          const answer = await send(body);
          const fault = faultOf(answer);
          if (fault !== undefined) tell(fault, body);
        } catch (error) {
          tell(error, body);
        }
      }
    }),
  );
  expect({ what, SEED, faults: faults.slice(0, 3) }).toEqual({ what, SEED, faults: [] });
});

test('after all of it, nothing broke inside', async () => {
  expect((await fetch(`${service.url}/livez`)).status).toBe(200);
  expect(service.log.filter(({ level }) => Number(level) >= 40)).toEqual([]);
  const verdicts = service.log.filter(({ status }) => status === 200).length;
  expect(verdicts).toBeGreaterThan((RANDOM_BODIES.length * REQUESTS_A_KIND) / 3);
});
