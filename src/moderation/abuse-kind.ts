/** Kinds of abuse that a condition of a rule may be said to find. */
export const ABUSE_KINDS = ['insult', 'threat', 'profanity', 'identity-attack'] as const;
export type AbuseKind = (typeof ABUSE_KINDS)[number];
