import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { eventually } from '../helpers/eventually.js';
import { type RedisServer, startRedis } from '../helpers/redis-server.js';
import { type Service, startService } from '../helpers/service.js';
import { STET } from '../helpers/stet.js';

// Two sites with rules and limits of their own in one service, told apart by the key that a request brings.

type Site = 'news' | 'sport';

const KEYS: Readonly<Record<Site, string>> = { news: 'key-of-news', sport: 'key-of-sport' };

/** One rule for each site, on a word that the other does not mind, and limits of its own. */
const FILES: Readonly<Record<string, string>> = {
  'news/spoilers.yaml': rule('spoilers', 'goose', 'reject'),
  'news/limits.yaml': limits(2),
  'sport/betting.yaml': rule('betting', 'wager', 'review'),
  'sport/limits.yaml': limits(4),
};

function rule(id: string, word: string, action: string): string {
  const lines = [
    `id: ${id}`,
    `guideline: Nothing about ${word}s.`,
    `message: Please do not write about a ${word}.`,
    `action: ${action}`,
    `when: [{ phrases: [${word}] }]`,
  ];
  return `${lines.join('\n')}\n`;
}

function limits(points: number): string {
  return `tiers: { default: [{ name: burst, points: ${points}, per: 1h }] }\n`;
}

let home: string;
let sites: string;
let keysFile: string;
const services: Service[] = [];

function makeHome(): void {
  home = mkdtempSync(join(tmpdir(), 'stet-two-sites-'));
  sites = join(home, 'sites');
  for (const [name, text] of Object.entries(FILES)) write(name, text);
  keysFile = join(home, 'keys');
  const lines = Object.entries(KEYS).map(([site, key]) => `${key} site=${site}\n`);
  writeFileSync(keysFile, lines.join(''));
}

async function leaveHome(): Promise<void> {
  for (const service of services.splice(0)) await service.stop();
  rmSync(home, { recursive: true });
}

