import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import request from 'supertest';
import { testApp } from '../helpers/app.js';
import { eventually } from '../helpers/eventually.js';
import { startService } from '../helpers/service.js';
import { tinyRules } from '../helpers/stet.js';

const KEY = 'YourAPIKey123456';
const TEXT = 'sekrit words of a reader';
const THANKS = 'Thanks for making the web a better place.';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'stet-feedback-'));
  file = join(folder, 'feedback.ndjson');
});
afterEach(() => rmSync(folder, { recursive: true }));

const modeOf = () => statSync(file).mode & 0o777;

/** Starts the app with a file of feedback. */
function start(path = file) {
  const { app, logs } = testApp({ env: { API_KEYS: KEY, FEEDBACK_FILE: path } });
  const submit = (text = TEXT) => request(app).post('/1.1/submit-spam').type('form').send(form(text));
  const suggest = (text = TEXT) =>
    request(app)
      .post(`/v1alpha1/comments:suggestscore?key=${KEY}`)
      .send({ comment: { text }, attributeScores: { TOXICITY: { summaryScore: { value: 1 } } } });
  return { submit, suggest, logs };
}

function form(text: string) {
  return { api_key: KEY, blog: 'https://a.example', user_ip: '192.0.2.1', comment_content: text };
}

/** The lines of the file that are JSON, by their texts, and what stands on the others. */
function readLines() {
  const texts: string[] = [];
  const torn: string[] = [];
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    try {
      texts.push(JSON.parse(line).text);
    } catch {
      if (line !== '') torn.push(line);
    }
  }
  return { texts, torn };
}

describe('who may read the file', () => {
  test.each(['0644', '0640', '0604', '0666'])(
    'one that is there with mode %s is its owner’s alone from the start',
    async (mode) => {
      writeFileSync(file, '{"text":"from before"}\n');
      chmodSync(file, mode);
      const { submit, logs } = start();
      await eventually('the mode is 0600', () => modeOf() === 0o600);
      expect((await submit()).text).toBe(THANKS);
      expect(readLines().texts).toEqual(['from before', TEXT]);
      expect(logs.join('')).toContain(`"file":"${file}","mode":"${mode}"`);
    },
  );

  test('one that was open to others after the start is so from the next line on', async () => {
    const { submit } = start();
    await submit('one');
    chmodSync(file, 0o644);
    await submit('two');
    expect(modeOf()).toBe(0o600);
  });

  test('one whose mode cannot be changed is warned of by name, once, and used', async () => {
    // Linux lets nobody change the mode of these, root neither. This one holds the name of the thread.
    const stubborn = '/proc/self/comm';
    const before = readFileSync(stubborn, 'utf8');
    const { submit, logs } = start(stubborn);
    try {
      const warnings = () => logs.filter((line) => line.includes('its mode cannot be changed here'));
      await eventually('it is warned of', () => warnings().length > 0);
      expect((await submit()).text).toBe(THANKS);
      expect((await submit()).text).toBe(THANKS);
      expect(warnings()).toHaveLength(1);
      expect(JSON.parse(warnings()[0] ?? '')).toMatchObject({
        level: 40,
        file: stubborn,
        mode: '0644',
        code: 'EPERM',
      });
    } finally {
      writeFileSync(stubborn, before);
    }
  });
});

test.each([
  { what: 'no file', before: undefined, torn: [] },
  { what: 'an empty file', before: '', torn: [] },
  { what: 'a whole line', before: '{"text":"from before"}\n', torn: [] },
  { what: 'a torn line', before: '{"text":"from before"}\n{"text":"to', torn: ['{"text":"to'] },
  { what: 'a line without its end', before: '{"text":"from before"}', torn: [] },
])('after $what, each line stands by itself, whichever protocol it came by', async ({ before, torn }) => {
  if (before !== undefined) writeFileSync(file, before, { mode: 0o600 });
  const { submit, suggest } = start();
  const texts = Array.from({ length: 10 }, (_, i) => `${i} `.repeat(4000).trim());
  await Promise.all(texts.map((text, i) => (i % 2 === 0 ? submit(text) : suggest(text))));
  const found = readLines();
  expect(found.torn).toEqual(torn);
  expect(found.texts.filter((text) => text !== 'from before').sort()).toEqual(texts);
});

test('on a full disk it is refused, counted and logged without its text, and goes on once there is room', async () => {
  const rules = tinyRules();
  // In blocks of 512 bytes or of 1,024, as the shell has it.
  const service = await startService(
    { API_KEYS: KEY, FEEDBACK_FILE: file, RULES_DIR: rules },
    { ulimit: '-f 2' },
  );
  const submit = async (text: string) => {
    const answer = await fetch(`${service.url}/1.1/submit-spam`, {
      method: 'POST',
      body: new URLSearchParams(form(text)),
    });
    return { status: answer.status, text: await answer.text() };
  };
  try {
    const kept: string[] = [];
    let answer = { status: 200, text: THANKS };
    while (answer.status === 200) {
      expect(answer.text).toBe(THANKS);
      answer = await submit(`${TEXT} ${kept.length}`);
      if (answer.status === 200) kept.push(`${TEXT} ${kept.length}`);
    }
    expect(answer).toEqual({ status: 500, text: expect.stringContaining('The feedback could not be kept') });
    expect(kept.length).toBeGreaterThan(2);
    const full = readLines();
    expect(full.texts).toEqual(kept);
    // The disk took the beginning of a line.
    expect(full.torn).toHaveLength(1);

    const suggestion = await fetch(`${service.url}/v1alpha1/comments:suggestscore?key=${KEY}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ comment: { text: TEXT }, attributeScores: {} }),
    });
    expect(suggestion.status).toBe(500);
    expect(await suggestion.json()).toMatchObject({ error: { status: 'INTERNAL' } });

    // Somebody takes the oldest lines out.
    writeFileSync(file, readFileSync(file, 'utf8').split('\n').slice(-2).join('\n'));
    expect((await submit('after it')).text).toBe(THANKS);
    expect(readLines()).toEqual({ texts: [...kept.slice(-1), 'after it'], torn: full.torn });

    const metrics = await fetch(`${service.url}/metrics`, { headers: { authorization: `Bearer ${KEY}` } });
    const lines = (await metrics.text()).split('\n');
    expect(lines).toContain(`stet_feedback_total{outcome="kept"} ${kept.length + 1}`);
    expect(lines).toContain('stet_feedback_total{outcome="failed"} 2');
  } finally {
    expect(await service.stop()).toBe(0);
    rmSync(rules, { recursive: true });
  }
  const told = service.log.filter(({ msg }) => msg === 'feedback could not be kept');
  expect(told).toEqual([
    expect.objectContaining({ level: 50, file, code: 'EFBIG' }),
    expect.objectContaining({ level: 50, file, code: 'EFBIG' }),
  ]);
  expect(JSON.stringify(service.log)).not.toContain(TEXT);
  expect(service.complaint).toBe('');
});
