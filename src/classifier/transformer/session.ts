/** Pieces of one window of a comment, CLS and SEP included; at most 128. */
export interface Window {
  readonly ids: Int32Array;
}

/** What the encoder says of a window. */
export interface WindowScores {
  /** Log odds by head, in the manifest's order. */
  readonly heads: Float32Array;
  /** Log odds by piece, CLS and SEP included, that it is at fault. */
  readonly words: Float32Array;
}

/** Runs the encoder. One batch at a time; windows may differ in length, padding is the session's own business. */
export interface Session {
  /** @returns what it says of each window, in their order */
  run(windows: readonly Window[]): Promise<readonly WindowScores[]>;
}
