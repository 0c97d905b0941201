import { type ClassifierSettings, classifierSettings } from '../classifier/settings.js';
import type { ProtocolRoutes } from '../http/deps.js';
import { PROTOCOLS } from '../http/protocols/index.js';
import { HOST_NAME, type HttpSettings, httpSettings } from '../http/settings.js';
import { type LaneSettings, laneSettings } from '../lanes/settings.js';
import { type LimitSettings, limitSettings } from '../limits/settings.js';
import { isShort, TOO_SHORT } from '../sites/key.js';
import { type SiteSettings, siteSettings } from '../sites/settings.js';
import { isLoopback } from './loopback.js';
import { type ProcessSettings, processSettings } from './process.js';
import { ConfigError, type RoomSettings, type SettingNotes, type Written } from './setting.js';

// Where the settings of all rooms come together. Each room declares its own; whoever starts the service reads them here.

/** The service's settings, checked, by room. */
export interface Settings {
  readonly http: HttpSettings;
  readonly lanes: LaneSettings;
  readonly sites: SiteSettings;
  readonly limits: LimitSettings;
  readonly classifier: ClassifierSettings;
  readonly process: ProcessSettings;
  /** For each protocol what makes its routes, its own settings in hand. */
  readonly protocols: readonly ProtocolRoutes[];
}

/** A setting as it is listed to people. */
export interface Setting extends SettingNotes {
  readonly name: string;
}

/** Every setting, in the order in which they are listed: for `stet serve --help` and the operator's page. */
export const SETTINGS: readonly Setting[] = [
  httpSettings,
  laneSettings,
  siteSettings,
  limitSettings,
  classifierSettings,
  processSettings,
  ...PROTOCOLS.map(({ settings }) => settings),
].flatMap(({ declared }) =>
  Object.entries(declared).map(([name, { check: _, ...notes }]) => ({ name, ...notes })),
);

/**
 * Reads the settings. A variable that is blank counts as left out.
 * @param env the environment
 * @throws ConfigError with every mistake, which never quotes a key or a password
 */
export function readSettings(env: Readonly<Record<string, string | undefined>>): Settings {
  const written: Written = Object.fromEntries(
    SETTINGS.map(({ name, fallback }) => [name, env[name]?.trim() || fallback]),
  );
  const mistakes: string[] = [];
  const read = <Read>(room: RoomSettings<Read>): Read | undefined => {
    const result = room.read(written);
    if ('settings' in result) return result.settings;
    mistakes.push(...result.mistakes);
    return undefined;
  };
  const http = read(httpSettings);
  const lanes = read(laneSettings);
  const sites = read(siteSettings);
  const limits = read(limitSettings);
  const classifier = read(classifierSettings);
  const process = read(processSettings);
  const protocols = PROTOCOLS.flatMap((protocol) => {
    const configured = protocol.configure(written);
    if ('routes' in configured) return [configured.routes];
    mistakes.push(...configured.mistakes);
    return [];
  });
  const open = ['HOST', 'OPS_HOST'].filter((name) => isOpen(written[name]));
  for (const name of (written.API_KEYS ?? written.API_KEYS_FILE) === undefined ? open : []) {
    mistakes.push(
      `${name} must be a loopback address (127.0.0.1, ::1, localhost) unless API_KEYS or API_KEYS_FILE is set; got ${JSON.stringify(written[name])}`,
    );
  }
  if (open.length > 0 && sites?.apiKeys?.some(isShort)) mistakes.push(`API_KEYS ${TOO_SHORT}`);
  if (mistakes.length > 0 || !http || !lanes || !sites || !limits || !classifier || !process)
    throw new ConfigError(mistakes);
  return { http, lanes, sites, limits, classifier, process, protocols };
}

/** Whether others than this machine can reach an address, if it is one. */
function isOpen(host: string | undefined): boolean {
  return host !== undefined && HOST_NAME.test(host) && !isLoopback(host);
}
