import { type Logger, pino } from 'pino';
import { RulesError } from './guidelines/guidelines.js';
import { createApp } from './http/app.js';
import { type Overload, watchOverload } from './http/overload.js';
import { type RunningServer, startServer } from './http/server.js';
import { createLimiter } from './limits/create.js';
import type { Limiter } from './limits/limiter.js';
import { createMetrics } from './pipeline/metrics.js';
import { type Config, ConfigError, findRules, readConfig } from './settings/settings.js';
import { ApiKeys } from './sites/keys.js';
import { putInForce, tellOfKeys } from './sites/reloading.js';
import { WatchedGuidelines } from './sites/watch.js';

/** Settings or rule files that cannot be used: EX_CONFIG of sysexits.h. */
const BAD_CONFIGURATION = 78;

/**
 * Starts the service and runs it until SIGTERM or SIGINT; a second one ends the process at once.
 * @param env the environment, as `SETTINGS` in config.ts lists it
 * @returns the exit status, once all is closed: 0 after a stop in time, 1 where requests had to be cut off or the
 * service could not start, 78 where its settings or rules cannot be used
 */
export async function serve(env: NodeJS.ProcessEnv): Promise<number> {
  try {
    const config = readConfig(env);
    const logger = pino({ level: config.logLevel });
    const stopping = new AbortController();
    const { server, limiter, rules, keys, overload } = await start(config, logger, stopping.signal);
    await nextSignal();
    logger.info({ timeoutMs: config.shutdownTimeoutMs }, 'stopping');
    stopping.abort();
    void nextSignal().then(() => process.exit(1));
    const inTime = await server.stop(config.shutdownTimeoutMs);
    keys.close();
    overload.stop();
    await rules.close();
    await limiter.close();
    logger[inTime ? 'info' : 'error']({ inTime }, 'stopped');
    return inTime ? 0 : 1;
  } catch (error) {
    process.stderr.write(`${explain(error)}\n`);
    return error instanceof ConfigError || error instanceof RulesError ? BAD_CONFIGURATION : 1;
  }
}

interface Started {
  readonly server: RunningServer;
  readonly limiter: Limiter;
  readonly rules: WatchedGuidelines;
  readonly keys: ApiKeys;
  readonly overload: Overload;
}

async function start(config: Config, logger: Logger, stopping: AbortSignal): Promise<Started> {
  const keys = new ApiKeys(config);
  const folder = findRules(config.rulesDir, process.cwd());
  const rules = await WatchedGuidelines.open(folder.path);
  const { ruleset, limits } = rules.inForce.guidelines;
  logger.info(
    { folder: folder.path, from: folder.from, rules: ruleset.rules.length, version: ruleset.version },
    'rules loaded',
  );
  const limiter = createLimiter(limits, { redisUrl: config.redisUrl, logger });
  const metrics = createMetrics(limiter);
  metrics.observeRules(rules.inForce);
  const overload = watchOverload(config.maxDelayMs);
  const app = createApp({
    guidelines: () => rules.inForce,
    limiter,
    config: {
      ...config,
      get apiKeys() {
        return keys.inForce;
      },
    },
    logger,
    metrics,
    overload,
    clock: () => new Date(),
    stopping,
  });
  try {
    const server = await startServer(app, config.port, config.host, {
      onRefusedConnection: metrics.observeRefusedConnection,
    });
    const { address, port } = server.address;
    rules.start({
      pollMs: config.rulesPollMs,
      onReload: (reload) => putInForce(reload, { limiter, metrics, logger }),
    });
    keys.start({ pollMs: config.rulesPollMs, onReload: (reload) => tellOfKeys(reload, logger) });
    process.on('SIGHUP', () => {
      keys.reload();
      rules.reload();
    });
    logger.info({ address, port, keys: keys.inForce?.length ?? 0 }, 'listening');
    return { server, limiter, rules, keys, overload };
  } catch (error) {
    await limiter.close();
    throw error;
  }
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
