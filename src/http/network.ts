import { isIPv4, isIPv6 } from 'node:net';

const V4_IN_V6 = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;

/**
 * Whom an IP address stands for: itself, or of an IPv6 address the network of 64 bits that it is in, for whoever has
 * one of its addresses has them all.
 * @param address as a socket has it, or as it was sent; what is no address stands for itself
 * @example networkOf('2001:db8:0:1::7') // '2001:db8:0:1::/64'
 */
export function networkOf(address: string): string {
  const plain = V4_IN_V6.exec(address)?.[1] ?? address.replace(/%.*$/s, '');
  if (isIPv4(plain) || !isIPv6(plain)) return plain;
  const [left = '', right] = plain.toLowerCase().split('::');
  const before = groupsOf(left);
  const after = groupsOf(right ?? '');
  const groups =
    right === undefined
      ? before
      : [...before, ...Array(8 - before.length - after.length).fill('0'), ...after];
  const network = groups.slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16));
  return `${network.join(':')}::/64`;
}

/** An IPv4 address may stand last, for two groups: these are never among the first four that count. */
function groupsOf(part: string): string[] {
  if (part === '') return [];
  return part.split(':').flatMap((group) => (group.includes('.') ? ['0', '0'] : [group]));
}
