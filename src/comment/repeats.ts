/** When the text of a comment was posted before, as far back as it was remembered. */
export interface Repeats {
  /** For each time that the same user posted it: how many seconds ago. At most `MOST_TEXTS_OF_USER` of them. */
  readonly bySame: readonly number[];
  /** For each other user who posted it: how many seconds ago, the latest time. At most `MOST_USERS_OF_TEXT` of them. */
  readonly byOthers: readonly number[];
}

// What is remembered for `Repeats`: who counts need not keep more, and who reads cannot ask for more.

/** How many of a user's latest texts are remembered. */
export const MOST_TEXTS_OF_USER = 20;
/** How many of a text's latest users are remembered. */
export const MOST_USERS_OF_TEXT = 100;
/** The longest time for which a text is remembered, in seconds: a day. */
export const LONGEST_RECALL = 86_400;
