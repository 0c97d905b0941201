import { mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { ConfigError } from '../../src/settings/setting.js';
import { readKey } from '../../src/sites/key.js';
import { ApiKeys, type KeysReload } from '../../src/sites/keys.js';
import { eventually } from '../helpers/eventually.js';
import { type Service, startService } from '../helpers/service.js';
import { tinyRules } from '../helpers/stet.js';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'stet-keys-'));
  file = join(folder, 'keys');
});
afterEach(() => rmSync(folder, { recursive: true }));

const Readiness = z.object({ keys: z.object({ stale: z.boolean() }) });
const ONE_SITE = ['default'];
const secretsOf = ({ inForce }: ApiKeys) => inForce?.map(({ secret }) => secret);

test.each<[written: string, read: ReturnType<typeof readKey>]>([
  ['abc', { secret: 'abc', site: undefined, roles: undefined }],
  ['abc site=sport', { secret: 'abc', site: 'sport', roles: undefined }],
  ['  abc \t site=the-news-2 ', { secret: 'abc', site: 'the-news-2', roles: undefined }],
  ['site=sport', { secret: 'site=sport', site: undefined, roles: undefined }],
  ['abc roles=judge', { secret: 'abc', site: undefined, roles: ['judge'] }],
  ['abc site=sport roles=judge,read', { secret: 'abc', site: 'sport', roles: ['judge', 'read'] }],
  ['abc roles=admin site=sport', { secret: 'abc', site: 'sport', roles: ['admin'] }],
  ['roles=judge', { secret: 'roles=judge', site: undefined, roles: undefined }],
  ['abc site=', { fault: 'no-key' }],
  ['abc site=Sport', { fault: 'no-key' }],
  ['abc site=a site=b', { fault: 'no-key' }],
  ['abc roles=judge roles=read', { fault: 'no-key' }],
  ['abc role=judge', { fault: 'no-key' }],
  ['abc def', { fault: 'no-key' }],
  ['', { fault: 'no-key' }],
  ['abc roles=', { fault: 'unknown-role' }],
  ['abc roles=juge', { fault: 'unknown-role' }],
  ['abc roles=judge,', { fault: 'unknown-role' }],
  ['abc roles=Judge', { fault: 'unknown-role' }],
  ['abc roles=constructor', { fault: 'unknown-role' }],
])('the key %j is read as %j', (written, read) => {
  expect(readKey(written)).toEqual(read);
});

test.each<[content: string, mistake: string | undefined]>([
  ['one site=news\ntwo site=sport', undefined],
  [
    'one site=news\ntwo',
    'API_KEYS_FILE, line 2, has a key that names no site; write site=NAME behind it, with one of news, sport',
  ],
  [
    'one site=radio',
    'API_KEYS_FILE, line 1, has a key that names the site "radio"; write site=NAME behind it, with one of news, sport',
  ],
])('of several sites each key names one: %j', (content, mistake) => {
  writeFileSync(file, content);
  const open = () => new ApiKeys({ apiKeys: undefined, apiKeysFile: file }, ['news', 'sport']);
  if (mistake === undefined) expect(open).not.toThrow();
  else expect(open).toThrow(mistake);
});

test.each([
  { content: 'one', keys: ['one'], why: 'no line end' },
  { content: 'one\ntwo\n', keys: ['one', 'two'], why: 'one a line' },
  {
    content: '# of the site\none\n\n  # of the app\r\n  two \r\n',
    keys: ['one', 'two'],
    why: 'comments, blanks',
  },
  { content: 'one#two', keys: ['one#two'], why: '# within a key' },
  { content: 'one', fixed: ['zero'], keys: ['zero', 'one'], why: 'beside API_KEYS' },
])('reads $keys ($why)', ({ content, fixed, keys }) => {
  writeFileSync(file, content);
  const apiKeys = fixed?.map((secret) => ({ secret, site: undefined }));
  expect(secretsOf(new ApiKeys({ apiKeys, apiKeysFile: file }, ONE_SITE))).toEqual(keys);
});

test.each([
  { content: '', mistake: 'API_KEYS_FILE must hold at least one key; it holds none' },
  { content: '# none yet\n', mistake: 'API_KEYS_FILE must hold at least one key; it holds none' },
  ...['sekrit one', 'sekrit,two', 'sekrit\u00e9'].map((line) => ({
    content: `# ours\nright\n${line}\n`,
    mistake:
      'API_KEYS_FILE, line 3, is not one key of printable ASCII characters without a space or a comma, with site=NAME behind it where there are several sites, and roles=ROLE,ROLE where it may not do everything',
  })),
  {
    content: 'right\nsekrit roles=judge,sekrit\n',
    mistake:
      'API_KEYS_FILE, line 2, names a role that there is not; write one or more of judge, batch, read, moderate, edit, admin behind roles=, separated by commas without spaces',
  },
  { content: undefined, mistake: 'API_KEYS_FILE must be a file of keys that can be read: ENOENT' },
])('refuses $content, and quotes no key', ({ content, mistake }) => {
  if (content !== undefined) writeFileSync(file, content);
  const open = () => new ApiKeys({ apiKeys: undefined, apiKeysFile: file }, ONE_SITE);
  expect(open).toThrow(ConfigError);
  expect(open).toThrow(mistake);
  expect(open).not.toThrow('sekrit');
});

