import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { type Service, startService } from '../helpers/service.js';
import { tinyRules } from '../helpers/stet.js';

const KEY = 'key-of-ours';
const authorization = `Bearer ${KEY}`;

let service: Service;
let open: Socket[];
beforeAll(async () => {
  open = [];
  service = await startService({
    API_KEYS: KEY,
    RULES_DIR: tinyRules(),
    OPS_PORT: '0',
    MAX_CONNECTIONS: '2',
    MAX_CONNECTIONS_BY_ADDRESS: '2',
  });
});
afterAll(() => {
  for (const socket of open) socket.destroy();
  service.kill();
});

const statusOf = async (path: string, headers: Record<string, string> = {}): Promise<number> =>
  (await fetch(`http://127.0.0.1:${service.opsPort}${path}`, { headers })).status;

test('probes and metrics are answered there, with keys as on the main port, and nothing else', async () => {
  const asked = ['/livez', '/readyz', '/metrics', '/v1/rules', '/docs', '/'];
  const statuses = async (headers?: Record<string, string>) =>
    Object.fromEntries(await Promise.all(asked.map(async (path) => [path, await statusOf(path, headers)])));
  expect(await statuses({ authorization })).toEqual({
    '/livez': 200,
    '/readyz': 200,
    '/metrics': 200,
    '/v1/rules': 404,
    '/docs': 404,
    '/': 404,
  });
  expect(await statuses()).toMatchObject({ '/livez': 200, '/readyz': 200, '/metrics': 401 });
});

test('and so they are while nobody gets in by the main port', async () => {
  // Batches that never end, of somebody with a key: their connections are in use.
  for (let index = 0; index < 2; index++) {
    const socket = connect(service.port, '127.0.0.1').on('error', () => {});
    open.push(socket);
    socket.write(
      `POST /v1/comments/batch HTTP/1.1\r\nhost: a\r\nauthorization: ${authorization}\r\ncontent-type: application/x-ndjson\r\ntransfer-encoding: chunked\r\n\r\n10\r\n{"text": "fool"}\r\n1\r\n\n\r\n`,
    );
    await once(socket, 'data');
  }
  await expect(fetch(`${service.url}/livez`)).rejects.toThrow();
  expect([await statusOf('/livez'), await statusOf('/readyz')]).toEqual([200, 200]);
  const metrics = await fetch(`http://127.0.0.1:${service.opsPort}/metrics`, { headers: { authorization } });
  expect(await metrics.text()).toMatch(/^stet_connections_refused_total [1-9]/m);
});
