import type { Attribute } from '../../../pipeline/scores.js';
import { invalidRequest, PerspectiveProblem } from './problems.js';
import type { AnalyzeRequest } from './schemas.js';

/** The attributes of Perspective that Stet can score. */
const ATTRIBUTES: ReadonlyMap<string, Attribute> = new Map([
  ['TOXICITY', 'toxicity'],
  ['SEVERE_TOXICITY', 'severe-toxicity'],
  ['IDENTITY_ATTACK', 'identity-attack'],
  ['INSULT', 'insult'],
  ['PROFANITY', 'profanity'],
  ['THREAT', 'threat'],
  // Of those by the New York Times, what Stet has something to say of.
  ['OBSCENE', 'profanity'],
  ['ATTACK_ON_COMMENTER', 'attack-on-commenter'],
  ['ATTACK_ON_AUTHOR', 'attack-on-author'],
  ['LIKELY_TO_REJECT', 'likely-to-reject'],
]);

/** The only type of score that there is; a request may leave it open. */
export const PROBABILITY = 'PROBABILITY';
const SCORE_TYPES: readonly string[] = [PROBABILITY, 'SCORE_TYPE_UNSPECIFIED'];

/** An attribute that was asked for. */
export interface AskedAttribute {
  /** As it was asked for. */
  readonly name: string;
  readonly attribute: Attribute;
  /** Scores below it are left out. */
  readonly threshold: number;
}

/**
 * Reads which attributes are asked for. A version, as in `TOXICITY@6`, is passed over.
 * @throws PerspectiveProblem where there is none, or one that Stet cannot score
 */
export function readAttributes(asked: AnalyzeRequest['requestedAttributes']): AskedAttribute[] {
  const attributes = Object.entries(asked ?? {}).map(([name, settings]): AskedAttribute => {
    const attribute = ATTRIBUTES.get(name.replace(/@\w+$/, ''));
    if (!attribute) throw invalidRequest(`Unknown requested attribute: ${name}`);
    const type = settings?.scoreType ?? PROBABILITY;
    if (!SCORE_TYPES.includes(type)) {
      throw invalidRequest(`Requested score type ${type} is not supported by attribute ${name}`);
    }
    return { name, attribute, threshold: settings?.scoreThreshold ?? 0 };
  });
  if (attributes.length === 0) {
    throw new PerspectiveProblem('Missing requested_attributes', { errorType: 'NO_REQUESTED_ATTRIBUTES' });
  }
  return attributes;
}
