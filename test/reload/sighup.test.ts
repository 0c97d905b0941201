import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '../helpers/eventually.js';
import { type LogLine, type Service, startService } from '../helpers/service.js';

const rule = (word: string) =>
  `id: abuse\nguideline: Be civil.\nmessage: Please be civil.\naction: reject\nwhen:\n  - phrases: [${word}]\n`;

let dir: string;
let service: Service;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'stet-sighup-'));
  await writeFile(join(dir, 'abuse.yaml'), rule('one'));
  service = await startService({ RULES_DIR: dir, RULES_POLL_MS: '0' });
});
afterEach(async () => {
  await service.stop();
  await rm(dir, { recursive: true });
});

/** Sends SIGHUP and returns what is logged of it. */
async function hangUp(): Promise<LogLine | undefined> {
  const before = reloads().length;
  service.signal('SIGHUP');
  await eventually('it is logged', () => reloads().length > before);
  return reloads()[before];
}

function reloads(): LogLine[] {
  return service.log.filter(({ cause }) => cause !== undefined);
}

async function verdict(text: string): Promise<unknown> {
  const answer = await fetch(`${service.url}/v1/comments?dryRun=true`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ text }),
  });
  return answer.json();
}

test('SIGHUP reloads, and the log says what came of it each time', async () => {
  expect(await hangUp()).toMatchObject({
    level: 30,
    cause: 'request',
    msg: 'the rules folder holds what is in force',
  });

  await writeFile(join(dir, 'abuse.yaml'), rule('two'));
  expect(await verdict('two')).toMatchObject({ verdict: 'approve' });
  expect(await hangUp()).toMatchObject({ level: 30, cause: 'request', msg: 'rules reloaded' });
  expect(await verdict('two')).toMatchObject({ verdict: 'reject' });

  await writeFile(join(dir, 'abuse.yaml'), 'id: abuse\n');
  expect(await hangUp()).toMatchObject({
    level: 50,
    mistakes: expect.arrayContaining([expect.stringMatching(/^abuse\.yaml:1:1: /)]),
    msg: 'the rules folder cannot be put in force; the rules from before stay',
  });
  expect(await hangUp()).toMatchObject({ level: 40, msg: 'the same mistakes are in the rules folder' });
  expect(await verdict('two')).toMatchObject({ verdict: 'reject' });

  await writeFile(join(dir, 'abuse.yaml'), rule('two'));
  expect(await hangUp()).toMatchObject({ level: 30, msg: 'the rules folder holds again what is in force' });
});
