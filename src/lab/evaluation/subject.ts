import { readLinear } from '../../classifier/linear/linear.js';
import { Comment } from '../../comment/comment.js';
import { judge, type RuleResult } from '../../moderation/moderate.js';
import type { Ruleset } from '../../moderation/ruleset.js';
import type { Figure } from './figure.js';
import type { Libraries } from './libraries.js';

/** What is measured, and what with. */
export interface Subject {
  /** The folder of the labelled data. */
  readonly dataDir: string;
  /** The rules folder that `ruleset` was loaded from. */
  readonly rulesDir: string;
  readonly ruleset: Ruleset;
  /** The day in UTC, `YYYY-MM-DD`, on which rules have expired or not. */
  readonly today: string;
  readonly libraries: Libraries;
}

/** Figures that are measured together. */
export interface FigureGroup {
  /** For people who wait: `languages`. */
  readonly name: string;
  /** The labelled files that it reads, as `readRows` takes them. */
  readonly reads: readonly string[];
  /** @throws as `readRows` does, where the data is not what it should be */
  readonly measure: (subject: Subject) => Promise<Figure[]>;
}

/** A rule that is measured, but is not in force. */
export class NoSuchRule extends Error {
  override name = 'NoSuchRule';
  constructor(readonly id: string) {
    super(`there is no rule "${id}" in force, and its figures are asked for`);
  }
}

/**
 * What one rule alone makes of texts.
 * @throws NoSuchRule where the rules have none of that id in force
 */
export function byRule(id: string, { ruleset, today }: Subject): (text: string) => RuleResult {
  const alone = { ...ruleset, rules: ruleset.rules.filter((rule) => rule.id === id) };
  return (text) => {
    const comment = new Comment(text);
    const [result] = judge(comment, readLinear(comment), alone, today);
    if (!result) throw new NoSuchRule(id);
    return result;
  };
}

/** Whether a rule sends a text to a moderator or rejects it. */
export function isStopped({ action }: RuleResult): boolean {
  return action === 'review' || action === 'reject';
}
