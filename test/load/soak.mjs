/**
 * Whether memory stays flat: `npm run soak`, after `npm run build`. Posts comments, each another text, to a service
 * of its own and prints what it holds, its garbage collected, as they go by. `npm run soak -- 6000` posts so many
 * instead of 300,000.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

const COMMENTS = Number(process.argv[2] ?? 300_000);
const ROWS = 12;
const CONNECTIONS = 16;
/** Each posts four comments, so that none meets a limit. A user is counted for a day: memory grows until all have come. */
const USERS = Math.ceil(COMMENTS / 4);

const STET = join(import.meta.dirname, '..', '..', 'dist', 'cli', 'stet.js');
const WORDS =
  'the a minister road school price water train nonsense agree should would never people country answer because when city budget hospital vote teacher reader author wrong right'.split(
    ' ',
  );

/** On SIGUSR2 the service collects its garbage, so that what it holds can be told from what it has not thrown away yet. */
const COLLECT = 'data:text/javascript,process.on("SIGUSR2",()=>gc())';

const service = spawn(process.execPath, ['--expose-gc', '--import', COLLECT, STET, 'serve'], {
  env: { PATH: process.env.PATH ?? '', PORT: '0', MAX_DELAY_MS: '0', LOG_LEVEL: 'info' },
  stdio: ['ignore', 'pipe', 'inherit'],
});
const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
const port = await listening();

try {
  await soak();
} finally {
  agent.destroy();
  service.kill('SIGTERM');
  await once(service, 'exit');
}

async function soak() {
  const every = Math.ceil(COMMENTS / ROWS);
  const statuses = new Map();
  let next = 0;
  console.log(' comments   resident    heap   buffers  comments/s');
  for (let done = 0; done < COMMENTS; done += every) {
    const until = Math.min(done + every, COMMENTS);
    const begin = performance.now();
    await Promise.all(
      Array.from({ length: CONNECTIONS }, async () => {
        while (next < until) {
          const status = await post(next++);
          statuses.set(status, (statuses.get(status) ?? 0) + 1);
        }
      }),
    );
    const rate = (until - done) / ((performance.now() - begin) / 1000);
    const { resident, heap, buffers } = await memory();
    console.log(
      `${String(until).padStart(9)} ${mega(resident)} MB ${mega(heap)} MB ${mega(buffers)} MB ${rate.toFixed(0).padStart(8)}`,
    );
  }
  console.log(`answers: ${[...statuses].map(([status, count]) => `${count} with ${status}`).join(', ')}`);
}

/** A comment that no other is like: words, some of which nobody knows, and now and then an insult. */
function commentOf(n) {
  let seed = n * 2654435761 + 1;
  const draw = (below) => {
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

function post(n) {
  const body = JSON.stringify(commentOf(n));
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
  return new Promise((resolve, reject) => {
    request({ port, agent, method: 'POST', path: '/v1/comments', headers }, (answer) => {
      answer
        .resume()
        .on('end', () => resolve(answer.statusCode))
        .on('error', reject);
    })
      .on('error', reject)
      .end(body);
  });
}

async function memory() {
  service.kill('SIGUSR2');
  await sleep(500);
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  const read = (name) => Number(new RegExp(`^${name} (\\S+)`, 'm').exec(text)?.[1]);
  return {
    resident: read('process_resident_memory_bytes'),
    heap: read('nodejs_heap_size_used_bytes'),
    buffers: read('nodejs_external_memory_bytes'),
  };
}

function mega(bytes) {
  return (bytes / 1e6).toFixed(1).padStart(7);
}

/** The port, once the service listens. Its log is read to the end, and not kept. */
function listening() {
  return new Promise((resolve, reject) => {
    service.once('exit', (code) => reject(new Error(`the service ended with ${code}`)));
    createInterface({ input: service.stdout }).on('line', (line) => {
      const { msg, port } = JSON.parse(line);
      if (msg === 'listening') resolve(port);
    });
  });
}
