import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer } from 'node:net';
import { z } from 'zod';
import type { ConnectionCaps } from '../../src/http/connections.js';
import { capsWithin, openFilesAllowed } from '../../src/http/open-files.js';

const MAIN = { inAll: 4096, byAddress: 2048 };
const OPS = { inAll: 256, byAddress: 128 };

test.each<{ openFiles: number; wanted: ConnectionCaps[]; caps: ConnectionCaps[] }>([
  { openFiles: Number.POSITIVE_INFINITY, wanted: [MAIN, OPS], caps: [MAIN, OPS] },
  { openFiles: 4416, wanted: [MAIN, OPS], caps: [MAIN, OPS] },
  { openFiles: 1024, wanted: [MAIN], caps: [{ inAll: 960, byAddress: 480 }] },
  {
    openFiles: 1024,
    wanted: [MAIN, OPS],
    caps: [
      { inAll: 903, byAddress: 451 },
      { inAll: 56, byAddress: 28 },
    ],
  },
  { openFiles: 64, wanted: [MAIN], caps: [{ inAll: 16, byAddress: 16 }] },
  { openFiles: 64, wanted: [{ inAll: 2, byAddress: 1 }], caps: [{ inAll: 2, byAddress: 1 }] },
])('with $openFiles open files, $wanted become $caps', ({ openFiles, wanted, caps }) => {
  expect(capsWithin(wanted, openFiles)).toEqual(caps);
});

test('as many as the system says, and no name server is asked who is connected', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const peer = connect(port, '127.0.0.1');
  await once(peer, 'connect');
  try {
    const [, soft] = /^Max open files +(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8')) ?? [];
    expect(openFilesAllowed()).toBe(Number(soft));
    const { libuv } = Report.parse(process.report.getReport());
    const peers = libuv.flatMap(({ remoteEndpoint }) => remoteEndpoint ?? []);
    expect(peers.find((each) => each.port === port)).toMatchObject({ host: '127.0.0.1' });
  } finally {
    peer.destroy();
    server.close();
  }
});

const Report = z.object({
  libuv: z.array(z.object({ remoteEndpoint: z.object({ host: z.string(), port: z.number() }).nullish() })),
});
