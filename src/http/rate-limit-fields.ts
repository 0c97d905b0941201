import type { Admission, Standing } from '../limits/limiter.js';
import { Problem } from './problem.js';

/**
 * The RateLimit fields of a response, as draft-ietf-httpapi-ratelimit-headers-10 has them: every window, in the
 * order of `limits.yaml`.
 */
export function rateLimitFields(standings: readonly Standing[]): Record<string, string> {
  const list = (item: (standing: Standing) => string) =>
    standings.map((standing) => `"${standing.policy}";${item(standing)}`).join(', ');
  return {
    'RateLimit-Policy': list(({ quota, window }) => `q=${quota};w=${window}`),
    RateLimit: list(({ remaining, reset }) => `r=${remaining};t=${reset}`),
  };
}

/** Seconds, 1 or more, until a user who was refused may post again: the block is over, and every window that was used up. */
export function waitOf({ standings, violated, blockedFor }: Admission): number {
  const used = standings.filter(({ policy }) => violated.includes(policy));
  return Math.max(1, blockedFor, ...used.map(({ reset }) => reset));
}

/** The answer to a comment over the limit. */
export function quotaExceeded(admission: Admission): Problem {
  const { standings, violated, blockedFor } = admission;
  const used = standings.filter(({ policy }) => violated.includes(policy));
  const wait = waitOf(admission);
  const limits = used.map(({ quota, window }) => `${quota} comments in ${window} s`).join(' and ');
  const why =
    blockedFor > 0 ? 'is blocked because comments were rejected again and again' : `has used up ${limits}`;
  return new Problem('quota-exceeded', `This user ${why}; the next comment is judged in ${wait} s.`, {
    type: 'https://iana.org/assignments/http-problem-types#quota-exceeded',
    title: 'Request cannot be satisfied as assigned quota has been exceeded',
    violatedPolicies: violated,
    headers: { ...rateLimitFields(standings), 'Retry-After': String(wait) },
  });
}