/** Writes a file of a site, in one go. */
function write(name: string, text: string): void {
  const path = join(sites, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(join(home, 'new'), text);
  renameSync(join(home, 'new'), path);
}

async function start(env: Readonly<Record<string, string>> = {}): Promise<Service> {
  const service = await startService({ SITES_DIR: sites, API_KEYS_FILE: keysFile, ...env });
  services.push(service);
  return service;
}

async function ask(service: Service, key: string, path: string, body?: object) {
  const answer = await fetch(`${service.url}${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return { status: answer.status, headers: answer.headers, body: JSON.parse(await answer.text()) };
}

/** What becomes of a comment: `reject spoilers`, or `429`. */
async function judge(service: Service, site: Site, text: string, user = 'reader'): Promise<string> {
  const { status, body } = await ask(service, KEYS[site], '/v1/comments', { text, user: { id: user } });
  if (status !== 200) return `${status}`;
  return [body.verdict, ...body.reasons.map((reason: { rule: string }) => reason.rule)].join(' ');
}

async function ruleIds(service: Service, site: Site): Promise<string[]> {
  const { body } = await ask(service, KEYS[site], '/v1/rules');
  return body.rules.map(({ id }: { id: string }) => id);
}

async function versionOf(service: Service, site: Site): Promise<string> {
  return (await ask(service, KEYS[site], '/v1/rules')).body.rulesVersion;
}

async function metricsOf(service: Service): Promise<string[]> {
  const answer = await fetch(`${service.url}/metrics`, { headers: { authorization: `Bearer ${KEYS.news}` } });
  return (await answer.text()).split('\n');
}

describe('in one service', () => {
  let service: Service;
  beforeAll(async () => {
    makeHome();
    service = await start();
  });
  afterAll(leaveHome);

  test.each<[site: Site, text: string, outcome: string]>([
    ['news', 'A goose.', 'reject spoilers'],
    ['news', 'A wager.', 'approve'],
    ['sport', 'A goose.', 'approve'],
    ['sport', 'A wager.', 'review betting'],
  ])('a comment to %s, %j, is judged by its rules: %s', async (site, text, outcome) => {
    expect(await judge(service, site, text, `${site} ${text}`)).toBe(outcome);
    const dryRun = await ask(service, KEYS[site], '/v1/comments?dryRun=true', { text });
    expect(dryRun.body.verdict).toBe(outcome.split(' ')[0]);
  });

  test('a batch, and a foreign protocol, are judged by the rules of their key', async () => {
    const batch = async (site: Site) => {
      const answer = await fetch(`${service.url}/v1/comments/batch`, {
        method: 'POST',
        headers: { authorization: `Bearer ${KEYS[site]}`, 'content-type': 'application/x-ndjson' },
        body: '{"text": "A goose."}\n{"text": "A wager."}\n',
      });
      const lines = (await answer.text()).trim().split('\n');
      return lines.map((line) => JSON.parse(line).verdict);
    };
    expect(await batch('news')).toEqual(['reject', 'approve']);
    expect(await batch('sport')).toEqual(['approve', 'review']);
    const openai = async (site: Site) =>
      (await ask(service, KEYS[site], '/v1/moderations', { input: 'A goose.' })).body.results[0].stet.verdict;
    expect([await openai('news'), await openai('sport')]).toEqual(['reject', 'approve']);
  });

  test('each counts by its own limits, and the same reader of both twice', async () => {
    const outcomes = { news: [] as string[], sport: [] as string[] };
    for (let round = 0; round < 5; round++) {
      outcomes.news.push(await judge(service, 'news', 'Fine.'));
      outcomes.sport.push(await judge(service, 'sport', 'Fine.'));
    }
    expect(outcomes).toEqual({
      news: ['approve', 'approve', '429', '429', '429'],
      sport: ['approve', 'approve', 'approve', 'approve', '429'],
    });
  });

  test('a key lists the rules of its site', async () => {
    expect(await ruleIds(service, 'news')).toEqual(['spoilers']);
    expect(await ruleIds(service, 'sport')).toEqual(['betting']);
    const { body } = await ask(service, KEYS.news, '/readyz');
    expect(body.sites).toEqual({
      news: { version: await versionOf(service, 'news'), count: 1 },
      sport: { version: await versionOf(service, 'sport'), count: 1 },
    });
  });

  test.each<[site: Site, before: string[]]>([
    ['news', ['reject', 'approve', 'approve']],
    ['sport', ['approve', 'review', 'approve']],
  ])('a preview with a key of %s lays its draft over the rules of that site', async (site, before) => {
    const { status, body } = await ask(service, KEYS[site], '/v1/rules/preview', {
      files: { 'more.yaml': rule('more', 'swan', 'reject') },
      comments: [{ text: 'A goose.' }, { text: 'A wager.' }, { text: 'A swan.' }],
    });
    expect(status).toBe(200);
    const verdicts = (when: 'before' | 'after') =>
      body.comments.map((comment: Record<'before' | 'after', { verdict: string }>) => comment[when].verdict);
    expect(verdicts('before')).toEqual(before);
    expect(verdicts('after')).toEqual([...before.slice(0, 2), 'reject']);
    expect(body.rulesVersion.before).toBe(await versionOf(service, site));
  });
});

describe('in a service of its own', () => {
  beforeEach(makeHome);
  afterEach(leaveHome);

  test('a change to one leaves the other as it is, counts and all', async () => {
    const service = await start();
    const before = await versionOf(service, 'sport');
    expect(await judge(service, 'news', 'Fine.')).toBe('approve');
    expect(await judge(service, 'sport', 'Fine.')).toBe('approve');
    write('news/spoilers.yaml', rule('spoilers', 'swan', 'review'));
    write('news/limits.yaml', limits(3));
    await eventually('the rules of news have changed', async () => {
      return (await judge(service, 'news', 'A swan.', `reader-${Math.random()}`)) === 'review spoilers';
    });
    expect(await judge(service, 'news', 'A goose.')).toBe('approve');
    expect(await versionOf(service, 'sport')).toBe(before);
    // One of four was taken before the change, and three are left.
    const left = [];
    for (let round = 0; round < 4; round++) left.push(await judge(service, 'sport', 'A goose.'));
    expect(left).toEqual(['approve', 'approve', 'approve', '429']);
    const reloads = service.log.filter(({ msg }) => msg === 'rules reloaded');
    expect(new Set(reloads.map(({ site }) => site))).toEqual(new Set(['news']));
  });

  test('a mistake in one is told of that one, and both go on', async () => {
    const service = await start();
    write('sport/betting.yaml', 'id: betting\nacton: review\n');
    await eventually('the mistake is told', async () => {
      return (await ask(service, KEYS.sport, '/v1/rules')).body.errors.length > 0;
    });
    expect((await ask(service, KEYS.news, '/v1/rules')).body.errors).toEqual([]);
    expect(await judge(service, 'sport', 'A wager.')).toBe('review betting');
    expect(await judge(service, 'news', 'A goose.')).toBe('reject spoilers');
    const lines = await metricsOf(service);
    expect(lines).toContain('stet_rules_stale{site="sport"} 1');
    expect(lines).toContain('stet_rules_stale{site="news"} 0');
    const complaints = service.log.filter(({ level }) => level === 50);
    expect(complaints.map(({ site }) => site)).toEqual(['sport']);
  });

  test('metrics have the site as a label, and the log as a field', async () => {
    const service = await start();
    await judge(service, 'news', 'A goose.');
    await judge(service, 'sport', 'A goose.');
    await judge(service, 'sport', 'A wager.');
    const lines = await metricsOf(service);
    for (const line of [
      'stet_verdicts_total{site="news",decision="reject",source="comment"} 1',
      'stet_verdicts_total{site="sport",decision="approve",source="comment"} 1',
      'stet_verdicts_total{site="sport",decision="review",source="comment"} 1',
      'stet_rule_actions_total{site="news",rule="spoilers",action="reject",mode="enforce",source="comment"} 1',
      'stet_rule_actions_total{site="sport",rule="betting",action="review",mode="enforce",source="comment"} 1',
      `stet_rules_info{site="news",version="${await versionOf(service, 'news')}"} 1`,
      `stet_rules_info{site="sport",version="${await versionOf(service, 'sport')}"} 1`,
    ]) {
      expect(lines).toContain(line);
    }
    const judged = service.log.filter(({ route }) => route === '/v1/comments');
    expect(judged.map(({ site, verdict }) => ({ site, verdict }))).toEqual([
      { site: 'news', verdict: 'reject' },
      { site: 'sport', verdict: 'approve' },
      { site: 'sport', verdict: 'review' },
    ]);
    const loaded = service.log.filter(({ msg }) => msg === 'rules loaded');
    expect(loaded).toMatchObject([
      { site: 'news', folder: join(sites, 'news'), rules: 1 },
      { site: 'sport', folder: join(sites, 'sport'), rules: 1 },
    ]);
  });
});

describe('a start is refused', () => {
  beforeAll(makeHome);
  afterAll(leaveHome);

  test.each<[why: string, keys: string | undefined, env: Record<string, string>, told: string]>([
    [
      'a key that names an unknown site',
      'sekrit site=radio\n',
      {},
      'API_KEYS_FILE, line 1, has a key that names the site "radio"; write site=NAME behind it, with one of news, sport',
    ],
    [
      'no key at all',
      undefined,
      {},
      'SITES_DIR with several sites needs API_KEYS or API_KEYS_FILE: the key says whose comment it is',
    ],
  ])('with %s', (_, keys, env, told) => {
    if (keys !== undefined) writeFileSync(keysFile, keys);
    const { status, stderr } = spawnSync(process.execPath, [STET, 'serve'], {
      encoding: 'utf8',
      env: {
        PATH: process.env.PATH,
        PORT: '0',
        SITES_DIR: sites,
        ...(keys !== undefined && { API_KEYS_FILE: keysFile }),
        ...env,
      },
    });
    expect({ status, stderr }).toEqual({
      status: 78,
      stderr: `These settings cannot be used:\n${told}\n`,
    });
  });
});

describe('two instances on one Redis', () => {
  let redis: RedisServer;
  beforeAll(async () => {
    redis = await startRedis();
    makeHome();
  });
  afterAll(async () => {
    await leaveHome();
    await redis.stop();
  });

  test('count the reader of a site together, and each site by itself', async () => {
    const one = await start({ REDIS_URL: redis.url });
    const other = await start({ REDIS_URL: redis.url });
    await eventually('both count in Redis', async () => {
      const all = [one, other].map(
        async (service) => (await ask(service, KEYS.news, '/readyz')).body.limiter,
      );
      return (await Promise.all(all)).every((limiter) => limiter.kind === 'redis' && limiter.healthy);
    });
    const outcomes: Record<Site, string[]> = { news: [], sport: [] };
    for (const service of [one, other, one, other, one]) {
      outcomes.news.push(await judge(service, 'news', 'Fine.'));
      outcomes.sport.push(await judge(service, 'sport', 'Fine.'));
    }
    expect(outcomes).toEqual({
      news: ['approve', 'approve', '429', '429', '429'],
      sport: ['approve', 'approve', 'approve', 'approve', '429'],
    });
  });
});
