import { SingleBar } from 'cli-progress';

/** How far a command is. */
export interface Progress {
  /** So much more is done. */
  add(count: number): void;
  /** So much is done in all. */
  set(count: number): void;
  /** What is said beside the bar, by name. */
  say(fields: Readonly<Record<string, string | number>>): void;
  /** Takes the bar away. */
  stop(): void;
}

/** Where nobody looks on. */
const UNSEEN: Progress = { add: () => {}, set: () => {}, say: () => {}, stop: () => {} };

/** What a bar is like. */
export interface ProgressOptions {
  /** How much there is to do; undefined: that is not known, and there is no bar but what is said. */
  readonly total: number | undefined;
  /** What is said beside the bar: `{name}` stands for a field. */
  readonly beside: string;
  /** What the fields are before anything is said. */
  readonly fields?: Readonly<Record<string, string | number>>;
  /** Whether results are printed meanwhile: on a terminal they would tear the bar. @default false */
  readonly prints?: boolean;
}

/**
 * Shows on standard error how far a command is, where that is a terminal.
 * @example
 * const progress = showProgress({ total: bytes, beside: '{comments} comments', fields: { comments: 0 } });
 */
export function showProgress({ total, beside, fields = {}, prints = false }: ProgressOptions): Progress {
  if (!process.stderr.isTTY || (prints && process.stdout.isTTY)) return UNSEEN;
  const bar = new SingleBar({
    stream: process.stderr,
    format: total === undefined ? beside : `{bar} {percentage}%, {eta_formatted} to go, ${beside}`,
    hideCursor: true,
    clearOnComplete: true,
    etaBuffer: 100,
  });
  bar.start(total ?? Number.MAX_SAFE_INTEGER, 0, fields);
  return {
    add: (count) => bar.increment(count),
    set: (count) => bar.update(count),
    say: (said) => bar.update(said),
    stop: () => bar.stop(),
  };
}
