import { pathToFileURL } from 'node:url';
import type { Log, ReportingDescriptor, Result } from 'sarif';
import type { ReportedMistake } from '../guidelines/guidelines.js';
import type { LintResult } from '../guidelines/lint.js';
import { KINDS } from '../guidelines/mistakes/mistake-kinds.js';
import { fileIn, type Level } from './mistakes.js';

/**
 * What was found as SARIF 2.1.0, which code hosts show beside the lines of a change.
 * @param found of each rules folder, which is named from the working directory with `/` between folders, or by its whole path
 */
export function toSarif(found: readonly (LintResult & { readonly folder: string })[]): Log {
  const results = found.flatMap(({ mistakes, warnings, folder }) => [
    ...mistakes.map((mistake) => toResult(mistake, 'error', folder)),
    ...warnings.map((warning) => toResult(warning, 'warning', folder)),
  ]);
  return {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [{ tool: { driver: { name: 'stet', rules: RULES } }, columnKind: 'utf16CodeUnits', results }],
  };
}

const RULES: ReportingDescriptor[] = Object.entries(KINDS).map(([id, text]) => ({
  id,
  shortDescription: { text },
}));

function toResult(
  { file, line, column, kind, message }: ReportedMistake,
  level: Level,
  folder: string,
): Result {
  return {
    ruleId: kind,
    ruleIndex: RULES.findIndex(({ id }) => id === kind),
    level,
    message: { text: message },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: toUri(fileIn(folder, file)) },
          region: { startLine: line, startColumn: column },
        },
      },
    ],
  };
}

function toUri(path: string): string {
  return path.startsWith('/') ? pathToFileURL(path).href : path.split('/').map(encodeURIComponent).join('/');
}
