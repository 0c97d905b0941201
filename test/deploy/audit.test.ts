import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

// What npm 10 and 11 print for `npm audit --omit=dev --json`, shortened.

const NONE = { info: 0, low: 0, moderate: 0, high: 0, critical: 0, total: 0 };
const DEPENDENCIES = { prod: 141, dev: 478, optional: 95, peer: 0, peerOptional: 0, total: 637 };
const REGISTRY = 'https://registry.example/-/npm/v1/security/advisories/bulk';
const SILENT = { summary: '', detail: '' };

const ADVISORY = {
  source: 1097,
  name: 'qs',
  dependency: 'qs',
  title: 'Arrays too long',
  url: 'https://github.com/advisories/GHSA-xxxx-yyyy-zzzz',
  severity: 'high',
  cwe: ['CWE-400'],
  cvss: { score: 7.5, vectorString: 'CVSS:3.1/AV:N' },
  range: '<99',
};
const fixAvailable = { name: 'express', version: '3.21.2', isSemVerMajor: true };
const VULNERABILITIES = {
  express: {
    name: 'express',
    severity: 'high',
    isDirect: true,
    via: ['qs'],
    effects: [],
    range: '>=4.0.0-rc1',
    nodes: ['node_modules/express'],
    fixAvailable,
  },
  qs: {
    name: 'qs',
    severity: 'high',
    isDirect: false,
    via: [ADVISORY],
    effects: ['express'],
    range: '*',
    nodes: ['node_modules/qs'],
    fixAvailable,
  },
};
const BAD = {
  auditReportVersion: 2,
  vulnerabilities: VULNERABILITIES,
  metadata: { vulnerabilities: { ...NONE, high: 2, total: 2 }, dependencies: DEPENDENCIES },
};
const GOOD = {
  auditReportVersion: 2,
  vulnerabilities: {},
  metadata: { vulnerabilities: NONE, dependencies: DEPENDENCIES },
};

function audit(printed: string) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['.ci/audit.mjs'], {
    input: printed,
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  return { status, lines: stdout.trimEnd().split('\n') };
}

test('advisories fail, each package with what is wrong with it', () => {
  expect(audit(JSON.stringify(BAD))).toEqual({
    status: 1,
    lines: [
      'npm audit: express >=4.0.0-rc1: high: by way of qs',
      'npm audit: qs *: high: Arrays too long (https://github.com/advisories/GHSA-xxxx-yyyy-zzzz)',
    ],
  });
});

test('no advisory passes, with how many packages were asked about', () => {
  expect(audit(JSON.stringify(GOOD))).toEqual({
    status: 0,
    lines: ['npm audit: no known advisory on 141 packages of production'],
  });
});

test.each<[why: string, printed: unknown, reason: string]>([
  ['a time-out', '', 'it printed nothing'],
  ['an end in the middle', JSON.stringify(BAD).slice(0, 300), 'it printed no JSON'],
  [
    'a registry without audits',
    { message: `405 Method Not Allowed - POST ${REGISTRY}`, method: 'POST', statusCode: 405, error: SILENT },
    '405 Method Not Allowed',
  ],
  [
    'a busy registry',
    { message: `503 Service Unavailable - POST ${REGISTRY}`, statusCode: 503, body: '<p>', error: SILENT },
    '503 Service Unavailable',
  ],
  [
    'a page to log in at',
    { message: `invalid json response body at ${REGISTRY}`, error: SILENT },
    'invalid json response',
  ],
  [
    'no network',
    { message: `request to ${REGISTRY} failed, reason: getaddrinfo ENOTFOUND x`, error: SILENT },
    'ENOTFOUND',
  ],
  [
    'no lock file',
    { error: { code: 'ENOLOCK', summary: 'This command requires an existing lockfile.', detail: 'Try' } },
    'requires an existing lockfile',
  ],
])('no answer passes, and is said plainly: %s', (_, printed, reason) => {
  const { status, lines } = audit(typeof printed === 'string' ? printed : JSON.stringify(printed));
  expect(status).toBe(0);
  expect(lines[0]).toMatch(/^npm audit: NO ANSWER \(/);
  expect(lines[0]).toContain(reason);
  expect(lines[1]).toContain('whether there are advisories is not known');
});

test.each<[why: string, printed: unknown]>([
  ['advisories beside an error', { ...BAD, message: 'x', error: SILENT }],
  ['another version of the report', { ...GOOD, auditReportVersion: 3 }],
  ['a report of npm 6', { actions: [], advisories: { 1097: ADVISORY }, metadata: { vulnerabilities: NONE } }],
  ['nothing', {}],
  ['a list', []],
  ['null', null],
])('an answer that is not understood is not taken for a good one: %s', (_, printed) => {
  expect(audit(JSON.stringify(printed)).status).toBe(1);
});

test.each(['.ci/run', '.github/workflows/test.yml'])('%s asks about production after its tests', (file) => {
  expect(readFileSync(file, 'utf8')).toMatch(
    /npm ci && npm test\n[\s\S]*npm audit --omit=dev --json[^\n]*\| node \.ci\/audit\.mjs\n$/,
  );
});
