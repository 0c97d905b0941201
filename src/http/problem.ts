import { STATUS_CODES } from 'node:http';

/** Something wrong at one place of a body. */
export interface FieldError {
  /** JSON Pointer (RFC 6901) to the place; empty for the whole body. */
  readonly pointer: string;
  /** What would be right and what was read. */
  readonly detail: string;
  /** The place in a rule file, where the body holds some: from 1, columns in UTF-16 units. */
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  /** What is wrong at that place: the detail without the place. */
  readonly message?: string;
}

/** What a problem may carry beside its status and detail. */
export interface ProblemExtras {
  /** A URI for the kind of problem; without one, the status is all there is to know. */
  readonly type?: string;
  readonly title?: string;
  readonly errors?: readonly FieldError[];
  /** The names of the limits that are used up. */
  readonly violatedPolicies?: readonly string[];
  /** Header fields of the response. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** An answer that tells what went wrong (RFC 9457). Thrown by any part of a request's way, answered by the app. */
export class Problem extends Error {
  override name = 'Problem';

  /**
   * @param status HTTP status, 400 to 599
   * @param detail a sentence for the developer who sent the request
   */
  constructor(
    readonly status: number,
    readonly detail: string,
    readonly extras: ProblemExtras = {},
  ) {
    super(detail);
  }

  /** The problem details object. */
  toJSON(): Readonly<Record<string, unknown>> {
    const { type = 'about:blank', title = STATUS_CODES[this.status], errors, violatedPolicies } = this.extras;
    return {
      type,
      title,
      status: this.status,
      detail: this.detail,
      ...(errors && { errors }),
      ...(violatedPolicies && { 'violated-policies': violatedPolicies }),
    };
  }
}