test.each<[content: string, fixed: string | undefined, mistake: string | undefined]>([
  ['sixteen-letters-\n', undefined, undefined],
  [
    'sixteen-letters-\nfifteen-sekrit-\n',
    undefined,
    'API_KEYS_FILE, line 2, has a key of fewer than 16 characters',
  ],
  ['sixteen-letters-\n', 'fifteen-sekrit-', 'API_KEYS has a key of fewer than 16 characters'],
])('keys that others can try are not short: %j beside %j', (content, fixed, mistake) => {
  writeFileSync(file, content);
  const apiKeys = fixed === undefined ? undefined : [{ secret: fixed, site: undefined }];
  const open = (shortAllowed: boolean) =>
    new ApiKeys({ apiKeys, apiKeysFile: file }, ONE_SITE, { shortAllowed });
  expect(() => open(true)).not.toThrow();
  if (mistake === undefined) expect(() => open(false)).not.toThrow();
  else {
    expect(() => open(false)).toThrow(mistake);
    expect(() => open(false)).not.toThrow('sekrit');
  }
});

test('without a file, the keys of API_KEYS stay, and without either none is asked for', () => {
  const apiKeys = [{ secret: 'a', site: undefined }];
  expect(new ApiKeys({ apiKeys, apiKeysFile: undefined }, ONE_SITE).inForce).toEqual(apiKeys);
  expect(new ApiKeys({ apiKeys: undefined, apiKeysFile: undefined }, ONE_SITE).inForce).toBeUndefined();
});

test('what is read anew is in force, unless it is wrong', () => {
  writeFileSync(file, 'one');
  const keys = new ApiKeys({ apiKeys: undefined, apiKeysFile: file }, ONE_SITE);
  const told: KeysReload[] = [];
  keys.start({ pollMs: 0, onReload: (reload) => told.push(reload) });
  const first = keys.inForce;
  keys.reload();
  expect(keys.inForce).toBe(first);
  writeFileSync(file, 'two\nthree');
  keys.reload();
  expect(secretsOf(keys)).toEqual(['two', 'three']);
  writeFileSync(file, '');
  keys.reload();
  expect(secretsOf(keys)).toEqual(['two', 'three']);
  expect(keys.isStale).toBe(true);
  writeFileSync(file, 'two\nthree');
  keys.reload();
  expect(keys.isStale).toBe(false);
  expect(told).toEqual([
    { outcome: 'unchanged', count: 1, isNews: true },
    { outcome: 'loaded', count: 2, isNews: true },
    { outcome: 'failed', count: 2, mistake: expect.stringContaining('it holds none'), isNews: true },
    { outcome: 'unchanged', count: 2, isNews: true },
  ]);
  keys.close();
});

test('the same mistake is told again when it is asked for or time, not for each change of the file', async () => {
  writeFileSync(file, 'one');
  const keys = new ApiKeys({ apiKeys: undefined, apiKeysFile: file }, ONE_SITE);
  const told: KeysReload[] = [];
  keys.start({ pollMs: 5, onReload: (reload) => told.push(reload) });
  let line = 'not one';
  const changeUntilTold = (times: number) =>
    eventually(`it is told ${times} times`, () => {
      line += ', as before';
      writeFileSync(file, line);
      return told.length >= times;
    });
  await changeUntilTold(3);
  keys.reload();
  expect(told.map(({ isNews }) => isNews)).toEqual([true, ...Array(told.length - 2).fill(false), true]);
  keys.close();
});

test('a file that is gone is told of again and again, until it is back, which needs no change to be seen', async () => {
  writeFileSync(file, 'one');
  const keys = new ApiKeys({ apiKeys: undefined, apiKeysFile: file }, ONE_SITE);
  const told: KeysReload[] = [];
  // The file is not watched: what is told is told for the time that has passed.
  keys.start({ pollMs: 0, remindMs: 20, onReload: (reload) => told.push(reload) });
  rmSync(file);
  keys.reload();
  await eventually('it is told three times', () => told.length >= 3);
  expect(told.every(({ outcome, isNews }) => outcome === 'failed' && isNews)).toBe(true);
  expect(secretsOf(keys)).toEqual(['one']);
  expect(keys.isStale).toBe(true);
  writeFileSync(file, 'two');
  await eventually('it is read again', () => !keys.isStale);
  expect(secretsOf(keys)).toEqual(['two']);
  expect(told.at(-1)).toEqual({ outcome: 'loaded', count: 1, isNews: true });
  keys.close();
});

