import { pairs, roomSettings, setting } from '../../../settings/setting.js';
import { type Key, keyList } from '../../../sites/key.js';

/** What Coral can be told to do with a comment, and NO_OPINION: to go on as without Stet. */
const CORAL_STATUSES = ['NO_OPINION', 'NONE', 'APPROVED', 'REJECTED', 'PREMOD', 'SYSTEM_WITHHELD'] as const;
export type CoralStatus = (typeof CORAL_STATUSES)[number];

/** Coral's reasons to reject a comment. */
const CORAL_REASONS = [
  'OFFENSIVE',
  'ABUSIVE',
  'SPAM',
  'BANNED_WORD',
  'AD',
  'ILLEGAL_CONTENT',
  'HARASSMENT_BULLYING',
  'MISINFORMATION',
  'HATE_SPEECH',
  'IRRELEVANT_CONTENT',
  'OTHER',
] as const;
export type CoralReason = (typeof CORAL_REASONS)[number];

const coralStatuses = pairs(
  /^(?:approve|review|reject|limit)$/,
  CORAL_STATUSES,
  `must be pairs like review=PREMOD, separated by commas: approve, review, reject or limit, and one of ${CORAL_STATUSES.join(', ')}`,
).transform((read) => ({
  approve: read.get('approve') ?? 'NO_OPINION',
  review: read.get('review') ?? 'SYSTEM_WITHHELD',
  reject: read.get('reject') ?? 'REJECTED',
  limit: read.get('limit') ?? 'SYSTEM_WITHHELD',
}));

const coralReasons = pairs(
  /^[\w-]+$/,
  CORAL_REASONS,
  `must be pairs like abuse=ABUSIVE, separated by commas: the id of a rule, and one of ${CORAL_REASONS.join(', ')}`,
);

/** How Coral is answered. */
export interface CoralSettings {
  /** At least one; undefined: signatures of Coral are not checked. */
  readonly secrets: readonly Key[] | undefined;
  readonly statuses: Readonly<Record<'approve' | 'review' | 'reject' | 'limit', CoralStatus>>;
  /** By the id of a rule. */
  readonly reasons: ReadonlyMap<string, CoralReason>;
}

export const coralSettings = roomSettings(
  {
    CORAL_SECRETS: setting(keyList.optional(), {
      about:
        "Signing secrets of Coral's moderation phases, separated by commas, 16 characters or more where HOST is not a loopback address; needed for Coral where API_KEYS is set.",
      secret: true,
    }),
    CORAL_STATUSES: setting(coralStatuses, {
      about: `Which verdict becomes which status in Coral, limit being a comment over the limit: ${CORAL_STATUSES.join(', ')}.`,
      fallback: 'approve=NO_OPINION,review=SYSTEM_WITHHELD,reject=REJECTED,limit=SYSTEM_WITHHELD',
    }),
    CORAL_REASONS: setting(coralReasons, {
      about: `Which rule becomes which of Coral's reasons, any other being OTHER: ${CORAL_REASONS.join(', ')}.`,
      fallback: 'abuse=ABUSIVE,personal-attack=HARASSMENT_BULLYING',
    }),
  },
  ({ CORAL_SECRETS, CORAL_STATUSES, CORAL_REASONS }): CoralSettings => ({
    secrets: CORAL_SECRETS,
    statuses: CORAL_STATUSES,
    reasons: CORAL_REASONS,
  }),
);
