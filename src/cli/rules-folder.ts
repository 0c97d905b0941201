import { Option } from 'commander';
import { toDay } from '../moderation/day.js';
import { findRules } from '../sites/folders.js';

/** `--rules DIR`, for every command that reads rules. */
export const rulesOption = () =>
  new Option(
    '-r, --rules <folder>',
    'folder of rule files; else "rules" here, else those that come with stet',
  ).env('RULES_DIR');

/**
 * The rules folder to use.
 * @throws ConfigError where the named one is no folder
 */
export function rulesFolder(named: string | undefined): string {
  return findRules(named, process.cwd()).path;
}

/** Today in UTC, `YYYY-MM-DD`, as rules that expire count days. */
export function today(): string {
  return toDay(new Date());
}
