/** Something wrong at one place of what was sent. */
export interface FieldFault {
  /** JSON Pointer (RFC 6901) to the place; empty for the whole. */
  readonly pointer: string;
  /** What would be right and what was read. */
  readonly detail: string;
}

/** Why what was sent cannot be used, as problems name it by their `code`. */
export type WireFault = 'empty' | 'not-utf8' | 'not-json' | 'invalid-fields';

/** What was sent cannot be read as what it should be. Its message never quotes a text. */
export class WireError extends Error {
  override name = 'WireError';
  /**
   * @param message a sentence for whoever sent it
   * @param faults one for each field that cannot be used; empty where it is not JSON at all
   */
  constructor(
    readonly fault: WireFault,
    message: string,
    readonly faults: readonly FieldFault[] = [],
  ) {
    super(message);
  }
}
