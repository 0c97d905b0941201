import { linear } from '../../classifier/linear/linear.js';
import { Comment } from '../../comment/comment.js';
import { loadDetectors } from '../../detectors/plugins.js';
import { compileGuidelines } from '../../guidelines/compile/compile.js';
import { compareBy, type Judge, judgeBy, type Outcome } from '../../moderation/compare.js';
import { readComments } from '../../pipeline/read.js';
import type { RowGroup } from '../../wire/comment-files.js';
import { type DecidedComment, readDecided } from '../../wire/comment-row.js';
import { count, countUnread, emptyCounts, type Keep, type ReplayCounts } from './counts.js';

/** What comments are judged by. Plain data: it goes to threads. */
export interface Setup {
  /** The files of the rules to compare with; none: there is nothing to compare with. */
  readonly before: ReadonlyMap<string, string> | undefined;
  /** The files of the draft. */
  readonly after: ReadonlyMap<string, string>;
  /** The day in UTC, `YYYY-MM-DD`. */
  readonly today: string;
  /** Detectors of one's own, as file URLs. */
  readonly detectorModules: readonly string[];
  readonly keep: Keep;
}

/**
 * Makes what judges rows of comments: all that a group has are read in one go, then judged one by one.
 * @throws RulesError
 */
export async function judgeRowsBy(setup: Setup): Promise<(group: RowGroup) => Promise<ReplayCounts>> {
  const { before, keep } = setup;
  const judge = await judgeBoth(setup);
  return async ({ file, rows }) => {
    const tally = emptyCounts(before !== undefined);
    const sent: { readonly line: number; readonly comment: DecidedComment }[] = [];
    for (const row of rows) {
      const { line } = row;
      const decided = readDecided(row);
      if (decided.ok) sent.push({ line, comment: decided.comment });
      else countUnread(tally, { file, line, why: decided.mistake }, keep);
    }
    const { read } = await readComments(
      sent.map(({ comment: { text, context } }) => new Comment(text, context)),
      linear,
    );
    for (const [i, { line, comment }] of sent.entries()) {
      const one = read[i];
      if (one) count(tally, comment, judge(one.comment, one.reading), { file, line }, keep);
    }
    return tally;
  };
}

async function judgeBoth({
  before,
  after,
  today,
  detectorModules,
}: Setup): Promise<Judge<{ readonly before: Outcome | undefined; readonly after: Outcome }>> {
  const detectors = await loadDetectors(detectorModules);
  const draft = compileGuidelines(after, detectors);
  if (!before) {
    const judge = judgeBy(draft.ruleset, today);
    return (comment, reading) => ({ before: undefined, after: judge(comment, reading) });
  }
  const current = compileGuidelines(before, detectors, draft.ruleset);
  return compareBy(current.ruleset, draft.ruleset, today);
}
