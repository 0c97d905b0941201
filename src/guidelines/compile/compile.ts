import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import type { Detector } from '../../detectors/detector.js';
import { DETECTORS } from '../../detectors/index.js';
import { DEFAULT_LIMITS, type LimitPolicy } from '../../limits/policy.js';
import { ExpressionSet } from '../../matching/expression-set.js';
import { PhraseIndex } from '../../matching/phrase-index.js';
import type { Rule, Ruleset } from '../../moderation/ruleset.js';
import { readText } from '../files/source-text.js';
import { readYamlInSteps } from '../format/read-yaml.js';
import { ruleFileSchema } from '../format/schema.js';
import { valueAt } from '../format/schema-forms.js';
import type { YamlSource } from '../format/yaml-source.js';
import { type Guidelines, RulesError } from '../guidelines.js';
import { withExcerpts } from '../mistakes/excerpt.js';
import { inCodeOrder, Report } from '../mistakes/report.js';
import { finish, type InSteps } from '../steps.js';
import { compileLimits } from './limits.js';
import { ListFiles } from './lists.js';
import { PhraseBudget } from './phrase-budget.js';
import type { CompileContext } from './prepare.js';
import { type CompiledRule, compileRule } from './rule.js';

const RULE_FILE = /^[^/]+\.ya?ml$/;
const LIMITS_FILE = /^limits\.ya?ml$/;

/**
 * Makes guidelines of the files of a rules folder. Pure: no clock, no I/O, and the examples are not run.
 * @param files by name within the folder, with `/` between folders, as `readRulesFolder` returns them. Those
 * that are neither rule files nor lists that a rule names are passed over
 * @param detectors that conditions may ask for
 * @param before the rules that these replace, or are compared with: patterns that both have are compiled once
 * @throws RulesError with every mistake in them
 */
export function compileGuidelines(
  files: ReadonlyMap<string, string>,
  detectors: readonly Detector[] = DETECTORS,
  before?: Ruleset,
): Guidelines {
  return finish(compileInSteps(files, detectors, before));
}

/** As `compileGuidelines`, in steps between which a service that runs can answer requests. */
export function* compileInSteps(
  files: ReadonlyMap<string, string>,
  detectors: readonly Detector[] = DETECTORS,
  before?: Ruleset,
): InSteps<Guidelines> {
  const report = new Report();
  const names = [...files.keys()].filter((name) => RULE_FILE.test(name)).sort(inCodeOrder);
  const [limitsFile, spareLimitsFile] = names.filter((name) => LIMITS_FILE.test(name));
  const ruleFiles = names.filter((name) => !LIMITS_FILE.test(name));
  if (ruleFiles.length === 0) {
    report.mistake(
      { file: '.', line: 1, column: 1 },
      'there is no rule in the folder; write one in a file like abuse.yaml',
      'no-rule',
    );
  }
  if (spareLimitsFile !== undefined) {
    report.mistake(
      { file: spareLimitsFile, line: 1, column: 1 },
      `there is a ${limitsFile} too; keep one of the two`,
      'repeated-name',
    );
  }

  function* read(name: string): InSteps<YamlSource | undefined> {
    const text = readText(name, files.get(name) ?? '', report);
    return text === undefined ? undefined : yield* readYamlInSteps(name, text, report);
  }
  const limits = limitsFile === undefined ? DEFAULT_LIMITS : yield* limitsOf(yield* read(limitsFile), report);
  const sources: YamlSource[] = [];
  for (const name of ruleFiles) {
    yield;
    const source = yield* read(name);
    if (source) sources.push(source);
  }
  tellSharedIds(sources, report);

  const index = new PhraseIndex();
  const expressions = new ExpressionSet(before?.expressions);
  const context: CompileContext = {
    detectors: new Map(detectors.map((detector) => [detector.name, detector])),
    index,
    expressions,
    report,
    budget: new PhraseBudget(report),
  };
  const format = ruleFileSchema(detectors);
  const listFiles = new ListFiles(files, report);
  const compiled: CompiledRule[] = [];
  for (const source of sources) {
    const rule = yield* compileRule(source, format, listFiles, context);
    if (rule) compiled.push(rule);
  }

  if (sources.length === ruleFiles.length) tellUnusedFiles(files, listFiles, report);

  const mistakes = withExcerpts(report.mistakes, files);
  const warnings = withExcerpts(report.warnings, files);
  if (mistakes.length > 0) throw new RulesError(mistakes, warnings);
  if (!limits || compiled.length < ruleFiles.length) throw new Error('a file was left out, and nothing told');
  const rules = compiled.map(({ rule }) => rule);
  return {
    ruleset: {
      rules,
      phrases: index,
      expressions,
      version: yield* versionOf([...names, ...listFiles.used], files),
      recall: longestRecall(rules),
    },
    limits,
    examples: compiled.flatMap(({ examples }) => examples),
    expiries: compiled.flatMap(({ expiry }) => expiry ?? []),
    warnings,
    files,
  };
}

/** For how many seconds texts must be remembered for these rules; 0 where none asks how often a text was posted. */
function longestRecall(rules: readonly Rule[]): number {
  const asking = rules.filter(({ enabled }) => enabled);
  return Math.max(0, ...asking.flatMap(({ conditions }) => conditions.map(({ recall = 0 }) => recall)));
}

function* limitsOf(source: YamlSource | undefined, report: Report): InSteps<LimitPolicy | undefined> {
  return source && (yield* compileLimits(source, report));
}

/** Only where all rule files can be read is it known that none of them uses a list. */
function tellUnusedFiles(files: ReadonlyMap<string, string>, listFiles: ListFiles, report: Report): void {
  const asked = new Set(listFiles.used);
  for (const file of files.keys()) {
    if (!file.endsWith('.txt') || asked.has(file)) continue;
    report.warning(
      { file, line: 1, column: 1 },
      `no rule uses this file; name it under lists, like ${listNameOf(file)}: { file: ${file} }, or delete it`,
      'unused-list',
    );
  }
}

/** A name that a list of a file may have: `insults` for `lists/Insults.txt`. */
function listNameOf(file: string): string {
  const name = posix
    .basename(file, '.txt')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-');
  return /^[a-z]/.test(name) ? name : 'words';
}

function tellSharedIds(sources: readonly YamlSource[], report: Report): void {
  const first = new Map<string, YamlSource>();
  for (const source of sources) {
    const id = valueAt(source.value, ['id']);
    if (typeof id !== 'string') continue;
    const before = first.get(id);
    if (!before) {
      first.set(id, source);
      continue;
    }
    const { file, line } = before.placeOf(['id']);
    report.mistake(
      source.placeOf(['id']),
      `id is ${source.show(['id'])}, as in ${file}:${line}; give each rule an id of its own`,
      'repeated-name',
    );
  }
}

/** A hash over the names and contents of the files that were used, whatever order they came in. */
function* versionOf(used: readonly string[], files: ReadonlyMap<string, string>): InSteps<string> {
  const hash = createHash('sha256');
  for (const name of used.toSorted(inCodeOrder)) {
    yield;
    const content = files.get(name) ?? '';
    // With the lengths, no two sets of files come to the same bytes.
    hash.update(`${Buffer.byteLength(name)} ${name} ${Buffer.byteLength(content)} ${content}`);
  }
  return `sha256:${hash.digest('hex')}`;
}
