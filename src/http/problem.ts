import { STATUS_CODES } from 'node:http';
import { cutDetail, type FieldFault, nameFaults, type WireError, type WireFault } from '../wire/faults.js';
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
  /** What is wrong, place by place; the problem keeps the first 20 and counts the others. */
  readonly errors?: readonly FieldError[];
  /** How much else is wrong, where `errors` were left out before. @default 0 */
  readonly moreErrors?: number;
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

  /** A sentence for the developer who sent the request, at most 1,000 characters. */
  readonly detail: string;
  readonly extras: ProblemExtras;

  /** @param detail of any length: it may quote what was sent */
  constructor(
    readonly code: ProblemCode,
    detail: string,
    extras: ProblemExtras = {},
  ) {
    const said = cutDetail(detail);
    super(said);
    this.detail = said;
    this.extras = extras.errors ? { ...extras, ...boundErrors(extras.errors, extras.moreErrors) } : extras;
    this.status = PROBLEMS[code].status;
  }

  /** The problem details object. */
  toJSON(): Readonly<Record<string, unknown>> {
    const {
      type = 'about:blank',
      title = STATUS_CODES[this.status],
      errors,
      moreErrors = 0,
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
      ...(moreErrors > 0 && { moreErrors }),
      ...(violatedPolicies && { 'violated-policies': violatedPolicies }),
      ...(role !== undefined && { role }),
    };
  }
}

function boundErrors(
  errors: readonly FieldError[],
  leftOut = 0,
): Required<Pick<ProblemExtras, 'errors' | 'moreErrors'>> {
  const { named, more } = nameFaults(errors);
  return {
    errors: named.map(({ message, ...rest }) => ({
      ...rest,
      ...(message !== undefined && { message: cutDetail(message) }),
    })),
    moreErrors: more + leftOut,
  };
}

/**
 * What is wrong, in one line, for protocols that have one message for it.
 * @returns undefined where nothing is said but by `detail`
 */
export function errorsInOneLine({ extras: { errors = [], moreErrors = 0 } }: Problem): string | undefined {
  if (errors.length === 0) return undefined;
  const named = errors.map(({ pointer, detail }) => `${pointer} ${detail}`).join('; ');
  return moreErrors > 0 ? `${named}; and ${moreErrors} more` : named;
}

const CODES: Readonly<Record<WireFault, ProblemCode>> = {
  empty: 'body-empty',
  'not-utf8': 'body-not-utf8',
  'not-json': 'body-not-json',
  'invalid-fields': 'fields-invalid',
};

/** What was sent and cannot be read, as a problem. */
export function problemOf({ fault, message, faults, more }: WireError): Problem {
  return new Problem(CODES[fault], message, faults.length > 0 ? { errors: faults, moreErrors: more } : {});
}
