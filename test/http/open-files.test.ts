import type { ConnectionCaps } from '../../src/http/connections.js';
import { capsWithin } from '../../src/http/open-files.js';

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
