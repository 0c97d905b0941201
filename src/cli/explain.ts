import { RulesError } from '../guidelines/guidelines.js';
import { ConfigError } from '../settings/setting.js';
import { CommentFileError } from '../wire/comment-files.js';
import { CommandError, EXIT } from './exit.js';
import { describeMistake } from './mistakes.js';

/** What went wrong, for the person who called a command. */
export interface Explanation {
  /** Without a line end. */
  readonly message: string;
  /** The exit status. */
  readonly status: number;
}

/** @returns undefined for a defect of the program */
export function explain(error: unknown): Explanation | undefined {
  if (error instanceof CommandError) return { message: `stet: ${error.message}`, status: error.status };
  if (error instanceof CommentFileError) return { message: `stet: ${error.message}`, status: EXIT.noInput };
  if (error instanceof RulesError) {
    const mistakes = error.mistakes.map((mistake) => describeMistake(mistake, 'error'));
    return { message: mistakes.join('\n'), status: EXIT.config };
  }
  if (error instanceof ConfigError) return { message: error.message, status: EXIT.config };
  return undefined;
}
