import { linear } from '../../classifier/linear/linear.js';
import { Comment } from '../../comment/comment.js';
import type { Detector } from '../../detectors/detector.js';
import { loadDetectors } from '../../detectors/plugins.js';
import { compileGuidelines } from '../../guidelines/compile/compile.js';
import { runExamples } from '../../guidelines/examples/examples.js';
import { type Draft, overlay } from '../../guidelines/files/overlay.js';
import { type Guidelines, type Mistake, RulesError } from '../../guidelines/guidelines.js';
import { exampleMistakes, expiryWarnings } from '../../guidelines/load.js';
import { type Comparison, compareBy, type Outcome } from '../../moderation/compare.js';
import { DECISIONS } from '../../moderation/verdict.js';
import { readComments } from '../../pipeline/read.js';
import type { SentComment } from '../../wire/comment.js';
import type { PreviewBody } from '../../wire/preview.js';
import { toReasonBodies } from '../../wire/verdict.js';

/** Everything a preview depends on, as it is sent to the thread that makes it. */
export interface PreviewJob {
  /** The version of the rules in force. */
  readonly version: string;
  /** The files of the rules in force. */
  readonly files: ReadonlyMap<string, string>;
  readonly draft: Draft;
  readonly comments: readonly SentComment[];
  /** Detectors of one's own, as file URLs. */
  readonly detectorModules: readonly string[];
  /** The day in UTC, `YYYY-MM-DD`. */
  readonly today: string;
}

/** What came of a preview. */
export type PreviewOutcome =
  | {
      readonly ok: true;
      /** A `PreviewBody` as JSON in UTF-8: bytes go from thread to thread as they are. */
      readonly body: Uint8Array<ArrayBuffer>;
      readonly changed: number;
    }
  | { readonly ok: false; readonly mistakes: readonly Mistake[] };

/**
 * Makes what makes previews: judges comments by the rules in force and by a draft of them. All are read in one go, once
 * for both. Takes as long as it takes: not for the main thread.
 */
export function createPreviewer(): (job: PreviewJob) => Promise<PreviewOutcome> {
  // The rules in force, as they were last compiled: most previews of a day are against the same.
  let latest: Guidelines | undefined;
  return async (job) => {
    const detectors = await loadDetectors(job.detectorModules);
    if (latest?.ruleset.version !== job.version) {
      latest = compileGuidelines(job.files, detectors, latest?.ruleset);
    }
    return preview(job, latest, detectors);
  };
}

async function preview(
  { files, draft, comments, today }: PreviewJob,
  before: Guidelines,
  detectors: readonly Detector[],
): Promise<PreviewOutcome> {
  try {
    const after = compileGuidelines(overlay(files, draft), detectors, before.ruleset);
    const compare = compareBy(before.ruleset, after.ruleset, today);
    const { read } = await readComments(
      comments.map(({ text, context }) => new Comment(text, context)),
      linear,
    );
    const compared = read.map(({ comment, reading }, i) => ({
      id: comments[i]?.id,
      ...compare(comment, reading),
    }));
    const examples = await runExamples(after, { today });
    const body: PreviewBody = {
      rulesVersion: { before: before.ruleset.version, after: after.ruleset.version },
      totals: totalsOf(compared),
      comments: compared.map(({ id, before, after }) => ({
        ...(id !== undefined && { id }),
        changed: before.verdict !== after.verdict,
        before: toBody(before),
        after: toBody(after),
      })),
      examples: exampleMistakes(after, today, examples).map(toPlace),
      warnings: [...after.warnings, ...expiryWarnings(after, today)].map(toPlace),
    };
    return { ok: true, body: new TextEncoder().encode(JSON.stringify(body)), changed: body.totals.changed };
  } catch (error) {
    if (error instanceof RulesError) return { ok: false, mistakes: error.mistakes.map(toPlace) };
    throw error;
  }
}

function toPlace({ file, line, column, message }: Mistake): Mistake {
  return { file, line, column, message };
}

function toBody({ verdict, reasons, shadowed, scores }: Outcome): PreviewBody['comments'][number]['before'] {
  return { verdict, reasons: toReasonBodies(reasons), shadowed: toReasonBodies(shadowed), scores };
}

function totalsOf(compared: readonly Comparison[]): PreviewBody['totals'] {
  const count = (fits: (comparison: Comparison) => boolean) => compared.filter(fits).length;
  const verdicts = (side: 'before' | 'after') => ({
    approve: count((comparison) => comparison[side].verdict === 'approve'),
    review: count((comparison) => comparison[side].verdict === 'review'),
    reject: count((comparison) => comparison[side].verdict === 'reject'),
  });
  const changes = DECISIONS.toReversed().flatMap((to) =>
    DECISIONS.flatMap((from) => {
      const found =
        from === to ? 0 : count(({ before, after }) => before.verdict === from && after.verdict === to);
      return found > 0 ? [{ from, to, count: found }] : [];
    }),
  );
  return {
    comments: compared.length,
    changed: changes.reduce((sum, change) => sum + change.count, 0),
    before: verdicts('before'),
    after: verdicts('after'),
    changes,
  };
}
