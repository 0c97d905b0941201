import { join } from 'node:path';

/** A certificate for 127.0.0.1 that vouches for itself, valid until 2126. Its key is no secret. */
export const CERTIFICATE = join(import.meta.dirname, 'certificates', 'loopback.crt');
const KEY = join(import.meta.dirname, 'certificates', 'loopback.key');

/** Settings of redis-server, by name, for TLS on a port beside the plain one, which the tests themselves use. */
export function tlsSettings(port: number): Readonly<Record<string, string>> {
  return {
    'tls-port': `${port}`,
    'tls-cert-file': CERTIFICATE,
    'tls-key-file': KEY,
    'tls-ca-cert-file': CERTIFICATE,
    'tls-auth-clients': 'no',
    // Replicas, Sentinels and the nodes of a Cluster name the ports with TLS.
    'tls-replication': 'yes',
  };
}

/** Settings as arguments of redis-server. */
export function asArguments(settings: Readonly<Record<string, string>>): string[] {
  return Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]);
}

/** Settings as lines of a configuration. */
export function asLines(settings: Readonly<Record<string, string>>): string[] {
  return Object.entries(settings).map(([name, value]) => `${name} ${value}`);
}
