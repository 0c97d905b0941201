import { Comment, type CommentContext } from '../../src/comment/comment.js';
import type { Guidelines } from '../../src/guidelines/guidelines.js';
import { loadGuidelines } from '../../src/guidelines/load.js';
import { moderate } from '../../src/index.js';
import type { Action, Verdict } from '../../src/moderation/verdict.js';

/** A day on which no default rule has expired. */
const TODAY = '2026-11-24';

const guidelines: Guidelines = await loadGuidelines('rules', { today: TODAY });

/** The verdict of the default rules. */
export function verdictOn(text: string, context?: CommentContext): Verdict {
  return moderate(new Comment(text, context), guidelines.ruleset, TODAY);
}

/** What one default rule does about a text; none: it does not fire. */
export function actionOf(rule: string, text: string, context?: CommentContext): Action | 'none' {
  return verdictOn(text, context).reasons.find((reason) => reason.rule === rule)?.action ?? 'none';
}

/** The words of the text that a rule finds at fault. */
export function wordsAtFault(rule: string, text: string, context?: CommentContext): string[] {
  const reason = verdictOn(text, context).reasons.find((candidate) => candidate.rule === rule);
  return reason?.spans.map(({ start, end }) => text.slice(start, end)) ?? [];
}
