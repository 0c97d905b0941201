import { linear } from '../../classifier/linear/linear.js';
import { Comment } from '../../comment/comment.js';
import type { Detector } from '../../detectors/detector.js';
import { loadDetectors } from '../../detectors/plugins.js';
import { compileGuidelines } from '../../guidelines/compile/compile.js';
import { runExamples } from '../../guidelines/examples/examples.js';
import { overlay } from '../../guidelines/files/overlay.js';
import { type Guidelines, type Mistake, RulesError } from '../../guidelines/guidelines.js';
import { exampleMistakes, expiryWarnings } from '../../guidelines/load.js';
import { type Comparison, compareBy, type Outcome } from '../../moderation/compare.js';
import { DECISIONS } from '../../moderation/verdict.js';
import { readComments } from '../../pipeline/read.js';
import { commentSchemas } from '../../wire/comment.js';
import { type FieldFault, WireError, type WireFault } from '../../wire/faults.js';
import { type PreviewBody, previewRequest } from '../../wire/preview.js';
import { toReasonBodies } from '../../wire/verdict.js';
import { type PreviewRequest, readPreviewRequest } from './read-request.js';

/** Everything a preview depends on, as it is sent to the thread that makes it. */
export interface PreviewJob {
  /** The version of the rules in force. */
  readonly version: string;
  /** The files of the rules in force. */
  readonly files: ReadonlyMap<string, string>;
  readonly sent: SentPreview;
  /** Detectors of one's own, as file URLs. */
  readonly detectorModules: readonly string[];
  /** The day in UTC, `YYYY-MM-DD`. */
  readonly today: string;
}

/** What is to be tried, read already or as it was sent. */
export type SentPreview =
  | ({ readonly kind: 'read' } & PreviewRequest)
  | {
      readonly kind: 'unread';
      /** The body, by the schema `previewRequest`. */
      readonly bytes: Uint8Array;
      /** Longest text of a comment, in UTF-16 units. */
      readonly maxCommentChars: number;
    };

/** What came of a preview. */
export type PreviewOutcome =
  | {
      readonly kind: 'made';
      readonly comments: number;
      /** A `PreviewBody` as JSON in UTF-8: bytes go from thread to thread as they are. */
      readonly body: Uint8Array<ArrayBuffer>;
      readonly changed: number;
    }
  | {
      readonly kind: 'bad-draft';
      readonly mistakes: readonly Mistake[];
      /** The names of the files of the draft. */
      readonly drafted: readonly string[];
    }
  /** As `WireError` tells it. */
  | {
      readonly kind: 'bad-body';
      readonly fault: WireFault;
      readonly message: string;
      readonly faults: readonly FieldFault[];
      readonly more: number;
    };

/**
 * Makes what makes previews: judges comments by the rules in force and by a draft of them. All are read in one go, once
 * for both. Takes as long as it takes: not for the main thread.
 */
export function createPreviewer(): (job: PreviewJob) => Promise<PreviewOutcome> {
  // The rules in force, as they were last compiled: most previews of a day are against the same.
  let latest: Guidelines | undefined;
  const read = createReader();
  return async (job) => {
    const request = read(job.sent);
    if (request instanceof WireError) {
      const { fault, message, faults, more } = request;
      return { kind: 'bad-body', fault, message, faults, more };
    }
    const detectors = await loadDetectors(job.detectorModules);
    if (latest?.ruleset.version !== job.version) {
      latest = compileGuidelines(job.files, detectors, latest?.ruleset);
    }
    return preview(job, request, latest, detectors);
  };
}

/** Makes what reads a body, by a schema that is made once. */
function createReader(): (sent: SentPreview) => PreviewRequest | WireError {
  let made:
    | { readonly maxCommentChars: number; readonly schema: ReturnType<typeof previewRequest> }
    | undefined;
  return (sent) => {
    if (sent.kind === 'read') return sent;
    const { bytes, maxCommentChars } = sent;
    if (made?.maxCommentChars !== maxCommentChars) {
      made = { maxCommentChars, schema: previewRequest(commentSchemas(maxCommentChars).comment) };
    }
    try {
      return readPreviewRequest(bytes, made.schema);
    } catch (error) {
      if (error instanceof WireError) return error;
      throw error;
    }
  };
}

async function preview(
  { files, today }: PreviewJob,
  { files: draft, comments }: PreviewRequest,
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
    return {
      kind: 'made',
      comments: comments.length,
      body: new TextEncoder().encode(JSON.stringify(body)),
      changed: body.totals.changed,
    };
  } catch (error) {
    if (!(error instanceof RulesError)) throw error;
    return { kind: 'bad-draft', mistakes: error.mistakes.map(toPlace), drafted: Object.keys(draft) };
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
