import { connect, createServer, type Socket } from 'node:net';

/** A TCP relay whose connections can go dead without being closed, as behind a router that lost its table. */
export interface Relay {
  readonly port: number;
  /** Drops all that comes in on the connections there are now. New connections work. */
  cutOff(): void;
  close(): Promise<void>;
}

/** Starts a relay on loopback to a port of this machine. */
export async function startRelay(target: number): Promise<Relay> {
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(target, '127.0.0.1');
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.pipe(to);
      // The other side tells of it by closing.
      from.on('error', () => to.destroy());
      from.on('close', () => sockets.delete(from));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the relay has no port');
  return {
    port: address.port,
    cutOff() {
      for (const socket of sockets) socket.unpipe().resume();
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
