import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DEFAULT_SITE } from '../limits/counts.js';
import { ConfigError } from '../settings/setting.js';
import { SITE_NAME } from './key.js';
import type { SiteSettings } from './settings.js';

/** A rules folder that was found. */
export interface RulesFolder {
  /** Absolute. */
  readonly path: string;
  /** Why this one. */
  readonly from: 'RULES_DIR' | 'working directory' | 'package';
}

/** The rules that come with the package. */
export const PACKAGE_RULES = fileURLToPath(new URL('../../rules', import.meta.url));

/**
 * Finds the rules folder: the one that was named, or `rules` in the working directory, or the package's own.
 * @param named as `RULES_DIR` has it
 * @throws ConfigError where the named one is no folder
 */
export function findRules(named: string | undefined, workingDirectory: string): RulesFolder {
  const path = resolve(workingDirectory, named ?? 'rules');
  if (isFolder(path)) return { path, from: named === undefined ? 'working directory' : 'RULES_DIR' };
  if (named !== undefined) {
    throw new ConfigError([
      `RULES_DIR must be a folder of rule files; got ${JSON.stringify(named)}, and ${path} is none`,
    ]);
  }
  return { path: PACKAGE_RULES, from: 'package' };
}

/** Whether a path leads to a folder. */
export function isFolder(path: string): boolean {
  return existsSync(path) && statSync(path).isDirectory();
}

/** Where a site's rules are. */
export interface SiteFolder extends Pick<RulesFolder, 'path'> {
  readonly site: string;
  readonly from: RulesFolder['from'] | 'SITES_DIR';
}

/**
 * Finds the rules folder of each site.
 * @returns in the order of their names; at least one
 * @throws ConfigError where a folder is missing or cannot be a site's
 */
export function findSites(
  { rulesDir, sitesDir }: Pick<SiteSettings, 'rulesDir' | 'sitesDir'>,
  workingDirectory: string,
): readonly SiteFolder[] {
  if (sitesDir === undefined) return [{ site: DEFAULT_SITE, ...findRules(rulesDir, workingDirectory) }];
  if (rulesDir !== undefined) {
    throw new ConfigError(['SITES_DIR cannot be set beside RULES_DIR; keep one of the two']);
  }
  const path = resolve(workingDirectory, sitesDir);
  if (!isFolder(path)) {
    throw new ConfigError([
      `SITES_DIR must be a folder with a rules folder for each site; got ${JSON.stringify(sitesDir)}, and ${path} is not a folder`,
    ]);
  }
  const names = readdirSync(path).filter((name) => !name.startsWith('.') && isFolder(join(path, name)));
  const wrong = names.filter((name) => !SITE_NAME.test(name));
  if (wrong.length > 0) {
    throw new ConfigError(
      wrong.map(
        (name) =>
          `SITES_DIR has a folder ${JSON.stringify(name)}, which cannot be the name of a site; use small letters, digits and hyphens, like sport`,
      ),
    );
  }
  if (names.length === 0) {
    throw new ConfigError([`SITES_DIR must hold a rules folder for each site; ${path} has no folder in it`]);
  }
  return names.sort().map((site) => ({ site, path: join(path, site), from: 'SITES_DIR' }));
}
