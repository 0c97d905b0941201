import { STATUS_CODES } from 'node:http';
import type { FieldFault, WireError, WireFault } from '../wire/faults.js';
import { PROBLEMS, type ProblemCode } from './problem-codes.js';

/** Something wrong at one place of a body. */
export interface FieldError extends FieldFault {
  /** The place in a rule file, where the body holds some: from 1, columns in UTF-16 units. */
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  /** What is wrong at that place: the detail without the place. */
  readonly message?: string;
}

/** What a problem may carry beside its code and detail. */
export interface ProblemExtras {
  /** A URI for the kind of problem; without one, the status is all there is to know. */
  readonly type?: string;
  readonly title?: string;
  readonly errors?: readonly FieldError[];
  /** The names of the limits that are used up. */
  readonly violatedPolicies?: readonly string[];
  /** The role that the key needs. */
  readonly role?: string;
  /** Header fields of the response. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** An answer that says what went wrong (RFC 9457). Thrown by any part of a request's way, answered by the app. */
export class Problem extends Error {
  override name = 'Problem';
  /** HTTP status, 400 to 599. */
  readonly status: number;

  /** @param detail a sentence for the developer who sent the request */
  constructor(
    readonly code: ProblemCode,
    readonly detail: string,
    readonly extras: ProblemExtras = {},
  ) {
    super(detail);
    this.status = PROBLEMS[code].status;
  }

  /** The problem details object. */
  toJSON(): Readonly<Record<string, unknown>> {
    const {
      type = 'about:blank',
      title = STATUS_CODES[this.status],
      errors,
      violatedPolicies,
      role,
    } = this.extras;
    return {
      type,
      title,
      status: this.status,
      code: this.code,
      detail: this.detail,
      ...(errors && { errors }),
      ...(violatedPolicies && { 'violated-policies': violatedPolicies }),
      ...(role !== undefined && { role }),
    };
  }
}

const CODES: Readonly<Record<WireFault, ProblemCode>> = {
  empty: 'body-empty',
  'not-utf8': 'body-not-utf8',
  'not-json': 'body-not-json',
  'invalid-fields': 'fields-invalid',
};

/** What was sent and cannot be read, as a problem. */
export function problemOf({ fault, message, faults }: WireError): Problem {
  return new Problem(CODES[fault], message, faults.length > 0 ? { errors: faults } : {});
}
