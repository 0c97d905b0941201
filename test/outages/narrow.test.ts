import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '../helpers/eventually.js';
import { type Service, startService } from '../helpers/service.js';
import { ask, commentsOf, KEY, metricOf, newComment, probesOf } from './asking.js';

const OPEN_FILES = 256;
const HEAP_MB = 96;
const RULES = join(import.meta.dirname, '..', '..', 'rules');
/** A rule that is not among ours. */
const RULE =
  'id: goose\nguideline: No geese.\nmessage: Please.\naction: reject\nwhen:\n  - phrases: [silly goose]\n';

let folder: string;
let service: Service;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'stet-outages-'));
  cpSync(RULES, folder, { recursive: true });
  service = await startService(
    // A busy machine would have comments refused early; that is not what is tried here.
    { API_KEYS: KEY, RULES_DIR: folder, MAX_DELAY_MS: '0' },
    { node: [`--max-old-space-size=${HEAP_MB}`], ulimit: `-n ${OPEN_FILES}` },
  );
});
afterAll(() => {
  service.kill();
  rmSync(folder, { recursive: true });
});

/** How a comment is judged that only the new rule rejects. */
async function verdict(): Promise<string> {
  const { body } = await ask(service, {
    path: '/v1/comments',
    body: newComment('The minister is a silly goose, I say.'),
  });
  return JSON.parse(body).verdict;
}

test(`a heap of ${HEAP_MB} MB is enough for comments, batches, a preview and a change of the rules`, async () => {
  expect(await commentsOf(service, 300, 8)).toEqual({ 200: 300 });
  const lines = Array.from({ length: 300 }, () => newComment());
  const batch = await ask(service, {
    path: '/v1/comments/batch',
    body: `${lines.join('\n')}\n`,
    type: 'application/x-ndjson',
  });
  expect([batch.status, batch.body.trim().split('\n').length]).toEqual([200, 300]);
  const preview = await ask(service, {
    path: '/v1/rules/preview',
    body: JSON.stringify({
      files: { 'goose.yaml': RULE },
      comments: [{ text: 'The minister is a silly goose, I say.' }],
    }),
  });
  expect([preview.status, preview.body.includes('goose')]).toEqual([200, true]);

  expect(await verdict()).not.toBe('reject');
  writeFileSync(join(folder, 'goose.yaml'), RULE);
  await eventually('the new rule is in force', async () => (await verdict()) === 'reject');
  expect(await commentsOf(service, 300, 8)).toEqual({ 200: 300 });
  expect(await probesOf(service)).toEqual([200, 200]);
});

test('with few open files, connections that are not used give their place to others', async () => {
  expect(service.log).toContainEqual(
    expect.objectContaining({ msg: 'too few open files for MAX_CONNECTIONS', openFiles: OPEN_FILES }),
  );
  const idle: Socket[] = [];
  try {
    for (let index = 0; index < OPEN_FILES * 2; index++) {
      idle.push(connect(service.port, '127.0.0.1').on('error', () => {}));
    }
    await eventually('all have their place, or had it', () => idle.every(({ connecting }) => !connecting));
    expect(await commentsOf(service, 50)).toEqual({ 200: 50 });
    expect(await probesOf(service)).toEqual([200, 200]);
    rmSync(join(folder, 'goose.yaml'));
    await eventually('rules are read', async () => (await verdict()) !== 'reject');
    expect(await metricOf(service, 'stet_connections_displaced_total')).toBeGreaterThan(0);
  } finally {
    for (const socket of idle) socket.destroy();
  }
  expect(await commentsOf(service, 50)).toEqual({ 200: 50 });
});

test('SIGTERM ends it, with 0', async () => {
  expect(await service.stop()).toBe(0);
  expect(service.complaint).toBe('');
});
