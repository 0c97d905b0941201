import { Comment } from '../../comment/comment.js';
import { compileGuidelines } from '../../guidelines/compile/compile.js';
import { compareBy, judgeBy, type Outcome } from '../../moderation/compare.js';
import type { LineGroup } from '../../wire/comment-files.js';
import { readDecidedLine } from '../../wire/comment-line.js';
import { count, countUnread, emptyTally, type Keep, type Tally } from './tally.js';

/** What comments are judged by. Plain data: it goes to threads. */
export interface Setup {
  /** The files of the rules to compare with; none: there is nothing to compare with. */
  readonly before: ReadonlyMap<string, string> | undefined;
  /** The files of the draft. */
  readonly after: ReadonlyMap<string, string>;
  /** The day in UTC, `YYYY-MM-DD`. */
  readonly today: string;
  readonly keep: Keep;
}

/**
 * Makes what judges lines of comments.
 * @throws RulesError
 */
export function judgeLinesBy({ before, after, today, keep }: Setup): (group: LineGroup) => Tally {
  const judge = judgeBoth(before, after, today);
  return ({ file, lines }) => {
    const tally = emptyTally(before !== undefined);
    for (const { number, text = '', fault } of lines) {
      const read = fault === undefined ? readDecidedLine(text) : { ok: false as const, mistake: fault };
      if (!read.ok) {
        countUnread(tally, { file, line: number, why: read.mistake }, keep);
        continue;
      }
      const { comment } = read;
      count(tally, comment, judge(new Comment(comment.text, comment.context)), { file, line: number }, keep);
    }
    return tally;
  };
}

function judgeBoth(
  before: Setup['before'],
  after: Setup['after'],
  today: string,
): (comment: Comment) => { before: Outcome | undefined; after: Outcome } {
  const draft = compileGuidelines(after);
  if (!before) {
    const judge = judgeBy(draft.ruleset, today);
    return (comment) => ({ before: undefined, after: judge(comment) });
  }
  const current = compileGuidelines(before);
  return compareBy(current.ruleset, draft.ruleset, today);
}
