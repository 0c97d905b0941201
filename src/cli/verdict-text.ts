import pc from 'picocolors';
import type { Reason, Verdict } from '../moderation/verdict.js';
import type { Span } from '../text/span.js';

/** Characters that would steer a terminal, shown as a sign in their place. */
export const CONTROLS = /[\p{Cc}\p{Cf}]/gu;

/** The colours of decisions and actions. */
export const PAINT = { approve: pc.green, flag: pc.cyan, review: pc.yellow, reject: pc.red } as const;

/**
 * A verdict for people to read: the decision, then for each reason the rule, what the commenter is told, and the
 * text with the words at fault marked.
 */
export function describeVerdict(text: string, verdict: Verdict): string {
  const lines = [pc.bold(PAINT[verdict.verdict](verdict.verdict))];
  for (const reason of verdict.reasons)
    lines.push(...describeReason(text, reason).map((line) => `  ${line}`));
  if (verdict.isCut) {
    lines.push('  judging it took too many steps and was cut short: a person should look at the rest');
  }
  return lines.join('\n');
}

function describeReason(text: string, reason: Reason): string[] {
  const note = reason.note === undefined ? '' : ` (${reason.note})`;
  return [
    `${PAINT[reason.action](reason.action)} by ${pc.bold(reason.rule)}, ${reason.score.toFixed(2)} sure${note}: ${reason.guideline}`,
    `  tell the commenter: ${reason.message}`,
    ...(reason.spans.length > 0 ? [`  words at fault: ${excerpts(text, reason.spans)}`] : []),
  ];
}

function excerpts(text: string, spans: readonly Span[]): string {
  const shown = spans.slice(0, 5).map(({ start, end }) => pc.underline(quote(text.slice(start, end))));
  const rest = spans.length - shown.length;
  return shown.join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}

function quote(words: string): string {
  const flat = words.replace(/\s+/g, ' ').replace(CONTROLS, '\u00b7');
  return `"${flat.length > 80 ? `${flat.slice(0, 77)}...` : flat}"`;
}