describe('a service that runs', () => {
  const rules = tinyRules();
  let service: Service;
  afterEach(() => service.stop());

  const statusWith = async (key: string) =>
    (await fetch(`${service.url}/v1/rules`, { headers: { authorization: `Bearer ${key}` } })).status;

  const answers = (key: string, status: number) =>
    eventually(`${key} is answered with ${status}`, async () => (await statusWith(key)) === status);

  test('takes other keys once the file changes, as a Secret of Kubernetes does, and drops the old ones', async () => {
    // A mounted Secret is a link to a folder; a new state is another folder, to which the link is moved at once.
    const put = (version: string, content: string) => {
      const name = join(folder, `${version}-keys`);
      writeFileSync(name, content);
      symlinkSync(name, join(folder, `${version}-link`));
      renameSync(join(folder, `${version}-link`), file);
    };
    put('first', 'old-sekrit\n');
    service = await startService({ RULES_DIR: rules, API_KEYS_FILE: file });
    expect(await statusWith('old-sekrit')).toBe(200);
    expect(await statusWith('new-sekrit')).toBe(401);
    put('second', 'old-sekrit\nnew-sekrit\n');
    await answers('new-sekrit', 200);
    expect(await statusWith('old-sekrit')).toBe(200);
    put('third', 'new-sekrit\n');
    await answers('old-sekrit', 401);
    put('fourth', 'not a sekrit\n');
    await service.logged(({ level }) => level === 50);
    expect(await statusWith('new-sekrit')).toBe(200);
    expect(service.log.filter(({ keys, msg }) => keys !== undefined && msg !== 'listening')).toMatchObject([
      { level: 30, keys: 2, msg: 'keys reloaded' },
      { level: 30, keys: 1, msg: 'keys reloaded' },
      {
        level: 50,
        keys: 1,
        mistake: expect.stringContaining('line 1'),
        msg: 'the keys from before stay in force',
      },
    ]);
    expect(JSON.stringify(service.log)).not.toContain('sekrit');
  });

  test('says where everybody looks that the file is gone, and keeps what was in force', async () => {
    writeFileSync(file, 'the-sekrit-of-old roles=judge\nthe-sekrit-of-prometheus roles=read\n');
    service = await startService({ RULES_DIR: rules, API_KEYS_FILE: file, HOST: '0.0.0.0' });
    const signs = async () => {
      const { keys } = Readiness.parse(await (await fetch(`${service.url}/readyz`)).json());
      const headers = { authorization: 'Bearer the-sekrit-of-prometheus' };
      const metrics = await (await fetch(`${service.url}/metrics`, { headers })).text();
      return [keys.stale, /^stet_keys_stale (\d)$/m.exec(metrics)?.[1]];
    };
    expect(await signs()).toEqual([false, '0']);
    rmSync(file);
    await service.logged(({ msg }) => msg === 'the keys from before stay in force');
    expect(await signs()).toEqual([true, '1']);
    expect(await statusWith('the-sekrit-of-prometheus')).toBe(200);
    writeFileSync(file, 'short-sekrit\n');
    const refused = await service.logged(({ mistake }) => /fewer than 16/.test(String(mistake)));
    expect(refused).toMatchObject({ level: 50, keys: 2, mistake: expect.stringContaining('line 1') });
    expect(await statusWith('the-sekrit-of-old')).toBe(403);
    writeFileSync(file, 'the-sekrit-of-prometheus roles=read\n');
    await answers('the-sekrit-of-old', 401);
    expect(await signs()).toEqual([false, '0']);
    expect(JSON.stringify(service.log)).not.toContain('sekrit');
  });

  test('takes them on SIGHUP alone where it does not look for changes', async () => {
    writeFileSync(file, 'old-sekrit');
    service = await startService({ RULES_DIR: rules, API_KEYS_FILE: file, RULES_POLL_MS: '0' });
    writeFileSync(file, 'new-sekrit');
    await sleep(300);
    expect(await statusWith('old-sekrit')).toBe(200);
    service.signal('SIGHUP');
    await answers('new-sekrit', 200);
    expect(await statusWith('old-sekrit')).toBe(401);
  });

  test('keeps a batch behind the keys of the file', async () => {
    writeFileSync(file, 'sekrit');
    service = await startService({ RULES_DIR: rules, API_KEYS_FILE: file });
    const batch = (authorization: string) =>
      fetch(`${service.url}/v1/comments/batch`, {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/x-ndjson' },
        body: '{"text": "Fine."}\n',
      });
    expect((await batch('Bearer sekrit')).status).toBe(200);
    expect((await batch('Bearer other')).status).toBe(401);
  });
});
