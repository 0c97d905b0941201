import type { z } from 'zod';
import type { Condition, Exception, Rule } from '../../moderation/ruleset.js';
import type { RuleFile, RuleFileSchema } from '../format/schema.js';
import { isMap, valueAt } from '../format/schema-forms.js';
import { check, fits } from '../format/schema-mistakes.js';
import type { Path, YamlSource } from '../format/yaml-source.js';
import type { Example, Expiry } from '../guidelines.js';
import { shown } from '../mistakes/suggest.js';
import { forEachInSteps, type InSteps } from '../steps.js';
import { coverage } from './applies.js';
import { compileCondition, compileException } from './conditions.js';
import { tellIdlePatterns } from './idle-patterns.js';
import { tellIdlePhrases } from './idle-phrases.js';
import { type ListFiles, resolveLists } from './lists.js';
import type { CompileContext, RuleDraft } from './prepare.js';

/** A rule, and what else stands in its file. */
export interface CompiledRule {
  readonly rule: Rule;
  readonly examples: readonly Example[];
  readonly expiry: Expiry | undefined;
}

/**
 * Makes a rule of a rule file. Every part is looked into, also where another is broken, so that all mistakes
 * are told at once.
 * @returns none where something is wrong with it, which is told
 */
export function* compileRule(
  source: YamlSource,
  format: RuleFileSchema,
  files: ListFiles,
  context: CompileContext,
): InSteps<CompiledRule | undefined> {
  yield;
  const { report } = context;
  const file = yield* check(format, { value: source.value, source, path: [], report });
  const lists = yield* resolveLists(valueAt(source.value, ['lists']), source, files, report);
  const draft: RuleDraft = { source, lists, usedLists: new Set() };

  // Where the rule's own action is broken, no rule is made, so any stands in for it.
  const action = file?.action ?? 'reject';
  const conditions: (Condition | undefined)[] = [];
  const { when, unless } = format.shape;
  for (const { entry, path } of yield* entriesOf(source, 'when', when.element, file !== undefined)) {
    yield;
    conditions.push(yield* compileCondition(entry, path, action, draft, context));
  }
  const exceptions: (Exception | undefined)[] = [];
  const exception = unless.unwrap().element;
  for (const { entry, path } of yield* entriesOf(source, 'unless', exception, file !== undefined)) {
    yield;
    exceptions.push(yield* compileException(entry, path, draft, context));
  }
  tellUnusedLists(draft, context);

  const examples = file ? yield* examplesOf(file, source) : [];
  if (!file || conditions.includes(undefined) || exceptions.includes(undefined)) return undefined;
  yield* tellIdlePhrases(file, source, lists.usable, report);
  yield* tellIdlePatterns(file, source, report);
  const { id, guideline, message, mode, enabled, owner, expires, applies } = file;
  return {
    rule: {
      id,
      file: source.file,
      guideline,
      message,
      action,
      mode,
      enabled,
      owner,
      expires,
      appliesTo: applies ? coverage(applies.url) : () => true,
      conditions: conditions.filter((condition) => condition !== undefined),
      exceptions: exceptions.filter((exception) => exception !== undefined),
      counts: { ...countConditions(file), examples: examples.length },
    },
    examples,
    expiry: expires === undefined ? undefined : { ...source.placeOf(['expires']), rule: id, on: expires },
  };
}

interface PlacedEntry {
  readonly entry: Readonly<Record<string, unknown>>;
  readonly path: Path;
}

/**
 * The entries of a list of maps that fit their format, as read.
 * @param allFit whether the whole file does, so that none need be tried by itself
 */
function* entriesOf(
  source: YamlSource,
  key: string,
  format: z.ZodType,
  allFit: boolean,
): InSteps<PlacedEntry[]> {
  const entries = valueAt(source.value, [key]);
  const found: PlacedEntry[] = [];
  for (const [i, entry] of Array.isArray(entries) ? entries.entries() : []) {
    yield;
    if (!isMap(entry)) continue;
    if (allFit || (yield* fits(format, entry))) found.push({ entry, path: [key, i] });
  }
  return found;
}

function tellUnusedLists({ source, lists, usedLists }: RuleDraft, { report }: CompileContext): void {
  for (const name of lists.usable.keys()) {
    if (usedLists.has(name)) continue;
    report.warning(
      source.placeOfKey(['lists', name]),
      `list "${shown(name)}" is used nowhere; name it in a phrase as {${shown(name)}}, or delete it`,
      'unused-list',
    );
  }
}

function* examplesOf(file: RuleFile, source: YamlSource): InSteps<Example[]> {
  const examples: Example[] = [];
  for (const expected of ['reject', 'review', 'flag', 'approve'] as const) {
    yield* forEachInSteps(file.examples[expected] ?? [], (text, i) => {
      const { line, column } = source.placeOf(['examples', expected, i]);
      examples.push({ rule: file.id, expected, text, file: source.file, line, column });
    });
  }
  return examples.toSorted((a, b) => a.line - b.line || a.column - b.column);
}

function countConditions(file: RuleFile): { phrases: number; patterns: number } {
  const phrases = file.when.map((condition) => valueAt(condition, ['phrases']));
  return {
    phrases: phrases.reduce<number>((sum, list) => sum + (Array.isArray(list) ? list.length : 0), 0),
    patterns: file.when.filter((condition) => Object.hasOwn(condition, 'pattern')).length,
  };
}
