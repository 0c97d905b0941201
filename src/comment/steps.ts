/** What judging a comment costs is counted in steps: one for what it takes to look at one character, some ten nanoseconds. */
export interface Steps {
  /**
   * Counts work before it is done. What takes time in proportion to the text need not be counted.
   * @param count how many steps, 0 or more
   * @throws where more was counted than judging the comment may take: let it pass, for nothing that comes after counts
   */
  spend(count: number): void;
}
