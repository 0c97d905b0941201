import { type Detector, NOTHING, OptionError, type PreparedDetector } from '../../detectors/detector.js';
import type { ExpressionSet } from '../../matching/expression-set.js';
import { type Lists, type Phrase, PhraseError, sequencesOf } from '../../matching/phrase.js';
import type { GroupId, PhraseIndex } from '../../matching/phrase-index.js';
import { check } from '../format/schema-mistakes.js';
import type { Path, YamlSource } from '../format/yaml-source.js';
import { MOST_IN_A_FILE, type Report } from '../mistakes/report.js';
import { forEachInSteps, type InSteps } from '../steps.js';
import type { RuleLists } from './lists.js';
import {
  entriesNamedIn,
  isReadable,
  listsNamedIn,
  type OptionText,
  tellUnknownList,
  textsIn,
} from './option-texts.js';
import { countSequences, type PhraseBudget } from './phrase-budget.js';

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
export function* prepare(
  detector: Detector,
  options: Readonly<Record<string, unknown>>,
  path: Path,
  rule: RuleDraft,
  context: CompileContext,
): InSteps<Prepared | undefined> {
  const { source } = rule;
  const { report, budget } = context;
  const texts: OptionText[] = [];
  yield* forEachInSteps(textsIn(options, path), (text) => texts.push(text));
  const checked = yield* check(detector.options, { value: options, source, path, report });
  let areReadable = true;
  yield* forEachInSteps(texts, (text) => {
    if (!isReadable(text, source, report)) areReadable = false;
  });
  if (!checked || !areReadable) return undefined;

  const { lists, areComplete } = yield* listsFor(texts, rule, report);
  let areWithin = true;
  yield* forEachInSteps(texts, (text) => {
    areWithin &&= budget.take(entriesNamedIn(text, lists), text.text, source.placeOf(text.path));
  });
  if (!areWithin) return undefined;

  yield;
  const prepared = orTell(source, path, report, () => detector.prepare(checked, lists));
  if (!prepared) return undefined;
  const detect = searched(prepared, context.expressions);
  const { recall } = prepared;
  if (!prepared.phrases) return areComplete ? { group: undefined, recall, detect } : undefined;
  const paths = new Map<string, Path>();
  yield* forEachInSteps(texts, ({ text, path: own }) => {
    if (!paths.has(text)) paths.set(text, own);
  });
  const pathOf = (phrase: Phrase) => paths.get(phrase.text) ?? path;
  const group = yield* addPhrases(prepared.phrases, pathOf, lists, source, context);
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
function* listsFor(
  texts: readonly OptionText[],
  { source, lists, usedLists }: RuleDraft,
  report: Report,
): InSteps<{ lists: Lists; areComplete: boolean }> {
  const all = new Map(lists.usable);
  let told = 0;
  for (const [i, text] of texts.entries()) {
    if (i % 200 === 0) yield;
    for (const name of listsNamedIn(text)) {
      usedLists.add(name);
      if (!lists.usable.has(name)) all.set(name, ['word']);
      if (lists.names.has(name)) continue;
      // They come in the order of the file, so of many the later ones are not shown.
      tellUnknownList(name, text, lists, source, report, told < MOST_IN_A_FILE);
      told += 1;
      yield;
    }
  }
  return { lists: all, areComplete: all.size === lists.usable.size };
}

/** So many sequences of words are put in the index in a step. */
const A_STEP = 200;

function* addPhrases(
  phrases: readonly Phrase[],
  pathOf: (phrase: Phrase) => Path,
  lists: Lists,
  source: YamlSource,
  { index, budget, report }: CompileContext,
): InSteps<GroupId | undefined> {
  const group = index.newGroup();
  let areSound = true;
  let added = 0;
  for (const phrase of phrases) {
    const path = pathOf(phrase);
    const sequences = orTell(source, path, report, () =>
      budget.take(countSequences(phrase.text, lists), phrase.text, source.placeOf(path))
        ? sequencesOf(phrase.text, lists)
        : undefined,
    );
    if (!sequences) areSound = false;
    const before = added;
    for (const sequence of sequences ?? []) {
      // Where a phrase is not sound, the folder is not put in force, nor this index.
      if (areSound) index.addSequence(group, phrase, sequence);
      added += 1;
      if (added % A_STEP === 0) yield;
    }
    if (added > before) continue;
    areSound = false;
    yield;
  }
  return areSound ? group : undefined;
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
