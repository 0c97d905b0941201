import type { Logger } from 'pino';
import { linear } from './classifier/linear/linear.js';
import { loadDetectors, moduleUrls } from './detectors/plugins.js';
import { RulesError } from './guidelines/guidelines.js';
import { localAddress } from './http/address.js';
import { createApp } from './http/app.js';
import { type Overload, watchOverload } from './http/overload.js';
import { type RunningServer, startServer } from './http/server.js';
import { createWrongKeys } from './http/wrong-keys.js';
import { Lanes } from './lanes/lanes.js';
import { createLogger } from './logger.js';
import { createMetrics } from './pipeline/metrics.js';
import { createPipeline } from './pipeline/pipeline.js';
import { readSettings, type Settings } from './settings/all.js';
import { isLoopback } from './settings/loopback.js';
import { ConfigError } from './settings/setting.js';
import { ApiKeys } from './sites/keys.js';
import { OpenSites } from './sites/open.js';
import { tellKeys } from './sites/reloading.js';

/** Settings or rule files that cannot be used: EX_CONFIG of sysexits.h. */
const BAD_CONFIGURATION = 78;

/**
 * Starts the service and runs it until SIGTERM or SIGINT; a second one ends the process at once.
 * @param env the environment, as `SETTINGS` lists it
 * @returns the exit status, once all is closed: 0 after a stop in time, 1 where requests had to be cut off or the
 * service could not start, 78 where its settings or rules cannot be used
 */
export async function serve(env: NodeJS.ProcessEnv): Promise<number> {
  try {
    const settings = readSettings(env);
    const logger = await createLogger(settings.process.logLevel, process.stdout.isTTY === true);
    const stopping = new AbortController();
    const { server, sites, keys, overload } = await start(settings, logger, stopping.signal);
    await nextSignal();
    const { shutdownTimeoutMs } = settings.process;
    logger.info({ timeoutMs: shutdownTimeoutMs }, 'stopping');
    stopping.abort();
    void nextSignal().then(() => process.exit(1));
    const inTime = await server.stop(shutdownTimeoutMs);
    keys.close();
    overload.stop();
    await sites.close();
    logger[inTime ? 'info' : 'error']({ inTime }, 'stopped');
    return inTime ? 0 : 1;
  } catch (error) {
    process.stderr.write(`${explain(error)}\n`);
    return error instanceof ConfigError || error instanceof RulesError ? BAD_CONFIGURATION : 1;
  }
}

interface Started {
  readonly server: RunningServer;
  readonly sites: OpenSites;
  readonly keys: ApiKeys;
  readonly overload: Overload;
}

/** Starts what the service consists of: sites with their rules and limits, the classifier, the pipeline, the server. */
async function start(settings: Settings, logger: Logger, stopping: AbortSignal): Promise<Started> {
  const detectorModules = moduleUrls(settings.sites.detectors, process.cwd());
  const detectors = await loadDetectors(detectorModules);
  const sites = await OpenSites.open(settings, { detectors, logger, workingDirectory: process.cwd() });
  try {
    const keys = new ApiKeys(settings.sites, sites.names, { shortAllowed: isLoopback(settings.http.host) });
    const clock = () => new Date();
    const metrics = createMetrics(sites.limiter, sites.names, sites.capacities);
    const pipeline = createPipeline({
      classifier: linear,
      watchers: [metrics.watch],
      onWatcherFault: (error) => logger.error({ kind: kindOf(error) }, 'a watcher of judgements failed'),
      clock,
    });
    const overload = watchOverload(settings.http.maxDelayMs);
    const lanes = new Lanes({
      settings: settings.lanes,
      maxDelayMs: settings.http.maxDelayMs,
      onRefused: metrics.observeRefusal,
    });
    metrics.observeLanes(() => lanes.states());
    const app = createApp({
      settings: settings.http,
      sites,
      keys: () => keys.inForce,
      keysAreStale: () => keys.isStale,
      wrongKeys: createWrongKeys(metrics),
      pipeline,
      protocols: settings.protocols,
      detectorModules,
      logger,
      metrics,
      overload,
      lanes,
      stopping,
    });
    const server = await startServer(app, settings.http.port, settings.http.host, {
      onRefusedConnection: metrics.observeRefusedConnection,
    });
    const { address, port } = server.address;
    const pollMs = settings.sites.rulesPollMs;
    sites.watch(pollMs, metrics);
    keys.start({ pollMs, onReload: (reload) => tellKeys(reload, { logger, metrics }) });
    process.on('SIGHUP', () => {
      keys.reload();
      sites.reload();
    });
    const docs = `${settings.http.publicUrl ?? localAddress(server.address)}/docs`;
    logger.info(
      { address, port, keys: keys.inForce?.length ?? 0, classifier: linear.version, docs },
      'listening',
    );
    return { server, sites, keys, overload };
  } catch (error) {
    await sites.close();
    throw error;
  }
}

function kindOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}

function nextSignal(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGTERM', () => resolve()).once('SIGINT', () => resolve());
  });
}

/** An error in words for whoever starts the service. */
function explain(error: unknown): string {
  if (error instanceof ConfigError) return `These settings cannot be used:\n${error.message}`;
  if (error instanceof RulesError) return `These rules cannot be put in force:\n${error.message}`;
  if (!(error instanceof Error)) return `The service cannot start: ${String(error)}`;
  const hint =
    'code' in error && error.code === 'EADDRINUSE' ? '; choose another with PORT, or 0 for any' : '';
  return `The service cannot start: ${error.message}${hint}`;
}
