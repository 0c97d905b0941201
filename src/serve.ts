import { setTimeout as sleep } from 'node:timers/promises';
import { loadDetectors, moduleUrls } from './detectors/plugins.js';
import { RulesError } from './guidelines/guidelines.js';
import { localAddress } from './http/address.js';
import { createApp, createOpsApp } from './http/app.js';
import type { ConnectionCaps } from './http/connections.js';
import type { AppDeps } from './http/deps.js';
import { createFeedback } from './http/feedback.js';
import { capsWithin, openFilesAllowed } from './http/open-files.js';
import { watchOverload } from './http/overload.js';
import { startServer } from './http/server.js';
import { createWrongKeys } from './http/wrong-keys.js';
import { Lanes } from './lanes/lanes.js';
import { createLogger, type Log } from './log/logger.js';
import { LogOutput, sinkOf } from './log/output.js';
import { createMetrics } from './pipeline/metrics.js';
import { createPipeline } from './pipeline/pipeline.js';
import { readSettings, type Settings } from './settings/all.js';
import { isLoopback } from './settings/loopback.js';
import type { ProcessSettings } from './settings/process.js';
import { ConfigError } from './settings/setting.js';
import { aborted, type Signals } from './signals.js';
import { ApiKeys } from './sites/keys.js';
import { OpenSites } from './sites/open.js';
import { tellKeys } from './sites/reloading.js';
import { type OpenClassifier, openClassifier } from './threads/classify/open-classifier.js';

/** Settings or rule files that cannot be used: EX_CONFIG of sysexits.h. */
const BAD_CONFIGURATION = 78;

/** At the end of the time to stop, so much of it, in milliseconds, is for what is left once requests are cut off. */
const LAST_MS = 1000;
/** And of that, so much for the last lines of the log. */
const WRITE_MS = 50;

/**
 * Starts the service and runs it until SIGTERM or SIGINT; a second one ends the process at once, and so does the end of
 * `SHUTDOWN_TIMEOUT_MS`, whatever still holds on by then.
 * @param env the environment, as `SETTINGS` lists it
 * @returns the exit status, once all is closed: 0 after a stop in time or before the service listened, 1 where requests
 * had to be cut off or the service could not start, 78 where its settings or rules cannot be used
 */
export async function serve(env: NodeJS.ProcessEnv, signals: Signals): Promise<number> {
  let log: Log | undefined;
  let status: number;
  try {
    const settings = readSettings(env);
    log = await createLogger(settings.process.logLevel, process.stdout.isTTY === true);
    // Whoever is told to stop while it starts waits for nothing that a start may wait for.
    const started = await Promise.race([start(settings, log, signals.stop), aborted(signals.stop)]);
    signals.onHangUp(() => started?.reload());
    await aborted(signals.stop);
    status = await stop(started, settings.process, log, signals);
  } catch (error) {
    complain(explain(error));
    status = error instanceof ConfigError || error instanceof RulesError ? BAD_CONFIGURATION : 1;
  }
  await log?.output.close(LAST_MS);
  if (log?.output.isStuck) await endNow(log.output, status, 0);
  return status;
}

/** Stops what was started, undefined being nothing. Ends the process itself where that takes too long. */
async function stop(
  started: Started | undefined,
  { shutdownTimeoutMs, shutdownDelayMs }: ProcessSettings,
  { logger, output }: Log,
  signals: Signals,
): Promise<number> {
  logger.info({ timeoutMs: shutdownTimeoutMs, delayMs: shutdownDelayMs }, 'stopping');
  const late = setTimeout(() => {
    logger.error({ inTime: false }, 'stopped');
    void endNow(output, 1, WRITE_MS);
  }, Math.max(shutdownTimeoutMs, LAST_MS) - WRITE_MS);
  void aborted(signals.hurry).then(() => endNow(output, 1, LAST_MS));
  const forRequestsMs = Math.max(shutdownTimeoutMs * 0.9, shutdownTimeoutMs - LAST_MS);
  const inTime = (await started?.stop(shutdownDelayMs, forRequestsMs)) ?? true;
  clearTimeout(late);
  logger[inTime ? 'info' : 'error']({ inTime }, 'stopped');
  return inTime ? 0 : 1;
}

/** Ends the process, with what the log still holds if that can be written in so many milliseconds. */
async function endNow(output: LogOutput, status: number, mostMs: number): Promise<void> {
  // A write that has only just begun is not one that hangs.
  await output.close(mostMs);
  output.flushNow();
  // The way out would wait for a write that hangs, for ever.
  if (output.isStuck) process.kill(process.pid, 'SIGKILL');
  process.exit(status);
}

/** Writes to standard error, if that takes anything. */
function complain(message: string): void {
  const output = new LogOutput(sinkOf(process.stderr.fd));
  output.write(`${message}\n`);
  output.flushNow();
}

