import { type Command, Option } from 'commander';
import pc from 'picocolors';
import type { Detector } from '../detectors/detector.js';
import { findSites, type SiteFolder } from '../sites/folders.js';
import { CommandError, EXIT } from './exit.js';
import { rulesOption } from './rules-folder.js';

/** Whose rules a command is about, and what these may ask for. */
export interface SiteOptions {
  readonly rules?: string;
  readonly sites?: string;
  readonly site?: string;
  readonly detectors?: string;
}

/** Adds the options by which `SiteOptions` are given. */
export function withSiteOptions(command: Command): Command {
  return command
    .addOption(rulesOption())
    .addOption(
      new Option('--sites <folder>', 'folder with a rules folder for each site, instead of --rules').env(
        'SITES_DIR',
      ),
    )
    .option('--site <name>', 'the site of these whose rules are meant')
    .addOption(
      new Option(
        '--detectors <modules>',
        'modules with detectors of your own, separated by commas, from the working directory',
      ).env('DETECTORS'),
    );
}

/** A rules folder, and whose it is where sites have folders of their own. */
export type NamedFolder = Pick<SiteFolder, 'path'> & { readonly site: string | undefined };

/**
 * The rules folders that are meant: that of the site that was named, or all.
 * @throws ConfigError where there is no such folder, CommandError where there is no such site
 */
export function foldersOf(command: Command): NamedFolder[] {
  const { site } = command.opts<SiteOptions>();
  const named = chosen(command);
  const all = findSites(named, process.cwd());
  const meant = site === undefined ? all : all.filter((folder) => folder.site === site);
  if (meant.length === 0) {
    throw new CommandError(`there is no site ${site}; there ${listed(all)}`, EXIT.usage);
  }
  return meant.map(({ path, ...folder }) => ({
    path,
    site: named.sitesDir === undefined ? undefined : folder.site,
  }));
}

/**
 * The one rules folder that is meant.
 * @throws as `foldersOf`, and CommandError where there are several and none was named
 */
export function folderOf(command: Command): NamedFolder {
  const [folder, another] = foldersOf(command);
  if (folder && !another) return folder;
  const all = findSites(chosen(command), process.cwd());
  throw new CommandError(`say whose rules are meant with --site; there ${listed(all)}`, EXIT.usage);
}

/** Of the two ways to name folders the one that was written on the command line, where the other is from the environment. */
function chosen(command: Command): {
  readonly rulesDir: string | undefined;
  readonly sitesDir: string | undefined;
} {
  const { rules, sites } = command.opts<SiteOptions>();
  const isWritten = (name: string) => command.getOptionValueSource(name) === 'cli';
  return {
    rulesDir: isWritten('sites') && !isWritten('rules') ? undefined : rules?.trim() || undefined,
    sitesDir: isWritten('rules') && !isWritten('sites') ? undefined : sites?.trim() || undefined,
  };
}

const AND = new Intl.ListFormat('en-GB', { type: 'conjunction' });

function listed(all: readonly SiteFolder[]): string {
  return `${all.length === 1 ? 'is' : 'are'} ${AND.format(all.map(({ site }) => site))}`;
}

/** What a command found in each rules folder, for people: under the name of its site where there is one. */
export function textOf<Found extends Pick<NamedFolder, 'site'>>(
  found: readonly Found[],
  toText: (one: Found) => string,
): string {
  return found.map((one) => siteHeading(one.site) + toText(one)).join('\n\n');
}

/** A line that names the site, where there is one. */
export function siteHeading(site: string | undefined): string {
  return site === undefined ? '' : `${pc.bold(`site ${site}`)}\n`;
}

/** The same for programs: one object for one folder, a list of them for several. */
export function jsonOf<Found>(found: readonly Found[], toJson: (one: Found) => object): string {
  const all = found.map(toJson);
  return JSON.stringify(all.length === 1 ? all[0] : all, undefined, 2);
}

/** Detectors that rules may ask for. */
export interface KnownDetectors {
  readonly detectors: readonly Detector[];
  /** The modules of those that are not the package's, as file URLs. */
  readonly modules: readonly string[];
}

/** @throws ConfigError where a module cannot be used */
export async function detectorsOf(command: Command): Promise<KnownDetectors> {
  const { loadDetectors, moduleUrls } = await import('../detectors/plugins.js');
  const { modulePaths } = await import('../sites/settings.js');
  const modules = moduleUrls(modulePaths(command.opts<SiteOptions>().detectors), process.cwd());
  return { modules, detectors: await loadDetectors(modules) };
}
