/** Exit statuses of the `stet` command; those from 64 on are those of BSD's sysexits.h. */
export const EXIT = {
  approve: 0,
  reject: 1,
  review: 2,
  /** The command was called wrongly. */
  usage: 64,
  /** A comment in a file or on standard input cannot be read. */
  data: 65,
  /** A file is not there. */
  noInput: 66,
  /** The rules or the settings cannot be used. */
  config: 78,
} as const;

/** Ends the command with a message for the person who called it. */
export class CommandError extends Error {
  override name = 'CommandError';
  constructor(
    message: string,
    readonly status: number,
  ) {
    super(message);
  }
}
