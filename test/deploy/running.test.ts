import { spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { readSettings, SETTINGS } from '../../src/settings/all.js';
import { startService } from '../helpers/service.js';
import { tinyRules } from '../helpers/stet.js';
import { printed } from './files.js';

const NAMES = SETTINGS.map(({ name }) => name);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'stet-operations-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('the image', () => {
  const text = readFileSync('Dockerfile', 'utf8').replace(/\\\n\s*/g, '');
  const stages = text.split(/^(?=FROM )/m).filter((stage) => stage.startsWith('FROM '));
  const last = stages.at(-1)?.trim().split('\n') ?? [];
  const of = (instruction: string) =>
    last
      .filter((line) => line.startsWith(`${instruction} `))
      .map((line) => line.slice(instruction.length + 1));
  const env = Object.fromEntries(
    of('ENV').flatMap((line) =>
      line.split(' ').map((pair) => {
        const [name = '', value = ''] = pair.split('=');
        return [name, value];
      }),
    ),
  );

  test('runs as a plain user, to whom nothing in it belongs', () => {
    expect(of('USER')).toEqual(['node']);
    const user = last.findIndex((line) => line.startsWith('USER '));
    expect(last.slice(user).filter((line) => /^(?:RUN|COPY|ADD|VOLUME) /.test(line))).toEqual([]);
    expect(last.filter((line) => /--chown|chmod/.test(line))).toEqual([]);
  });

  test('listens where it says, and is asked by a route that needs no key', async () => {
    const { port } = readSettings({ ...env, API_KEYS: 'sixteen-letters-' }).http;
    expect(of('EXPOSE')).toEqual([String(port)]);
    expect(Object.keys(env).filter((name) => !NAMES.includes(name))).toEqual(['NODE_ENV']);
    const probe = /CMD (.*)$/.exec(of('HEALTHCHECK')[0] ?? '')?.[1] ?? '';
    const service = await startService({ API_KEYS: 'a', RULES_DIR: tinyRules(), OPS_PORT: '0' });
    const ports = { PORT: String(service.port), OPS_PORT: String(service.opsPort) };
    // By a shell, as Docker runs it, and with the programs only that the image has.
    const statusOf = (env: Readonly<Record<string, string>>) =>
      spawnSync('/bin/sh', ['-c', probe], { env: { PATH: dirname(process.execPath), ...env } }).status;
    expect(statusOf({ PORT: ports.PORT })).toBe(0);
    expect(statusOf({ ...ports, PORT: '1' })).toBe(0);
    await service.stop();
    expect(statusOf(ports)).toBe(1);
  }, 30_000);

  test('names its Node exactly, the one that the workflow tests last', () => {
    const nodes = stages.map((stage) => /^FROM node:(\d+)\.\d+\.\d+-\w+-slim\b/.exec(stage)?.[1]);
    const Workflow = z.object({
      jobs: z.object({
        test: z.object({ strategy: z.object({ matrix: z.object({ node: z.array(z.string()) }) }) }),
      }),
    });
    const { node } = Workflow.parse(parse(readFileSync('.github/workflows/test.yml', 'utf8'))).jobs.test
      .strategy.matrix;
    expect(nodes).toEqual(stages.map(() => node.at(-1)));
    const { engines } = z
      .object({ engines: z.object({ node: z.string() }) })
      .parse(JSON.parse(readFileSync('package.json', 'utf8')));
    expect(engines.node).toBe(`>=${node[0]}`);
  });

  test('names the licences that the package names', () => {
    const { license } = z
      .object({ license: z.string() })
      .parse(JSON.parse(readFileSync('package.json', 'utf8')));
    expect(of('LABEL')[0]).toContain(`org.opencontainers.image.licenses="${license}"`);
    expect(readFileSync('LICENSE', 'utf8')).toContain(`(SPDX: ${license})`);
  });

  test('starts the command of the package, and copies only what is there', () => {
    const command = z.array(z.string()).parse(JSON.parse(of('CMD')[0] ?? ''));
    const { bin } = z
      .object({ bin: z.object({ stet: z.string() }) })
      .parse(JSON.parse(readFileSync('package.json', 'utf8')));
    expect(command).toEqual(['node', bin.stet, 'serve']);
    const copied = of('COPY').filter((line) => !line.startsWith('--from='));
    const sources = copied.flatMap((line) => line.split(' ').slice(0, -1));
    expect(readdirSync('.')).toEqual(expect.arrayContaining(sources));
    const ignored = readFileSync('.dockerignore', 'utf8').split('\n');
    for (const source of sources) expect(ignored).toContain(`!${source}`);
  });
});