/** A few programs ask how it goes, each by a connection or two. */
const OPS_CAPS: ConnectionCaps = { inAll: 256, byAddress: 128 };

/** A service that runs. */
interface Started {
  /** Reads keys and rules anew. */
  reload(): void;
  /**
   * Says that it is not ready, goes on for a while, takes nothing more, lets requests under way finish and closes
   * all.
   * @param delayMs how long it goes on, in milliseconds
   * @param mostMs after which requests are cut off, in milliseconds, those of the delay included
   * @returns whether all was done in time
   */
  stop(delayMs: number, mostMs: number): Promise<boolean>;
}

/** Starts what the service consists of: the classifier, sites with their rules and limits, the pipeline, the server. */
async function start(settings: Settings, log: Log, stopping: AbortSignal): Promise<Started> {
  const reader = await openClassifier(settings.classifier);
  try {
    return await startWith(reader, settings, log, stopping);
  } catch (error) {
    await reader.close();
    throw error;
  }
}

async function startWith(
  reader: OpenClassifier,
  settings: Settings,
  { logger, output }: Log,
  stopping: AbortSignal,
): Promise<Started> {
  const { classifier, absence } = reader;
  if (absence !== undefined) {
    logger.warn(
      { why: absence, instead: classifier.version },
      'the transformer cannot be loaded, and the linear classifier reads instead: install the optional packages (npm ci --include=optional), or set CLASSIFIER=linear',
    );
  }
  const detectorModules = moduleUrls(settings.sites.detectors, process.cwd());
  const detectors = await loadDetectors(detectorModules);
  const sites = await OpenSites.open(settings, {
    detectors,
    classifier,
    logger,
    workingDirectory: process.cwd(),
  });
  try {
    const { ops: opsAt, host, port: askedPort } = settings.http;
    const shortAllowed = [host, opsAt?.host ?? host].every(isLoopback);
    const keys = new ApiKeys(settings.sites, sites.names, { shortAllowed });
    const clock = () => new Date();
    const metrics = createMetrics(sites.limiter, sites.names, sites.capacities, output);
    const pipeline = createPipeline({
      classifier,
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
    metrics.observeClassifier(() => reader.standing());
    const deps: AppDeps = {
      settings: settings.http,
      sites,
      keys: () => keys.inForce,
      keysAreStale: () => keys.isStale,
      classifierStanding: () => reader.standing(),
      wrongKeys: createWrongKeys(metrics),
      pipeline,
      protocols: settings.protocols,
      keepFeedback: createFeedback(settings.http.feedbackFile, { clock, logger, metrics }),
      detectorModules,
      logger,
      metrics,
      overload,
      lanes,
      stopping,
    };
    stopping.throwIfAborted();
    const audience = {
      onRefused: metrics.observeRefusedConnection,
      onDisplaced: metrics.observeDisplacedConnection,
    };
    const openFiles = openFilesAllowed();
    const wanted = settings.http.caps;
    const [caps = wanted, opsCaps = OPS_CAPS] = capsWithin([wanted, ...(opsAt ? [OPS_CAPS] : [])], openFiles);
    if (caps.inAll < wanted.inAll) {
      logger.warn({ openFiles, connections: caps.inAll }, 'too few open files for MAX_CONNECTIONS');
    }
    // First, and it stays the longest: whoever asks how it goes learns that it starts, and that it stops.
    const ops =
      opsAt &&
      (await startServer(createOpsApp(deps), opsAt.port, opsAt.host, { caps: opsCaps, ...audience }));
    const server = await startServer(createApp(deps), askedPort, host, {
      caps,
      ...audience,
      onCame: () => lanes.connected(),
    });
    const { address, port } = server.address;
    const pollMs = settings.sites.rulesPollMs;
    sites.watch(pollMs, metrics);
    keys.start({ pollMs, onReload: (reload) => tellKeys(reload, { logger, metrics }) });
    const docs = `${settings.http.publicUrl ?? localAddress(server.address)}/docs`;
    logger.info(
      {
        address,
        port,
        keys: keys.inForce?.length ?? 0,
        classifier: classifier.version,
        docs,
        ...(ops && { opsPort: ops.address.port }),
      },
      'listening',
    );
    return {
      reload() {
        keys.reload();
        sites.reload();
      },
      async stop(delayMs, mostMs) {
        const begun = performance.now();
        server.drain();
        if (delayMs > 0) await sleep(Math.min(delayMs, mostMs));
        const inTime = await server.stop(Math.max(0, mostMs - (performance.now() - begun)));
        keys.close();
        overload.stop();
        await sites.close();
        await reader.close();
        await ops?.stop(200);
        return inTime;
      },
    };
  } catch (error) {
    await sites.close();
    throw error;
  }
}

function kindOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
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
