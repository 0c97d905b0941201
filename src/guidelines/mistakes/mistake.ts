import type { MistakeKind } from './mistake-kinds.js';

/** A place in a rules folder. */
export interface Place {
  /** The file's name within the folder, with `/` between folders. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 units. */
  readonly column: number;
}

/** The line that a mistake is told of, as a terminal may show it: cut to 100 characters, without control characters. */
export interface Excerpt {
  readonly text: string;
  /** Where in it the mistake stands, from 1, in UTF-16 units; at most one past its end. */
  readonly column: number;
}

/** Something wrong in a rules folder: what was read, and what would be right. */
export interface Mistake extends Place {
  readonly message: string;
}

/** A mistake with what is known of it besides. */
export interface ReportedMistake extends Mistake {
  readonly kind: MistakeKind;
  /** None where the file could not be read, or the line is blank. */
  readonly excerpt?: Excerpt | undefined;
}

/** A rules folder that cannot be put in force. Its message lists every mistake, one a line, as `file:line:column: message`. */
export class RulesError extends Error {
  override name = 'RulesError';
  /**
   * @param mistakes for which it cannot
   * @param warnings what else was seen, as `Guidelines` has it
   */
  constructor(
    readonly mistakes: readonly ReportedMistake[],
    readonly warnings: readonly ReportedMistake[] = [],
  ) {
    super(mistakes.map(showMistake).join('\n'));
  }
}

/** A mistake on one line: `abuse.yaml:3:1: message`. */
export function showMistake({ file, line, column, message }: Mistake): string {
  return `${file}:${line}:${column}: ${message}`;
}
