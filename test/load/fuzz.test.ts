import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { HOSTILE } from '../faults/hostile-texts.js';
import { type RunningService, runService } from '../reload/running-service.js';

/** Random each time; a failure tells it, and with FUZZ_SEED the same requests are sent again. */
const SEED = Number(process.env.FUZZ_SEED ?? Date.now() % 2 ** 31);
const REQUESTS_A_KIND = 3000;
/** As many as the service takes in a row however late it is, so that none is refused because the machine is busy. */
const CONNECTIONS = 16;
/** The longest that judging may take, in milliseconds, as the service tells it. */
const BOUND_MS = 50;
/**
 * The machine may be busy: a verdict that took longer is asked for again, alone, once all others are there, and must
 * come in time at one of so many tries. Nothing else is tried again.
 */
const TRIES = 8;

/** Every code point of all planes but surrogates. */
const anyText = fc.string({ unit: 'binary', minLength: 1, maxLength: 600 });
/** UTF-16 as no text should be: half pairs, in any order. */
const brokenText = fc
  .array(fc.oneof(fc.nat(0xffff), fc.integer({ min: 0xd800, max: 0xdfff })), { minLength: 1, maxLength: 400 })
  .map((units) => String.fromCharCode(...units));
const pieces = fc
  .array(
    fc
      .tuple(fc.constantFrom(...HOSTILE), fc.integer({ min: 1, max: 12 }))
      .map(([[, piece], n]) => piece.repeat(n)),
    { minLength: 1, maxLength: 40 },
  )
  .map((parts) => parts.join(' ').slice(0, 10_000));
const json = fc.jsonValue({ maxDepth: 4 });
const name = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 });

const bytesOf = (body: unknown) => Buffer.from(JSON.stringify(body));
const commentWith = (text: fc.Arbitrary<string>) =>
  fc
    .record(
      {
        text,
        user: fc.record({ id: fc.uuid() }),
        context: fc.record(
          { title: name, author: name, participants: fc.array(name, { maxLength: 5 }), parent: text },
          { requiredKeys: [] },
        ),
      },
      { requiredKeys: ['text', 'user'] },
    )
    .map(bytesOf);

const KINDS: readonly (readonly [what: string, bodies: fc.Arbitrary<Uint8Array>])[] = [
  ['random bytes', fc.uint8Array({ maxLength: 600 })],
  ['random JSON', json.map(bytesOf)],
  [
    'random JSON in the place of fields',
    fc.record({ id: json, text: json, user: json, context: json }, { requiredKeys: [] }).map(bytesOf),
  ],
  [
    'JSON with a byte that is wrong',
    fc.tuple(commentWith(pieces), fc.nat(), fc.nat(255)).map(([body, at, byte]) => {
      const broken = Uint8Array.from(body);
      broken[at % broken.length] = byte;
      return broken;
    }),
  ],
  ['Unicode of all planes', commentWith(anyText)],
  ['half surrogate pairs', commentWith(brokenText)],
  ['hostile pieces', commentWith(pieces)],
];

let service: RunningService;
const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
beforeAll(async () => {
  service = await runService({});
}, 20_000);
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

/** How long judging took, as the service tells it; 0 where it did not judge. */
function elapsed({ status, body }: Answered): number {
  return status === 200 ? Number(JSON.parse(body).elapsedMs) : 0;
}

/** Asks again for a verdict that took too long; what is wrong, if anything is. */
async function retry(body: Uint8Array): Promise<string | undefined> {
  const times: number[] = [];
  while (times.length < TRIES) {
    const answer = await send(body);
    const fault = faultOf(answer);
    if (fault !== undefined) return fault;
    const ms = elapsed(answer);
    if (ms <= BOUND_MS) return undefined;
    times.push(ms);
    await sleep(20 * times.length);
  }
  return `${times.join(', ')} ms`;
}

test.each(KINDS)(
  '%s: no 5xx, no connection lost, no verdict that takes too long',
  async (what, bodies) => {
    const queue = fc.sample(bodies, { numRuns: REQUESTS_A_KIND, seed: SEED });
    const faults: string[] = [];
    const slow: Uint8Array[] = [];
    const tell = (fault: unknown, body: Uint8Array) =>
      faults.push(`${fault} for ${Buffer.from(body).toString('base64').slice(0, 2000)}`);
    let next = 0;
    await Promise.all(
      Array.from({ length: CONNECTIONS }, async () => {
        for (let body = queue[next++]; body !== undefined; body = queue[next++]) {
          try {
            const answer = await send(body);
            const fault = faultOf(answer);
            if (fault !== undefined) tell(fault, body);
            else if (elapsed(answer) > BOUND_MS) slow.push(body);
          } catch (error) {
            tell(error, body);
          }
        }
      }),
    );
    for (const body of slow) {
      const fault = await retry(body);
      if (fault !== undefined) tell(fault, body);
    }
    expect({ what, SEED, faults }).toEqual({ what, SEED, faults: [] });
  },
  60_000,
);

test('after all of it, nothing broke inside', async () => {
  expect((await fetch(`${service.url}/livez`)).status).toBe(200);
  expect(service.logs.filter(({ level }) => Number(level) >= 40)).toEqual([]);
  const verdicts = service.logs.filter(({ status }) => status === 200).length;
  expect(verdicts).toBeGreaterThan(KINDS.length * 1000);
});
