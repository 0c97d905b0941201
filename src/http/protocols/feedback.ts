import { appendFile } from 'node:fs/promises';

/** What a moderator thinks of a comment, as a foreign protocol tells it. Nothing in it says who wrote the comment. */
export interface Feedback {
  /** The protocol's name. */
  readonly protocol: string;
  readonly text: string;
  /** What should become of the comment; none: only scores were told. */
  readonly decision?: 'approve' | 'reject';
  /** What it should have scored, 0 to 1, by the protocol's own names. */
  readonly scores?: Readonly<Record<string, number>>;
  /** Address of the article. */
  readonly url?: string;
}

/** Keeps feedback; done once it is written. Rejects where it cannot be written. */
export type KeepFeedback = (feedback: Feedback) => Promise<void>;

/**
 * Makes a keeper of feedback: one JSON object a line, with the time first. The file is opened anew for each line, so
 * that it can be rotated, and only its owner can read it.
 * @param file none: feedback is thrown away
 */
export function createFeedback(file: string | undefined, clock: () => Date): KeepFeedback {
  if (file === undefined) return async () => {};
  let last: Promise<unknown> = Promise.resolve();
  return (feedback) => {
    const line = `${JSON.stringify({ at: clock().toISOString(), ...feedback })}\n`;
    // One after the other: long lines that are written at once may be torn.
    const written = last.then(() => appendFile(file, line, { mode: 0o600 }));
    last = written.catch(() => {});
    return written;
  };
}
