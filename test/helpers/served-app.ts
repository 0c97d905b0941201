import type { AddressInfo } from 'node:net';
import { loadGuidelines } from '../../src/guidelines/load.js';
import { startServer } from '../../src/http/server.js';
import { type TestDeps, testApp } from './app.js';

/** The real app with the default rules, listening on a free port of loopback. */
export interface Served {
  /** Without a slash at the end. */
  readonly url: string;
  readonly logs: readonly string[];
  stop(): Promise<void>;
}

/** Starts the app; done when it listens. */
export async function serveApp(deps: TestDeps = {}): Promise<Served> {
  const guidelines = await loadGuidelines('rules');
  const { app, logs } = testApp({ guidelines: () => ({ guidelines, loadedAt: new Date() }), ...deps });
  const server = await startServer(app, 0, '127.0.0.1', { onCame: () => deps.lanes?.connected() });
  const { port }: AddressInfo = server.address;
  return {
    url: `http://127.0.0.1:${port}`,
    logs,
    stop: async () => {
      await server.stop(1000);
    },
  };
}