test('it writes no file: it runs where it may only read', async () => {
  const flag = process.allowedNodeEnvironmentFlags.has('--permission')
    ? '--permission'
    : '--experimental-permission';
  const node = [flag, '--allow-fs-read=*', '--allow-worker'];
  const service = await startService({ API_KEYS: 'a' }, { node });
  const send = (path: string, body: object) =>
    fetch(`${service.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: 'Bearer a' },
      body: JSON.stringify(body),
    });
  const comment = { text: 'You are an idiot.', user: { id: 'u' } };
  expect((await send('/v1/comments', comment)).status).toBe(200);
  const draft = { files: { 'lists/insults.txt': 'idiot\n' }, comments: [comment] };
  expect((await send('/v1/rules/preview', draft)).status).not.toBe(500);
  expect(await service.stop()).toBe(0);
});

const Probe = z.object({ httpGet: z.strictObject({ path: z.string(), port: z.string() }) });
const Container = z.object({
  name: z.string(),
  image: z.string(),
  ports: z.array(z.object({ name: z.string(), containerPort: z.int() })),
  env: z.array(z.strictObject({ name: z.string(), value: z.string() })),
  startupProbe: Probe,
  livenessProbe: Probe,
  readinessProbe: Probe,
  resources: z.object({
    requests: z.object({ cpu: z.string(), memory: z.string() }),
    limits: z.object({ memory: z.string() }),
  }),
  securityContext: z.unknown(),
  volumeMounts: z.array(
    z.strictObject({ name: z.string(), mountPath: z.string(), readOnly: z.literal(true) }),
  ),
});
const Deployment = z.object({
  kind: z.literal('Deployment'),
  spec: z.object({
    selector: z.object({ matchLabels: z.record(z.string(), z.string()) }),
    template: z.object({
      metadata: z.object({ labels: z.record(z.string(), z.string()) }),
      spec: z.object({
        terminationGracePeriodSeconds: z.int(),
        containers: z.array(z.looseObject({ name: z.string() })),
        volumes: z.array(z.looseObject({ name: z.string() })),
      }),
    }),
  }),
});
const Projected = z.object({
  projected: z.object({
    sources: z.array(
      z.object({
        configMap: z.object({
          name: z.string(),
          items: z.array(z.strictObject({ key: z.string(), path: z.string() })).optional(),
        }),
      }),
    ),
  }),
});

describe('the manifest for Kubernetes', () => {
  const { spec } = Deployment.parse(parse(printed('kubernetes')));
  const pod = spec.template.spec;
  const stet = Container.parse(pod.containers.find(({ name }) => name === 'stet'));
  const env = Object.fromEntries(stet.env.map(({ name, value }) => [name, value]));
  const rules = Projected.parse(pod.volumes.find(({ name }) => name === 'rules')).projected.sources;

  test('sets only what there is to set, and time enough to stop', () => {
    expect(NAMES).toEqual(expect.arrayContaining(Object.keys(env)));
    const { http, process } = readSettings(env);
    expect(stet.ports).toEqual([{ name: 'ops', containerPort: http.ops?.port }]);
    expect(printed('kubernetes')).toContain(`http://${http.host}:${http.port}`);
    expect(process.shutdownTimeoutMs).toBeGreaterThan(process.shutdownDelayMs);
    expect(pod.terminationGracePeriodSeconds * 1000).toBeGreaterThan(process.shutdownTimeoutMs);
    expect(spec.selector.matchLabels).toEqual(spec.template.metadata.labels);
  });

  test('lets it do nothing but serve', () => {
    expect(stet.securityContext).toEqual({
      runAsNonRoot: true,
      runAsUser: 1000,
      readOnlyRootFilesystem: true,
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      seccompProfile: { type: 'RuntimeDefault' },
    });
  });

  test('mounts what it names, where the settings look for it', () => {
    expect(stet.volumeMounts.map(({ name }) => name).sort()).toEqual(
      pod.volumes.map(({ name }) => name).sort(),
    );
    const at = (name: string) => stet.volumeMounts.find((mount) => mount.name === name)?.mountPath;
    expect(env.RULES_DIR).toBe(at('rules'));
    expect(dirname(env.API_KEYS_FILE ?? '')).toBe(at('keys'));
  });

  test('lists every list of the default rules', () => {
    const [, lists] = rules;
    const names = readdirSync('rules/lists').sort();
    expect(lists?.configMap.items).toEqual(names.map((key) => ({ key, path: `lists/${key}` })));
  });

  test('starts, with the rules as Kubernetes mounts them, and its probes find it ready', async () => {
    // The volume: a folder of the state, a link to it that is moved when the state changes, and links to what is in it.
    const state = join(folder, '..2026_11_24');
    mkdirSync(state);
    cpSync('rules', state, { recursive: true });
    symlinkSync('..2026_11_24', join(folder, '..data'));
    for (const name of readdirSync(state)) symlinkSync(join('..data', name), join(folder, name));
    const keys = join(folder, '..keys');
    writeFileSync(keys, 'sixteen-letters-\n');
    const service = await startService({
      ...env,
      PORT: '0',
      OPS_PORT: '0',
      RULES_DIR: folder,
      API_KEYS_FILE: keys,
      REDIS_URL: '',
    });
    for (const { httpGet } of [stet.startupProbe, stet.livenessProbe, stet.readinessProbe]) {
      expect(httpGet.port).toBe('ops');
      expect((await fetch(`http://127.0.0.1:${service.opsPort}${httpGet.path}`)).status).toBe(200);
    }
    expect(service.log).toContainEqual(expect.objectContaining({ msg: 'rules loaded', folder }));
    service.kill();
  });
});

describe('the compose file', () => {
  const Compose = z.object({
    services: z.record(
      z.string(),
      z.looseObject({
        image: z.string(),
        read_only: z.literal(true),
        environment: z.record(z.string(), z.string()).optional(),
        volumes: z.array(z.string()).optional(),
        ports: z.array(z.string()).optional(),
        depends_on: z.array(z.string()).optional(),
      }),
    ),
  });
  const { services } = Compose.parse(parse(printed('compose')));

  test('sets only what there is to set, and maps the port and the folder that the image has', () => {
    const { stet } = services;
    expect(NAMES).toEqual(expect.arrayContaining(Object.keys(stet?.environment ?? {})));
    const { port } = readSettings({ HOST: '0.0.0.0', ...stet?.environment }).http;
    expect(stet?.ports).toEqual([`127.0.0.1:${port}:${port}`]);
    expect(stet?.volumes).toEqual(['./rules:/stet/rules:ro']);
    expect(readFileSync('Dockerfile', 'utf8')).toMatch(/^WORKDIR \/stet$/m);
    expect(stet).toMatchObject({ cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'] });
    expect(stet?.depends_on?.filter((name) => !(name in services))).toEqual([]);
  });
});
