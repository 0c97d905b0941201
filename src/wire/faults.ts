/** Something wrong at one place of what was sent. */
export interface FieldFault {
  /** JSON Pointer (RFC 6901) to the place; empty for the whole. One of more than 256 characters is cut, and ends in `…`. */
  readonly pointer: string;
  /** What would be right and what was read, at most 1,000 characters. */
  readonly detail: string;
}

/** Why what was sent cannot be used, as problems name it by their `code`. */
export type WireFault = 'empty' | 'not-utf8' | 'not-json' | 'invalid-fields';

/** What was sent cannot be read as what it should be. Its message never quotes a text. */
export class WireError extends Error {
  override name = 'WireError';
  /**
   * @param message a sentence for whoever sent it
   * @param faults one for each field that cannot be used, as `nameFaults` gives them; empty where it is not JSON at all
   * @param more how many fields cannot be used beside those
   */
  constructor(
    readonly fault: WireFault,
    message: string,
    readonly faults: readonly FieldFault[] = [],
    readonly more = 0,
  ) {
    super(message);
  }
}

/** Who has read of so many has enough to do; what is sent back must not grow with what is wrong. */
export const MOST_FAULTS = 20;

/** In UTF-16 units: our own names lead no deeper, and what is longer was made up by whoever sent it. */
const LONGEST_POINTER = 256;
const LONGEST_DETAIL = 1000;

/** Faults as an answer has them: the first ones, and how many there are beside. */
export interface NamedFaults<Fault extends FieldFault> {
  readonly named: readonly Fault[];
  readonly more: number;
}

/** Bounds what is told of faults: how many are named, and how long their pointers and details are. */
export function nameFaults<Fault extends FieldFault>(faults: readonly Fault[]): NamedFaults<Fault> {
  const named = faults.slice(0, MOST_FAULTS).map((fault) => ({
    ...fault,
    pointer: cut(fault.pointer, LONGEST_POINTER),
    detail: cutDetail(fault.detail),
  }));
  return { named, more: faults.length - named.length };
}

/** A sentence of an answer, cut to 1,000 characters: it may quote what was sent. */
export function cutDetail(detail: string): string {
  return cut(detail, LONGEST_DETAIL);
}

function cut(text: string, longest: number): string {
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}
