import { isInForce } from '../../moderation/moderate.js';
import type { Rule } from '../../moderation/ruleset.js';
import type { Example, Guidelines, ReportedMistake } from '../guidelines.js';
import { inOrder } from '../mistakes/report.js';
import { shown } from '../mistakes/suggest.js';
import { finish, forEachInSteps, type InSteps } from '../steps.js';

/**
 * Examples of which at most one can hold, whatever the rules are: of the same comment (but for spaces around and
 * between words), one rule is to do two things, or one rule is to reject it or hold it and another says that all
 * rules together approve. A rule that has no say in the verdict, or only for some pages, contradicts no other.
 * @param today the day in UTC, `YYYY-MM-DD`: the examples of a rule that is off or has expired do not count
 * @returns each contradiction once, told of the example that comes later
 */
export function contradictions(guidelines: Guidelines, today: string): ReportedMistake[] {
  return finish(contradictionsInSteps(guidelines, today));
}

/** As `contradictions`, in steps between which a service that runs can answer requests. */
export function* contradictionsInSteps(
  { ruleset, examples }: Guidelines,
  today: string,
): InSteps<ReportedMistake[]> {
  const rules = new Map(
    ruleset.rules.filter((rule) => isInForce(rule, today)).map((rule) => [rule.id, rule]),
  );
  const seen = new Map<string, Example[]>();
  const told: ReportedMistake[] = [];
  yield* forEachInSteps(examples, (example) => {
    const rule = rules.get(example.rule);
    if (!rule) return;
    const key = example.text.normalize('NFC').trim().replace(/\s+/g, ' ');
    const before = seen.get(key) ?? [];
    const other = before.find((earlier) => contradict(earlier, rules.get(earlier.rule), example, rule));
    // What a second one like it contradicts, the first does.
    if (!before.some((earlier) => earlier.rule === example.rule && earlier.expected === example.expected)) {
      seen.set(key, [...before, example]);
    }
    if (!other) return;
    const { file, line, column, text, expected } = example;
    const where = other.file === file ? `line ${other.line}` : `${other.file}:${other.line}`;
    const message = `example "${shown(text)}" is under ${expected} here and under ${other.expected} in ${where}; no comment can be both, so delete one of the two`;
    told.push({ file, line, column, kind: 'contradiction', message });
  });
  return inOrder(told);
}

function contradict(one: Example, ruleOfOne: Rule | undefined, other: Example, ruleOfOther: Rule): boolean {
  if (one.expected === other.expected) return false;
  if (one.rule === other.rule) return true;
  if (one.expected === 'approve') return decides(other, ruleOfOther);
  return other.expected === 'approve' && decides(one, ruleOfOne);
}

/** Whether an example that holds keeps all rules together from approving its comment. */
function decides({ expected }: Example, rule: Rule | undefined): boolean {
  return (
    (expected === 'reject' || expected === 'review') && rule?.mode === 'enforce' && rule.appliesTo(undefined)
  );
}
