/** Every kind of thing that can be wrong or odd in a rules folder, with what it means, for tools that read reports. */
export const KINDS = {
  unreadable: 'A file or a folder cannot be read as text.',
  syntax: 'A file is not written in the YAML that rule files have.',
  format: 'A key or a value is not one that may stand there.',
  'no-rule': 'The folder has no rule.',
  'repeated-name': 'Two rules, windows or files go by one name.',
  threshold: 'A score from which on something happens can never decide.',
  phrase: 'A phrase cannot be looked for.',
  pattern: 'A regular expression cannot be used, or could explode.',
  option: "A detector's option cannot work.",
  'unknown-list': 'A phrase or a pattern names a list that the rule does not have.',
  'list-file': 'A list file is not there, or cannot be used.',
  list: 'A list has no words, or words that cannot be looked for.',
  comma: 'An entry of a list has a comma, so that it is one phrase and not several words.',
  'too-much': 'The rules stand for more phrases than can be held.',
  contradiction: 'Two examples say different things of the same comment.',
  example: 'An example does not hold.',
  'unused-list': 'A list, or a list file, is used nowhere.',
  'idle-phrase': 'A phrase can never decide: another finds it already, or an exception always takes it out.',
  'idle-pattern': 'A pattern asks for letters that comments never have once they are read.',
  'idle-entry': 'An entry of a list does nothing.',
  expired: 'A rule has ended by itself.',
} as const;

export type MistakeKind = keyof typeof KINDS;
