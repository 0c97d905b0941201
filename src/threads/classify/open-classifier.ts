import type { Classifier } from '../../classifier/classifier.js';
import { linear } from '../../classifier/linear/linear.js';
import type { ClassifierSettings } from '../../classifier/settings.js';
import type { ClassifierStanding } from '../../classifier/standing.js';
import type { Encoder } from '../../classifier/transformer/encoder.js';
import { openEncoder } from '../../classifier/transformer/index.js';
import { Scorer } from '../../classifier/transformer/scorer.js';
import type { OpenSession } from '../../classifier/transformer/supervised-session.js';
import { createTransformer } from '../../classifier/transformer/transformer.js';
import { CAUSES, type Cause } from '../../classifier/transformer/unread.js';
import { ConfigError } from '../../settings/setting.js';
import { openThreadSession } from './thread-session.js';

/** The classifier that a process reads with. */
export interface OpenClassifier {
  readonly classifier: Classifier;
  /** Why the transformer is away though it was wanted, in a sentence; undefined: all is as it should be. */
  readonly absence: string | undefined;
  standing(): ClassifierStanding;
  /** Ends its thread, if it has one. */
  close(): Promise<void>;
}

/** Where the transformer comes from. */
export interface TransformerSource {
  readonly openEncoder: () => Promise<Encoder>;
  readonly openSession: (graphFile: URL) => Promise<OpenSession>;
}

const SHIPPED: TransformerSource = { openEncoder, openSession: openThreadSession };

/** Scores of windows that were read before: some 30,000 comments. */
const CACHE_BYTES = 32 * 1024 * 1024;

/**
 * Opens the classifier that the settings ask for.
 * @throws ConfigError where it must be the transformer, and that cannot be loaded
 */
export async function openClassifier(
  { choice, timeoutMs }: ClassifierSettings,
  source: TransformerSource = SHIPPED,
): Promise<OpenClassifier> {
  if (choice === 'linear') return openLinear(linear, undefined);
  try {
    return await openTransformer(timeoutMs, source);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    if (choice === 'transformer') {
      throw new ConfigError([
        `CLASSIFIER=transformer cannot be had: ${why}; install Stet with its optional packages (npm ci --include=optional), or set CLASSIFIER=auto or linear`,
      ]);
    }
    return openLinear(ABSENT, why);
  }
}

/** Leaves everything unread, so that the linear classifier stands in, and verdicts say so. */
const ABSENT: Classifier = {
  get version() {
    return linear.version;
  },
  read: async (comments) => comments.map(() => undefined),
};

function openLinear(classifier: Classifier, absence: string | undefined): OpenClassifier {
  return {
    classifier,
    absence,
    standing: () => ({
      kind: 'linear',
      version: linear.version,
      healthy: absence === undefined,
      thread: undefined,
    }),
    close: async () => {},
  };
}

async function openTransformer(timeoutMs: number, source: TransformerSource): Promise<OpenClassifier> {
  const encoder = await source.openEncoder();
  const scorer = new Scorer({ open: () => source.openSession(encoder.graphFile), cacheBytes: CACHE_BYTES });
  await scorer.start();
  const unread = Object.fromEntries(CAUSES.map((cause) => [cause, 0]));
  const onUnread = (why: Cause) => {
    unread[why] = (unread[why] ?? 0) + 1;
  };
  const classifier = createTransformer({ encoder, scorer, timeoutMs, onUnread });
  return {
    classifier,
    absence: undefined,
    standing: () => ({
      kind: 'transformer',
      version: classifier.version,
      healthy: scorer.isUp,
      thread: {
        unread,
        windows: scorer.windows,
        waiting: { live: scorer.waiting('live'), bulk: scorer.waiting('bulk') },
        starts: scorer.starts,
        cacheBytes: scorer.cacheBytes,
      },
    }),
    close: () => scorer.close(),
  };
}
