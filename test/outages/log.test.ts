import { connect } from 'node:net';
import { eventually } from '../helpers/eventually.js';
import { freePort } from '../helpers/redis-server.js';
import { launchService, type Service } from '../helpers/service.js';
import { tinyRules } from '../helpers/stet.js';
import { commentsOf, metricOf, probesOf } from './asking.js';
import { BROKEN_LOGS, type BrokenLog } from './logs.js';

/** Requests whose lines, of some 330 bytes each, are more than the 1 MiB that waits. */
const MANY = 4500;
/** Those whose lines are more than a pipe or the file takes. */
const SOME = 500;

interface Trial {
  readonly log: BrokenLog;
  readonly service: Service;
}

const trials = new Map<string, Trial>();
beforeAll(async () => {
  const rules = tinyRules();
  await Promise.all(
    BROKEN_LOGS.map(async ({ name, open }) => {
      const log = await open();
      trials.set(name, { log, service: await startUnread(log, rules) });
      await log.ruin?.();
    }),
  );
});
afterAll(() => {
  for (const { log, service } of trials.values()) {
    service.kill();
    log.close();
  }
});

/** Starts a service whose log cannot tell that it listens. */
async function startUnread({ options }: BrokenLog, rules: string): Promise<Service> {
  const port = await freePort();
  const launched = launchService({ PORT: `${port}`, RULES_DIR: rules }, options);
  const service = Object.assign(launched, { port, opsPort: undefined, url: `http://127.0.0.1:${port}` });
  let hasEnded = false;
  void service.ended.then(() => {
    hasEnded = true;
  });
  await eventually('it listens', async () => {
    if (hasEnded) throw new Error(`it did not start: ${service.complaint}`);
    return fetch(`${service.url}/livez`).then(
      ({ ok }) => ok,
      () => false,
    );
  });
  return service;
}

/** Sends requests that are logged. Returns how many of them were answered. */
async function fill({ port }: Service, count: number): Promise<number> {
  const socket = connect(port, '127.0.0.1');
  const ids = `x-request-id: ${'i'.repeat(128)}\r\ntraceparent: 00-${'a'.repeat(32)}-${'b'.repeat(16)}-01\r\n`;
  const request = `GET /nowhere HTTP/1.1\r\nhost: localhost\r\n${ids}\r\n`;
  socket.write(request.repeat(count - 1) + request.replace('host', 'connection: close\r\nhost'));
  let answers = '';
  for await (const chunk of socket.setEncoding('latin1')) answers += chunk;
  return answers.split('HTTP/1.1 404').length - 1;
}

/** How many lines a log says were lost, all of whose lines are whole. */
function told(text: string): number {
  const lines = text.slice(0, text.lastIndexOf('\n')).split('\n').filter(Boolean);
  return lines.map((line) => JSON.parse(line)).reduce((sum, { lost }) => sum + (lost ?? 0), 0);
}

/** How many comments a log tells of. */
const comments = (text: string) => text.split('"route":"/v1/comments"').length - 1;

const lost = (service: Service) => metricOf(service, 'stet_log_lines_lost_total');

describe.each(BROKEN_LOGS)('where the log is $name', ({ name, status }) => {
  const trial = (): Trial => {
    const found = trials.get(name);
    if (!found) throw new Error(`no service was started with ${name}`);
    return found;
  };

  test('comments and probes are answered, and the lines that are lost are counted', async () => {
    const { service } = trial();
    expect(await fill(service, MANY)).toBe(MANY);
    expect(await lost(service)).toBeGreaterThan(0);
    expect(await commentsOf(service, 20)).toEqual({ 200: 20 });
    expect(await probesOf(service)).toEqual([200, 200]);
  });

  test('it is written on once that is possible, and says how many lines were lost', async () => {
    const { log, service } = trial();
    const count = await lost(service);
    const { relieve } = log;
    if (!relieve) {
      // Broken for good: nothing is to be told, and nothing is forgotten.
      await commentsOf(service, 3);
      expect(await lost(service)).toBeGreaterThanOrEqual(count + 3);
      return;
    }
    await eventually('all losses are told of', () => told(relieve()) >= count);
    const before = comments(relieve());
    await commentsOf(service, 1);
    await eventually('the comment is logged', () => comments(relieve()) === before + 1);
  });

  test(`SIGTERM ends it, with ${status ?? 'SIGKILL'}`, async () => {
    const { service } = trial();
    expect(await fill(service, SOME)).toBe(SOME);
    expect(await service.stop()).toBe(status);
    expect(service.complaint).toBe('');
  });
});
