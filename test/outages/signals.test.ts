import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '../helpers/eventually.js';
import { launchService, type Service, type ServiceProcess, startService } from '../helpers/service.js';
import { tinyRules } from '../helpers/stet.js';
import { ask, newComment, probesOf } from './asking.js';
import { type Talk, talk } from './talking.js';

/** All moments: `npm run outages`. Otherwise a few. */
const IS_FULL = process.env.OUTAGES === 'all';

/** Those who talk while the service is told to stop: some wait for each answer, some do not. */
const TALKERS = [1, 1, 1, 1, 5, 5];

let rules: string;
let env: Record<string, string>;
const running: ServiceProcess[] = [];
beforeAll(() => {
  rules = tinyRules();
  // Only a signal has the rules read, none is refused on a busy machine, and a stop that waits for nothing shows.
  env = { RULES_DIR: rules, RULES_POLL_MS: '0', MAX_DELAY_MS: '0', SHUTDOWN_TIMEOUT_MS: '600000' };
});
afterEach(() => {
  for (const service of running.splice(0)) service.kill();
});
afterAll(() => rmSync(rules, { recursive: true }));

/**
 * Whether a process minds signals by now. Linux shows those it catches as a mask, of which the first bit is that of
 * SIGHUP; SIGTERM is among them earlier, because Node tidies up the terminal before it lets itself be ended by it.
 */
function mindsSignals({ pid }: ServiceProcess): boolean {
  const mask = /^SigCgt:\s*([\da-f]+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? '0';
  return (BigInt(`0x${mask}`) & 1n) !== 0n;
}

function launch(also: Readonly<Record<string, string>> = {}): ServiceProcess {
  const service = launchService({ ...env, ...also });
  running.push(service);
  return service;
}

async function start(also: Readonly<Record<string, string>> = {}): Promise<Service> {
  const service = await startService({ ...env, ...also });
  running.push(service);
  return service;
}

/** Parts of the time that a start takes. */
const partsOf = (count: number) => Array.from({ length: count }, (_, index) => index / count);

/** How long a start takes here, roughly, in milliseconds. It says only when to look. */
async function startMs(): Promise<number> {
  const began = performance.now();
  await start();
  return performance.now() - began;
}

describe('SIGHUP', () => {
  test('from the moment that it minds signals, at 20 moments and more, ends nothing, and the rules are read', async () => {
    const service = launch();
    const listening = service.logged(({ msg }) => msg === 'listening');
    let isListening = false;
    void listening.then(() => {
      isListening = true;
    });
    await eventually('it minds signals', () => mindsSignals(service));
    let sent = 0;
    while (!isListening || sent < 20) {
      service.signal('SIGHUP');
      sent += 1;
      await sleep(20);
    }
    const port = Number((await listening).port);
    const served = Object.assign(service, { port, opsPort: undefined, url: `http://127.0.0.1:${port}` });
    const file = join(rules, 'goose.yaml');
    writeFileSync(
      file,
      'id: goose\nguideline: No geese.\nmessage: Please.\naction: reject\nwhen:\n  - phrases: [goose]\n',
    );
    service.signal('SIGHUP');
    await eventually('the new rule is in force', async () => {
      const { body } = await ask(served, { path: '/v1/comments', body: newComment('You goose.') });
      return JSON.parse(body).verdict === 'reject';
    });
    rmSync(file);
    expect(await probesOf(served)).toEqual([200, 200]);
    // One as it stops has no effect either.
    service.signal('SIGTERM');
    service.signal('SIGHUP');
    expect(await service.ended).toBe(0);
    expect(service.complaint).toBe('');
  });

  if (IS_FULL) {
    test('at each of 20 moments of a start ends no process that minds signals', async () => {
      const all = await startMs();
      for (const part of partsOf(20)) {
        const service = launch();
        await sleep(part * all);
        const isMinded = mindsSignals(service);
        service.signal('SIGHUP');
        const begun = service.logged(({ msg }) => msg === 'listening');
        const lives = await begun.then(
          () => true,
          () => false,
        );
        expect({ part, lives }).toEqual({ part, lives: isMinded || lives });
        if (lives) expect(await service.stop()).toBe(0);
      }
    });
  }
});

describe('SIGTERM while it starts ends it with 0', () => {
  test('from the moment that it minds signals', async () => {
    const service = launch();
    await eventually('it minds signals', () => mindsSignals(service));
    expect(await service.stop()).toBe(0);
    expect(service.complaint).toBe('');
  });

  test.each(['rules loaded', 'listening'])('as soon as it says "%s"', async (message) => {
    const service = launch({ SHUTDOWN_DELAY_MS: '300' });
    await service.logged(({ msg }) => msg === message);
    expect(await service.stop()).toBe(0);
    expect(service.complaint).toBe('');
  });

  if (IS_FULL) {
    test('at 13 moments more, wherever it minds signals', async () => {
      const all = await startMs();
      for (const part of partsOf(13)) {
        const service = launch();
        await sleep(part * all);
        const isMinded = mindsSignals(service);
        const status = await service.stop();
        expect({ part, status }).toEqual({ part, status: isMinded ? 0 : status });
      }
    });
  }
});

test.each(IS_FULL ? [1, 20, 150, 400] : [60])(
  'SIGTERM after %d comments: what was sent is answered or left alone, and nothing is reset',
  async (count) => {
    const service = await start();
    let answers = 0;
    const talks = TALKERS.map((atOnce) =>
      talk(service.port, atOnce, () => {
        answers += 1;
        if (answers === count) service.signal('SIGTERM');
      }),
    );
    const ended: Talk[] = await Promise.all(talks);
    expect(await service.ended).toBe(0);
    expect(service.complaint).toBe('');
    const wrong = ended.filter(
      ({ error, open, atOnce, others }) =>
        error !== undefined || others.length > 0 || (open > 0 && open < atOnce),
    );
    expect(wrong).toEqual([]);
    // It was the service that ended the talks.
    expect(ended.some(({ wasTold }) => wasTold)).toBe(true);
  },
);

test('SIGTERM with a delay: probes see it stop, and whoever comes is answered until the delay ends', async () => {
  // Longer than a test may last: a second signal ends it.
  const service = await start({ SHUTDOWN_DELAY_MS: '600000' });
  service.signal('SIGTERM');
  await eventually('it says that it stops', async () => (await probesOf(service))[1] === 503);
  expect(await probesOf(service)).toEqual([200, 503]);
  const last: Talk[] = await Promise.all(TALKERS.map((atOnce) => talk(service.port, atOnce, () => {})));
  for (const { atOnce, ...became } of last) {
    expect(became).toEqual({ answered: atOnce, open: 0, others: [], wasTold: true, error: undefined });
  }
  service.signal('SIGTERM');
  expect(await service.ended).toBe(1);
});
