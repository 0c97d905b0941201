import type { Judgement } from '../pipeline/judgement.js';

/** What the log says of a verdict: nothing of who wrote what. */
export function notesOn({ verdictId, site, verdict }: Judgement): Readonly<Record<string, unknown>> {
  return { verdictId, site, verdict: verdict.verdict, rules: verdict.reasons.map(({ rule }) => rule) };
}
