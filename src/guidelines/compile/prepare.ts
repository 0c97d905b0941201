import { type Detector, NOTHING, OptionError, type PreparedDetector } from '../../detectors/detector.js';
import type { ExpressionSet } from '../../matching/expression-set.js';
import { expandPhrase, type Lists, type Phrase, PhraseError } from '../../matching/phrase.js';
import type { GroupId, PhraseIndex } from '../../matching/phrase-index.js';
import { check } from '../format/schema-mistakes.js';
import type { Path, YamlSource } from '../format/yaml-source.js';
import type { Report } from '../mistakes/report.js';
import type { RuleLists } from './lists.js';
import {
  entriesNamedIn,
  isReadable,
  listsNamedIn,
  type OptionText,
  tellUnknownList,
  textsIn,
} from './option-texts.js';
import { type PhraseBudget, sequencesOf } from './phrase-budget.js';

/** What the conditions of all rules are made with. */
export interface CompileContext {
  readonly detectors: ReadonlyMap<string, Detector>;
  readonly index: PhraseIndex;
  readonly expressions: ExpressionSet;
  readonly report: Report;
  readonly budget: PhraseBudget;
}

/** The rule that is being made. */
export interface RuleDraft {
  readonly source: YamlSource;
  readonly lists: RuleLists;
  /** The names of the lists that something refers to; added to. */
  readonly usedLists: Set<string>;
}

/** A detector with its options, and its phrases in the index. */
export interface Prepared {
  readonly group: GroupId | undefined;
  readonly recall?: number | undefined;
  readonly detect: PreparedDetector['detect'];
}

/**
 * Sets a detector's options and puts its phrases in the index.
 * @param options as read, at `path`
 * @returns none where something is wrong with them, which is told
 */
export function prepare(
  detector: Detector,
  options: Readonly<Record<string, unknown>>,
  path: Path,
  rule: RuleDraft,
  context: CompileContext,
): Prepared | undefined {
  const { source } = rule;
  const { report, budget } = context;
  const texts = [...textsIn(options, path)];
  const checked = check(detector.options, { value: options, source, path, report });
  const unreadable = texts.filter((text) => !isReadable(text, source, report));
  if (!checked || unreadable.length > 0) return undefined;

  const { lists, areComplete } = listsFor(texts, rule, report);
  const areWithin = texts.every((text) =>
    budget.take(entriesNamedIn(text, lists), text.text, source.placeOf(text.path)),
  );
  if (!areWithin) return undefined;

  const prepared = orTell(source, path, report, () => detector.prepare(checked, lists));
  if (!prepared) return undefined;
  const detect = searched(prepared, context.expressions);
  const { recall } = prepared;
  if (!prepared.phrases) return areComplete ? { group: undefined, recall, detect } : undefined;
  const paths = new Map(texts.toReversed().map((text) => [text.text, text.path]));
  const pathOf = (phrase: Phrase) => paths.get(phrase.text) ?? path;
  const group = addPhrases(prepared.phrases, pathOf, lists, source, context);
  return areComplete && group !== undefined ? { group, recall, detect } : undefined;
}

/** What a detector finds, asked only where its expression may have a match. */
function searched(prepared: PreparedDetector, expressions: ExpressionSet): PreparedDetector['detect'] {
  const detect = prepared.detect.bind(prepared);
  if (prepared.expression === undefined) return detect;
  const id = expressions.add(prepared.expression);
  return (comment, hits, reading, steps) =>
    comment.view(expressions.match).includes(id) ? detect(comment, hits, reading, steps) : NOTHING;
}

/**
 * The rule's lists, with a stand-in for each that is missing or broken, so that the rest of the options can be
 * looked into all the same.
 * @returns `areComplete`: whether there is no stand-in among them
 */
function listsFor(
  texts: readonly OptionText[],
  { source, lists, usedLists }: RuleDraft,
  report: Report,
): { lists: Lists; areComplete: boolean } {
  const all = new Map(lists.usable);
  for (const text of texts) {
    for (const name of listsNamedIn(text)) {
      usedLists.add(name);
      if (!lists.names.has(name)) tellUnknownList(name, text, lists, source, report);
      if (!lists.usable.has(name)) all.set(name, ['word']);
    }
  }
  return { lists: all, areComplete: all.size === lists.usable.size };
}

function addPhrases(
  phrases: readonly Phrase[],
  pathOf: (phrase: Phrase) => Path,
  lists: Lists,
  source: YamlSource,
  { index, budget, report }: CompileContext,
): GroupId | undefined {
  const sound = phrases.filter((phrase) => {
    const path = pathOf(phrase);
    return orTell(source, path, report, () => {
      if (!budget.take(sequencesOf(phrase.text, lists), phrase.text, source.placeOf(path))) return false;
      return expandPhrase(phrase.text, lists).length > 0;
    });
  });
  return sound.length === phrases.length ? index.add(phrases, lists) : undefined;
}

/** Takes a step that may find fault with options, and tells the fault at the place of the option. */
function orTell<Result>(
  source: YamlSource,
  path: Path,
  report: Report,
  step: () => Result,
): Result | undefined {
  try {
    return step();
  } catch (error) {
    if (error instanceof OptionError) {
      const kind = error.path.at(-1) === 'pattern' ? 'pattern' : 'option';
      report.mistake(source.placeOf([...path, ...error.path]), error.message, kind);
    } else if (error instanceof PhraseError) report.mistake(source.placeOf(path), error.message, 'phrase');
    else throw error;
    return undefined;
  }
}
