import type { Comment } from '../../comment/comment.js';
import type { Detector } from '../../detectors/detector.js';
import { disownedSpans } from '../../discourse/disowning.js';
import type { Condition, Exception, Threshold } from '../../moderation/ruleset.js';
import type { Action } from '../../moderation/verdict.js';
import { sourceSpan } from '../../text/fold.js';
import type { Span } from '../../text/span.js';
import { type Outcome, outcomeSchema, SHORT_FORMS } from '../format/schema.js';
import type { Path } from '../format/yaml-source.js';
import type { InSteps } from '../steps.js';
import { type CompileContext, prepare, type RuleDraft } from './prepare.js';

/** A condition without thresholds fires from this score on. */
const DEFAULT_THRESHOLD = 0.5;

/** A map of the file, as read. */
type Entry = Readonly<Record<string, unknown>>;

/**
 * Makes a condition of an entry of `when`.
 * @param entry which fits the format
 * @param ruleAction what the rule does where the condition does not say
 * @returns none where something is wrong with it, which is told
 */
export function* compileCondition(
  entry: Entry,
  path: Path,
  ruleAction: Action,
  rule: RuleDraft,
  context: CompileContext,
): InSteps<Condition | undefined> {
  const outcome = outcomeSchema.parse(entry);
  const thresholds = thresholdsOf(entry, outcome, ruleAction, path, rule, context);
  const { label, detector, options } = asked(entry, context);
  const prepared = detector && (yield* prepare(detector, options, path, rule, context));
  if (!prepared || !thresholds) return undefined;
  const { group, recall, detect } = prepared;
  return { label, kinds: outcome.kinds, thresholds, group, recall, detector: detector.name, observe: detect };
}

/**
 * Makes an exception of an entry of `unless`.
 * @param entry which fits the format
 * @returns none where something is wrong with it, which is told
 */
export function* compileException(
  entry: Entry,
  path: Path,
  rule: RuleDraft,
  context: CompileContext,
): InSteps<Exception | undefined> {
  if (Object.hasOwn(entry, 'disowned')) return wordsOf('disowned', disownedSpans);
  if (Object.hasOwn(entry, 'quoted')) return wordsOf('quoted', quotationsOf);
  const { label, detector, options } = asked(entry, context);
  const prepared = detector && (yield* prepare(detector, options, path, rule, context));
  return prepared && { label, group: prepared.group, detector: detector.name, observe: prepared.detect };
}

/** An exception that asks no detector. */
function wordsOf(label: string, find: (comment: Comment) => readonly Span[]): Exception {
  return { label, group: undefined, observe: (comment) => ({ score: 1, spans: find(comment) }) };
}

function quotationsOf(comment: Comment): Span[] {
  return comment.quotations.map(({ start, end }) => sourceSpan(comment.folded, start, end));
}

interface Asked {
  readonly label: string;
  readonly detector: Detector | undefined;
  readonly options: Entry;
}

/** Which detector an entry asks for, and with what options. */
function asked(entry: Entry, context: CompileContext): Asked {
  const options = Object.fromEntries(
    Object.entries(entry).filter(([key]) => key !== 'detector' && !Object.hasOwn(outcomeSchema.shape, key)),
  );
  if (typeof entry.detector === 'string') {
    const name = entry.detector;
    return { label: `detector ${name}`, detector: context.detectors.get(name), options };
  }
  const [label = '', name = ''] =
    Object.entries(SHORT_FORMS).find(([key]) => Object.hasOwn(entry, key)) ?? [];
  return { label, detector: context.detectors.get(name), options };
}

/** Whether what a condition finds is certain: a pattern, or a phrase that stands there as written. */
function hasOneScore(entry: Entry): boolean {
  return Object.hasOwn(entry, 'pattern') || (Object.hasOwn(entry, 'phrases') && entry.exact === true);
}

/** Strictest first. None where they contradict each other, which is told. */
function thresholdsOf(
  entry: Entry,
  outcome: Outcome,
  ruleAction: Action,
  path: Path,
  { source }: RuleDraft,
  { report }: CompileContext,
): Threshold[] | undefined {
  const { action } = outcome;
  const thresholds = (['reject', 'review', 'flag'] as const).flatMap((name): Threshold[] => {
    const from = outcome[name];
    return from === undefined ? [] : [{ action: name, from }];
  });
  const [first, ...milder] = thresholds;
  if (!first) return [{ action: action ?? ruleAction, from: DEFAULT_THRESHOLD }];
  if (action !== undefined) {
    report.mistake(
      source.placeOfKey([...path, 'action']),
      `action cannot stand beside ${first.action}: ${first.from}, which says what to do from which score on; keep one of the two`,
      'threshold',
    );
    return undefined;
  }
  if (hasOneScore(entry)) {
    for (const { action: never } of milder) {
      report.warning(
        source.placeOfKey([...path, never]),
        `${never} never happens, for what is found here scores 1, and ${first.action} comes first; keep one of the two`,
        'threshold',
      );
    }
  }
  let stricter = first;
  for (const threshold of milder) {
    if (threshold.from >= stricter.from) {
      report.mistake(
        source.placeOf([...path, threshold.action]),
        `${threshold.action} is ${threshold.from}, but ${stricter.action} comes first from ${stricter.from} on; write a number below ${stricter.from}`,
        'threshold',
      );
      return undefined;
    }
    stricter = threshold;
  }
  return thresholds;
}
