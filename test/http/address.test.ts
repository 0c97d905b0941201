import { localAddress } from '../../src/http/address.js';

test.each<[address: string, shown: string]>([
  ['127.0.0.1', 'http://127.0.0.1:3000'],
  ['0.0.0.0', 'http://localhost:3000'],
  ['::', 'http://localhost:3000'],
  ['::1', 'http://[::1]:3000'],
  ['192.0.2.1', 'http://192.0.2.1:3000'],
])('a service that listens on %s is opened at %s', (address, shown) => {
  expect(localAddress({ address, port: 3000 })).toBe(shown);
});
