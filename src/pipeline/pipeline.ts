import type { Classifier } from '../classifier/classifier.js';
import { Comment } from '../comment/comment.js';
import type { Admission } from '../limits/limiter.js';
import { budgetFor, deadlineFrom } from '../moderation/budget.js';
import { dayOf } from '../moderation/day.js';
import { judge, type RuleResult, toVerdict } from '../moderation/moderate.js';
import { admit, tellRejection } from './admit.js';
import type { Arrival } from './arrival.js';
import type { Judgement, Outcome } from './judgement.js';
import { readComment } from './read.js';
import { createVerdictIds } from './verdict-ids.js';
import { type Watcher, watchAll } from './watchers.js';

export interface PipelineOptions {
  readonly classifier: Classifier;
  /** What is told of each judgement, in this order. */
  readonly watchers: readonly Watcher[];
  /** Told when a watcher throws. */
  readonly onWatcherFault: (error: unknown) => void;
  readonly clock: () => Date;
  /** A clock in milliseconds that only goes forward. @default performance.now */
  readonly now?: () => number;
}

/** The way of a comment. The native API, the batch and every protocol send theirs along it. */
export interface Pipeline {
  readonly classifier: Classifier;
  readonly clock: () => Date;
  /** Never rejects for anything that a comment holds. */
  walk(arrival: Arrival): Promise<Outcome>;
  /** The same for a comment that counts against nobody's limits, which is always judged. */
  judge(arrival: Omit<Arrival, 'user'>): Promise<Judgement>;
}

/** Sets up the way: admit → read → judge → tell. */
export function createPipeline(options: PipelineOptions): Pipeline {
  const { classifier, clock, now } = options;
  const nextId = createVerdictIds();
  const today = dayOf(clock);
  const tell = watchAll(options.watchers, options.onWatcherFault);

  async function judgeAdmitted(arrival: Arrival, admission: Admission | undefined): Promise<Judgement> {
    const { site, source, id, text, context } = arrival;

    // Its turn: one comment after the other, and what arrives in the meantime is seen before the next.
    await arrival.turn(text.length);
    const start = performance.now();

    // Read: what the classifier makes of the text. It may be late or broken; then the linear one reads.
    const repeats = admission?.repeats;
    const comment = new Comment(text, repeats ? { ...context, repeats } : context);
    const { reading, isStandIn } = await readComment(comment, classifier, arrival.urgency);

    // Judge: every rule in force over the comment and its reading. Pure but for the deadline, and cannot fail.
    const budget = budgetFor(comment, site.ruleset, deadlineFrom(now));
    const results = judge(comment, reading, site.ruleset, today(), budget);
    const verdict = toVerdict(results, site.ruleset.version);
    const judgement: Judgement = {
      verdictId: nextId(),
      site: site.name,
      source,
      id,
      comment,
      reading,
      ruleset: site.ruleset,
      results,
      verdict,
      degraded: degradedBy(admission, isStandIn, results),
      seconds: (performance.now() - start) / 1000,
    };

    // Tell: the counters learn of a rejection, then whoever watches. Nothing waits for either.
    const { user } = arrival;
    if (user && verdict.verdict === 'reject') tellRejection(site.limiter, user);
    tell(judgement);
    return judgement;
  }

  return {
    classifier,
    clock,
    async walk(arrival) {
      // Admit: the comment counts against its user's limits. The counters say what they know of its text.
      const { user, site, text } = arrival;
      const { recall } = site.ruleset;
      const admission = user && (await admit(site.limiter, user, { text, recall }));
      if (admission && !admission.admitted) return { kind: 'refused', admission };
      return { kind: 'judged', admission, judgement: await judgeAdmitted(arrival, admission) };
    },
    // A user that came along with the rest must not be counted.
    judge: (arrival) => judgeAdmitted({ ...arrival, user: undefined }, undefined),
  };
}

/** What a verdict had to do without, by name; empty as a rule. */
function degradedBy(
  admission: Admission | undefined,
  isStandIn: boolean,
  results: readonly RuleResult[],
): string[] {
  const without = new Set<string>();
  if (admission?.degraded) without.add('limiter');
  if (isStandIn) without.add('classifier');
  if (results.some(({ isCut }) => isCut)) without.add('budget');
  for (const { failed } of results) for (const name of failed) without.add(`detector:${name}`);
  return [...without];
}
