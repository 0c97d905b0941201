import type { Verdict } from '../../../moderation/verdict.js';
import type { Span } from '../../../text/span.js';
import type { CoralReason, CoralSettings, CoralStatus } from './settings.js';

/** What Coral is told of a comment. It passes over fields that it does not know. */
export interface CoralAnswer {
  readonly status?: CoralStatus;
  readonly actions?: readonly CoralFlag[];
  readonly moderationAction?: {
    readonly status: 'REJECTED';
    readonly rejectionReason: {
      readonly code: CoralReason;
      /** What the commenter is told. */
      readonly detailedExplanation: string;
      /** The name of a reason for which Coral has none. */
      readonly customReason?: string;
    };
  };
  /** For whoever looks into what was answered; not for Coral. */
  readonly reasons?: readonly {
    readonly rule: string;
    readonly score: number;
    /** The words at fault, in UTF-16 units of the body as it was sent. */
    readonly spans: readonly Span[];
    readonly note?: string | undefined;
  }[];
}

interface CoralFlag {
  readonly actionType: 'FLAG';
  readonly reason: 'COMMENT_DETECTED_TOXIC' | 'COMMENT_DETECTED_SPAM';
}

/**
 * A verdict as Coral understands it.
 * @param toBody where words of the text stand in the body
 * @returns undefined: no opinion, and Coral goes on
 */
export function toCoralAnswer(
  { verdict, reasons }: Pick<Verdict, 'verdict' | 'reasons'>,
  { statuses, reasons: codes }: Pick<CoralSettings, 'statuses' | 'reasons'>,
  toBody: (span: Span) => Span,
): CoralAnswer | undefined {
  const codeOf = (rule: string) => codes.get(rule) ?? 'OTHER';
  const actions = flagsFor(reasons.map(({ rule }) => codeOf(rule)));
  const status = statuses[verdict];
  if (status === 'NO_OPINION' && actions.length === 0) return undefined;
  const [first] = reasons;
  return {
    ...(status !== 'NO_OPINION' && { status }),
    ...(actions.length > 0 && { actions }),
    ...(status === 'REJECTED' && first && rejection(codeOf(first.rule), first.guideline, first.message)),
    ...(first && {
      reasons: reasons.map(({ rule, score, spans, note }) => ({
        rule,
        score,
        spans: spans.map(toBody),
        note,
      })),
    }),
  };
}

/**
 * What Coral is told of a comment that was not judged: its user has used up a limit.
 * @param seconds until the user may post again
 */
export function toCoralLimit(
  seconds: number,
  { statuses }: Pick<CoralSettings, 'statuses'>,
): CoralAnswer | undefined {
  const status = statuses.limit;
  if (status === 'NO_OPINION') return undefined;
  return {
    status,
    ...(status === 'REJECTED' &&
      rejection('OTHER', 'Too many comments.', `Please wait ${seconds} seconds before you post again.`)),
  };
}

function rejection(
  code: CoralReason,
  guideline: string,
  detailedExplanation: string,
): Pick<CoralAnswer, 'moderationAction'> {
  const rejectionReason = {
    code,
    detailedExplanation,
    ...(code === 'OTHER' && { customReason: guideline }),
  };
  return { moderationAction: { status: 'REJECTED', rejectionReason } };
}

const TOXIC: readonly CoralReason[] = [
  'OFFENSIVE',
  'ABUSIVE',
  'BANNED_WORD',
  'HARASSMENT_BULLYING',
  'HATE_SPEECH',
];
const SPAM: readonly CoralReason[] = ['SPAM', 'AD'];

/** Coral has two flags for programs; what is neither toxic nor spam gets none. */
function flagsFor(codes: readonly CoralReason[]): CoralFlag[] {
  const flags: CoralFlag[] = [];
  if (codes.some((code) => TOXIC.includes(code))) {
    flags.push({ actionType: 'FLAG', reason: 'COMMENT_DETECTED_TOXIC' });
  }
  if (codes.some((code) => SPAM.includes(code))) {
    flags.push({ actionType: 'FLAG', reason: 'COMMENT_DETECTED_SPAM' });
  }
  return flags;
}
