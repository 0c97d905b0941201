import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Service, startService } from '../helpers/service.js';

/**
 * Whether memory stays flat: posts comments, each another text, to a service of its own and looks at what it holds, its
 * garbage collected, as they go by. `npm run soak` posts 300,000 (or `SOAK=6000 npm run soak` so many) and prints a
 * table; otherwise they are few.
 */
const IS_FULL = process.env.SOAK !== undefined;
const COMMENTS = Number(process.env.SOAK ?? 3000);
const ROWS = IS_FULL ? 12 : 2;
const CONNECTIONS = 16;
/** Each posts four comments, so that none meets a limit. A user is counted for a day: memory grows until all have come. */
const USERS = Math.ceil(COMMENTS / 4);
/** What a service may hold more after the second half than after the first, in bytes: its users, and no more. */
const MOST_GROWTH = IS_FULL ? 50e6 : 5e6;
const LONGEST_MS = IS_FULL ? 3_600_000 : 120_000;

const WORDS =
  'the a minister road school price water train nonsense agree should would never people country answer because when city budget hospital vote teacher reader author wrong right'.split(
    ' ',
  );

/** On SIGUSR2 the service collects its garbage, so that what it holds can be told from what it has not thrown away yet. */
const COLLECT = 'data:text/javascript,process.on("SIGUSR2",()=>gc())';

interface Row {
  readonly comments: number;
  /** In bytes. */
  readonly resident: number;
  readonly heap: number;
  readonly buffers: number;
  readonly perSecond: number;
}

let service: Service;
const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
beforeAll(async () => {
  const env = { MAX_DELAY_MS: '0', LOG_LEVEL: 'info' };
  service = await startService(env, { node: ['--expose-gc', '--import', COLLECT] });
});
afterAll(async () => {
  agent.destroy();
  await service.stop();
});

test(
  'memory stays flat while comments go by',
  async () => {
    const every = Math.ceil(COMMENTS / ROWS);
    const rows: Row[] = [];
    const refused: number[] = [];
    let next = 0;
    if (IS_FULL) show(' comments   resident    heap   buffers  comments/s');
    for (let done = 0; done < COMMENTS; done += every) {
      const until = Math.min(done + every, COMMENTS);
      const begin = performance.now();
      await Promise.all(
        Array.from({ length: CONNECTIONS }, async () => {
          while (next < until) {
            const status = await post(next++);
            if (status !== 200) refused.push(status);
          }
        }),
      );
      const perSecond = (until - done) / ((performance.now() - begin) / 1000);
      const row = { comments: until, ...(await memory()), perSecond };
      rows.push(row);
      if (IS_FULL) show(asText(row));
    }
    expect(refused.slice(0, 3)).toEqual([]);
    const half = rows.find(({ comments }) => comments >= COMMENTS / 2);
    expect((rows.at(-1)?.heap ?? Number.NaN) - (half?.heap ?? Number.NaN)).toBeLessThan(MOST_GROWTH);
  },
  LONGEST_MS,
);

/** A comment that no other is like: words, some of which nobody knows, and now and then an insult. */
function commentOf(n: number) {
  let seed = n * 2654435761 + 1;
  const draw = (below: number) => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return Math.floor((seed / 2147483648) * below);
  };
  const words = Array.from({ length: 5 + draw(60) }, () =>
    draw(8) === 0 ? draw(1e9).toString(36) : WORDS[draw(WORDS.length)],
  );
  return {
    id: `c-${n}`,
    text: n % 7 === 0 ? `You are an idiot, ${words.join(' ')}!` : `${words.join(' ')}.`,
    user: { id: `reader-${n % USERS}`, name: `Reader ${n % USERS}` },
    context: { url: `https://news.example/world/article${n % 500}.ece`, author: 'Reuters' },
  };
}

function post(n: number): Promise<number> {
  const body = JSON.stringify(commentOf(n));
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
  return new Promise((resolve, reject) => {
    request(`${service.url}/v1/comments`, { agent, method: 'POST', headers }, (answer) => {
      answer
        .resume()
        .on('end', () => resolve(answer.statusCode ?? 0))
        .on('error', reject);
    })
      .on('error', reject)
      .end(body);
  });
}

async function memory() {
  service.signal('SIGUSR2');
  await sleep(500);
  const text = await (await fetch(`${service.url}/metrics`)).text();
  const read = (name: string) => Number(new RegExp(`^${name} (\\S+)`, 'm').exec(text)?.[1]);
  return {
    resident: read('process_resident_memory_bytes'),
    heap: read('nodejs_heap_size_used_bytes'),
    buffers: read('nodejs_external_memory_bytes'),
  };
}

function asText({ comments, resident, heap, buffers, perSecond }: Row): string {
  const mega = (bytes: number) => `${(bytes / 1e6).toFixed(1).padStart(7)} MB`;
  return `${String(comments).padStart(9)} ${mega(resident)} ${mega(heap)} ${mega(buffers)} ${perSecond.toFixed(0).padStart(8)}`;
}

function show(line: string): void {
  process.stdout.write(`${line}\n`);
}
