import { z } from 'zod';
import { roomSettings, setting, wholeNumber } from '../settings/setting.js';
import { type Key, keyList } from './key.js';

/** Whose comments are judged, and by which rules. */
export interface SiteSettings {
  /** As `RULES_DIR` has it; `findRules` finds the folder. */
  readonly rulesDir: string | undefined;
  /** A folder with a rules folder for each site; undefined: there is one site. */
  readonly sitesDir: string | undefined;
  /** 0: the folders are looked at on SIGHUP only. */
  readonly rulesPollMs: number;
  /** At least one; undefined here and no file of keys: no key is asked for. */
  readonly apiKeys: readonly Key[] | undefined;
  readonly apiKeysFile: string | undefined;
  /** Modules with detectors of one's own, as `loadDetectors` reads them. */
  readonly detectors: readonly string[];
}

/** Reads `DETECTORS`: paths of modules, separated by commas. */
export function modulePaths(written: string | undefined): string[] {
  return (written ?? '')
    .split(',')
    .map((path) => path.trim())
    .filter((path) => path !== '');
}

export const siteSettings = roomSettings(
  {
    RULES_DIR: setting(z.string().optional(), {
      about:
        'Folder of rule files, from the working directory; left out, it is "rules" there, or else the folder that comes with the package.',
    }),
    SITES_DIR: setting(z.string().optional(), {
      about:
        'Folder with a rules folder for each site, the name of the site being that of the folder; keys then name their site. Instead of RULES_DIR.',
    }),
    RULES_POLL_MS: setting(wholeNumber(0, 60_000), {
      about: 'How often the rules folder is looked at for a change; 0: only on SIGHUP.',
      unit: 'milliseconds',
      fallback: '100',
    }),
    DETECTORS: setting(z.string().optional(), {
      about: 'Modules with detectors of your own, separated by commas, from the working directory.',
    }),
    API_KEYS: setting(keyList.optional(), {
      about:
        'Bearer keys, separated by commas; 16 characters or more where HOST is not a loopback address; without it and API_KEYS_FILE the service needs none and listens on loopback only.',
      secret: true,
    }),
    API_KEYS_FILE: setting(z.string().optional(), {
      about:
        'File of more keys, one a line, # before a comment, with site=NAME and roles=ROLE,ROLE behind a key that is for one site or may not do everything; read again when it changes, as the rules are, and on SIGHUP.',
    }),
  },
  (read): SiteSettings => ({
    rulesDir: read.RULES_DIR,
    sitesDir: read.SITES_DIR,
    rulesPollMs: read.RULES_POLL_MS,
    apiKeys: read.API_KEYS,
    apiKeysFile: read.API_KEYS_FILE,
    detectors: modulePaths(read.DETECTORS),
  }),
);
