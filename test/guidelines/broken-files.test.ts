import { DETECTORS } from '../../src/detectors/index.js';
import { toxicity } from '../../src/detectors/toxicity.js';
import { anyOf } from '../../src/guidelines/mistakes/suggest.js';
import { mistakesOf, ruleWith } from './rules-folder.js';

type Lines = Readonly<Record<number, string>>;

/** What is wrong, the lines of the rule file that make it so, and all that is told of it. */
const BROKEN_RULES: readonly (readonly [why: string, lines: Lines, told: string | readonly string[]])[] = [
  // Keys.
  ['a misspelt key', { 7: 'exampels: {}' }, '7:1: unknown key "exampels"; did you mean "examples"?'],
  [
    'a key that must be there is misspelt',
    { 2: 'guidline: Be kind.' },
    '2:1: unknown key "guidline"; did you mean "guideline"?',
  ],
  [
    'a key like no other',
    { 7: 'severity: high' },
    '7:1: unknown key "severity"; what may stand here is id, guideline, message, action, mode, enabled, owner, applies, expires, when, unless, lists, examples',
  ],
  ['a key that is missing', { 4: '' }, '1:1: "action" is missing; write reject, review or flag'],
  ['a text that is missing', { 3: '' }, '1:1: "message" is missing; write what the commenter is told'],
  ['a key twice', { 7: 'action: review' }, '7:1: "action" stands twice here, first in line 4; keep one'],
  [
    'a merge key, which rule files do not have',
    { 7: '<<: {mode: shadow}' },
    '7:1: unknown key "<<"; what may stand here is id, guideline, message, action, mode, enabled, owner, applies, expires, when, unless, lists, examples',
  ],

  // Values.
  [
    'a misspelt action',
    { 4: 'action: rejct' },
    '4:9: action is "rejct"; write reject, review or flag (did you mean "reject"?)',
  ],
  ['an action without its value', { 4: 'action:' }, '4:1: action is empty; write reject, review or flag'],
  ['a list for a word', { 4: 'action: [reject]' }, '4:9: action is a list; write reject, review or flag'],
  [
    'a misspelt mode',
    { 7: 'mode: shaddow' },
    '7:7: mode is "shaddow"; write enforce or shadow (did you mean "shadow"?)',
  ],
  ['yes, which is a text in YAML 1.2', { 7: 'enabled: yes' }, '7:10: enabled is "yes"; write true or false'],
  [
    'an id with a capital',
    { 1: 'id: Abuse' },
    '1:5: id is "Abuse"; write lower-case letters, digits and hyphens, like personal-attack',
  ],
  ['a number for a text', { 1: 'id: 12' }, '1:5: id is 12, which is no text in YAML; put it in quotes: "12"'],
  [
    'a blank guideline',
    { 2: 'guideline: "  "' },
    `2:12: guideline is "  "; write the sentence of the paper's guidelines that the rule carries out`,
  ],
  [
    'a day that no year has',
    { 7: 'expires: 2026-02-30' },
    '7:10: expires is "2026-02-30"; write a date, like 2026-12-31',
  ],
  ['a year for a day', { 7: 'expires: 2026' }, '7:10: expires is 2026; write a date, like 2026-12-31'],
  [
    'sections outside their map',
    { 7: 'applies: /sport/*' },
    '7:10: applies is "/sport/*"; write { url: ["/sport/*"] }',
  ],
  [
    'a section that no path can fit',
    { 7: 'applies: { url: [sport/*] }' },
    '7:18: entry 1 of url is "sport/*"; write a path, like "/sport/*", or a whole address, like "https://blog.example/*"',
  ],
  ['no sections', { 7: 'applies: {}' }, '7:10: "url" is missing; write a list of paths, like ["/sport/*"]'],

  // Conditions.
  [
    'no conditions',
    { 5: 'when: []', 6: '' },
    '5:7: when is an empty list; write a list of conditions, like - phrases: [paid troll]',
  ],
  [
    'a condition without its -',
    { 6: '  phrases: [idiot]' },
    '6:3: when is a map of keys and values; write a list of conditions, like - phrases: [paid troll]',
  ],
  [
    'a bare word',
    { 6: '  - idiot' },
    '6:5: entry 1 of when is "idiot"; write a condition, like phrases: [paid troll]',
  ],
  [
    'a misspelt condition',
    { 6: '  - phrase: [idiot]' },
    '6:5: unknown key "phrase"; did you mean "phrases"?',
  ],
  [
    'a condition without a kind',
    { 6: '  - { action: review }' },
    '6:5: entry 1 of when has none of the keys phrases, pattern or detector; write one of them',
  ],
  [
    'two kinds in one condition',
    { 7: "    pattern: 'x'" },
    '7:5: "pattern" cannot stand beside "phrases"; write each as an entry of its own, after a - of its own',
  ],
  ['a misspelt option', { 7: '    exacct: true' }, '7:5: unknown key "exacct"; did you mean "exact"?'],
  [
    'an unknown option',
    { 7: '    approve: 0.1' },
    '7:5: unknown key "approve"; what may stand here is phrases, exact, action, reject, review, flag, kinds',
  ],
  ['an option of the wrong kind', { 7: '    exact: maybe' }, '7:12: exact is "maybe"; write true or false'],
  [
    'a kind of abuse outside a list',
    { 7: '    kinds: threat' },
    '7:12: kinds is "threat"; write kinds of abuse, like [threat]; there are insult, threat, profanity, identity-attack',
  ],
  [
    'a misspelt kind of abuse',
    { 7: '    kinds: [threats]' },
    '7:13: entry 1 of kinds is "threats"; write kinds of abuse, like [threat]; there are insult, threat, profanity, identity-attack (did you mean "threat"?)',
  ],

  // Phrases.
  [
    'a phrase outside a list',
    { 6: '  - phrases: idiot' },
    '6:14: phrases is "idiot"; put it in brackets, which make a list: [idiot]',
  ],
  ['no phrases', { 6: '  - phrases: []' }, '6:14: phrases is an empty list; write at least 1 entry'],
  [
    'phrases that are numbers and truths in YAML',
    { 6: '  - phrases: [420, true]' },
    [
      '6:15: entry 1 of phrases is 420, which is no text in YAML; put it in quotes: "420"',
      '6:20: entry 2 of phrases is true, which is no text in YAML; put it in quotes: "true"',
    ],
  ],
  [
    'a list that lacks its quotes',
    { 6: '  - phrases: [{insult}]' },
    '6:15: entry 1 of phrases is {insult}, which is no text in YAML; put it in quotes: "{insult}"',
  ],
  [
    'a colon that makes a map',
    { 6: '  - phrases:', 7: '      - you are: an idiot' },
    '7:9: entry 1 of phrases is you are: an idiot, which is no text in YAML; put it in quotes: "you are: an idiot"',
  ],
  [
    'a star within a word',
    { 6: '  - phrases: [fool, id*ot]' },
    '6:21: "id*ot" has a * inside a word; a * may only end a word, like traitor*',
  ],
  [
    'a phrase without a word',
    { 6: '  - phrases: ["!!!"]' },
    '6:15: "!!!" has no word to look for; write at least one letter or digit',
  ],
  [
    'half a pair of braces',
    { 6: '  - phrases: ["you {insult"]' },
    '6:15: "you {insult" has a brace without its partner; a list is named in braces, like {insult}',
  ],
  [
    'a list that is not there',
    { 6: '  - phrases: ["you {insult}"]' },
    '6:15: "you {insult}" names the list {insult}, which this rule does not have; add it under lists, like insult: { file: lists/insult.txt }',
  ],
  [
    'a misspelt list',
    { 6: '  - phrases: ["you {insult}"]', 7: 'lists: { insults: [fool] }' },
    '6:15: "you {insult}" names the list {insult}, which this rule does not have; did you mean "{insults}"?',
  ],
  [
    'a phrase as long as a page',
    { 6: `  - phrases: [${'a '.repeat(501)}b]` },
    '6:15: entry 1 of phrases has 1003 characters; write at most 1000',
  ],

  // Examples.
  [
    'an example that is longer than a comment',
    {
      7: 'examples:',
      8: `  reject: ['a fool']`,
      9: `  approve: [yes, '${'no '.repeat(5000)}!']`,
    },
    `9:18: entry 2 of approve is "${'no '.repeat(19)}no…"; write a comment of at most 10000 characters; this has 15001`,
  ],

  // Patterns.
  [
    'a pattern that looks ahead',
    { 6: "  - pattern: 'a(?=b)'" },
    '6:14: pattern a(?=b) cannot be used: it looks ahead or behind, which cannot be done in linear time; say it with unless instead',
  ],
  [
    'a pattern that is always there',
    { 6: "  - pattern: 'a*'" },
    '6:14: pattern a* matches the empty text, so it would fire on every comment',
  ],
  [
    'a pattern that refers back, which could take time without end',
    { 6: String.raw`  - pattern: '(a+)+\1'` },
    String.raw`6:14: pattern (a+)+\1 cannot be used: it refers back to a group, which cannot be done in linear time; write the words out`,
  ],
  [
    'a pattern that would explode in memory',
    { 6: "  - pattern: '(?:(?:a{1,1000}){1,1000}){1,1000}'" },
    '6:14: pattern (?:(?:a{1,1000}){1,1000}){1,1000} cannot be used: it would grow too large; write fewer repeats within repeats',
  ],
  [
    'a repeat beyond bounds',
    { 6: "  - pattern: 'a{1,5000}'" },
    '6:14: pattern a{1,5000} cannot be used: a repeat goes from the smaller number to the larger, 1000 at most, like {2,5}',
  ],
  [
    'a repeat of a repeat',
    { 6: "  - pattern: 'a++b'" },
    '6:14: pattern a++b cannot be used: one repeat stands right after another; keep one, or put the first in (?: )',
  ],
  [
    'half a class',
    { 6: "  - pattern: '[abc'" },
    '6:14: pattern [abc cannot be used: a [ has no partner; close it with ], or write \\[ for the sign itself',
  ],
  [
    'a range from last to first',
    { 6: "  - pattern: '[z-a]'" },
    '6:14: pattern [z-a] cannot be used: what stands in [ ] is no class; a range goes up, as in [a-z], and - for itself stands last',
  ],
  [
    'a list in a pattern, misspelt',
    { 6: "  - pattern: 'you {insults}'", 7: 'lists: { insult: [fool] }' },
    '6:14: "you {insults}" names the list {insults}, which this rule does not have; did you mean "{insult}"?',
  ],
  [
    'a backspace for a word boundary',
    { 6: String.raw`  - pattern: "\bu\b"` },
    String.raw`6:14: pattern has a control character, "\u{8}u\u{8}"; in double quotes \b is a backspace, so use single quotes`,
  ],
  [
    'an escape that double quotes do not have',
    { 6: String.raw`  - pattern: "\d+"` },
    String.raw`6:15: \d means nothing in double quotes; use single quotes, where \ stands for itself`,
  ],
  [
    'a list that a pattern names and is not there',
    { 6: "  - pattern: 'you {insult}'" },
    '6:14: "you {insult}" names the list {insult}, which this rule does not have; add it under lists, like insult: { file: lists/insult.txt }',
  ],

  // Detectors.
  [
    'a misspelt detector',
    { 6: '  - detector: loudnes' },
    '6:15: detector is "loudnes"; write loudness (did you mean "loudness"?)',
  ],
  ['a detector like no other', { 6: '  - detector: sarcasm' }, '6:15: detector is "sarcasm"; write loudness'],
  [
    'a misspelt option of a detector',
    { 6: '  - detector: loudness', 7: '    leest: 5' },
    '7:5: unknown key "leest"; did you mean "least"?',
  ],
  [
    'an option out of range',
    { 6: '  - detector: loudness', 7: '    least: 0' },
    '7:12: least is 0; write 1 or more',
  ],
  [
    'an option that the detector refuses',
    { 6: '  - detector: loudness', 7: '    least: 60' },
    '7:12: least is over 50, which no comment has',
  ],
  [
    'a number in quotes',
    { 6: '  - detector: loudness', 7: '    least: "5"' },
    '7:12: least is "5"; write a number',
  ],
  [
    'a misspelt choice',
    { 6: '  - detector: loudness', 7: '    sign: questoin' },
    '7:11: sign is "questoin"; write exclamation or question (did you mean "question"?)',
  ],
  [
    'a broken phrase among the options',
    { 6: '  - detector: loudness', 7: '    words: [wow, wo*w]' },
    '7:18: "wo*w" has a * inside a word; a * may only end a word, like traitor*',
  ],

  // Scores.
  ['a percentage', { 7: '    reject: 90' }, '7:13: reject is 90; write a number from 0 to 1, like 0.9'],
  [
    'a score that all comments have',
    { 7: '    reject: 0' },
    '7:13: reject is 0; a score of 0 means that nothing was seen; write a number above 0, like 0.9',
  ],
  [
    'review above reject',
    { 7: '    reject: 0.8', 8: '    review: 0.9' },
    '8:13: review is 0.9, but reject comes first from 0.8 on; write a number below 0.8',
  ],
  [
    'flag where review begins',
    { 7: '    review: 0.5', 8: '    flag: 0.5' },
    '8:11: flag is 0.5, but review comes first from 0.5 on; write a number below 0.5',
  ],
  [
    'an action beside scores',
    { 7: '    reject: 0.9', 8: '    action: review' },
    '8:5: action cannot stand beside reject: 0.9, which says what to do from which score on; keep one of the two',
  ],

  // Exceptions.
  [
    'an exception without its -',
    { 7: 'unless: { quoted: true }' },
    '7:9: unless is a map of keys and values; write a list of exceptions, like - phrases: [useful idiots]',
  ],
  [
    'a misspelt exception',
    { 7: 'unless:', 8: '  - quotd: true' },
    '8:5: unknown key "quotd"; did you mean "quoted"?',
  ],
  ['quotations that count', { 7: 'unless:', 8: '  - quoted: false' }, '8:13: quoted is false; write true'],
  [
    'an action of an exception',
    { 7: 'unless:', 8: '  - phrases: [a]', 9: '    action: reject' },
    '9:5: unknown key "action"; what may stand here is phrases, exact',
  ],
  [
    'a detector as an exception',
    { 7: 'unless:', 8: '  - detector: loudness' },
    '8:5: entry 1 of unless has none of the keys phrases, pattern, quoted or disowned; write one of them',
  ],

  // Lists.
  [
    'a list with a capital',
    { 7: 'lists: { Insult: [fool] }' },
    '7:10: "Insult" cannot be a name; write small letters, digits and hyphens, like insult',
  ],
  [
    'a word for a list',
    { 7: 'lists: { insult: fool }' },
    '7:18: insult is "fool"; write { file: lists/insults.txt }, or the words themselves, like [fool, clown]',
  ],
  ['an empty list', { 7: 'lists: { insult: [] }' }, '7:18: insult is an empty list; write at least one word'],
  [
    'a list with nothing to it',
    { 7: 'lists: { insult: {} }' },
    '7:10: list "insult" has no words; write { file: lists/insults.txt } or the words',
  ],
  [
    'a list of which all is removed',
    { 7: 'lists: { insult: { add: [fool], remove: [Fool] } }' },
    '7:10: list "insult" has no words; write { file: lists/insults.txt } or the words',
  ],
  [
    'a misspelt key of a list',
    { 7: 'lists: { insult: { fille: x.txt } }' },
    '7:20: unknown key "fille"; did you mean "file"?',
  ],
  [
    'a broken entry',
    { 7: 'lists: { insult: { add: [fool, "?"] } }' },
    '7:32: "?" has no word to look for; write at least one letter or digit',
  ],
  [
    'a list within a list',
    { 7: 'lists: { insult: ["{fool}"] }' },
    '7:19: "{fool}" names a list within a list; a list holds words and phrases only',
  ],
  [
    'a list file that is not there',
    { 7: 'lists: { insult: { file: lists/none.txt } }' },
    '7:26: file is "lists/none.txt", which is not in the rules folder',
  ],
  [
    'a list file outside the folder',
    { 7: 'lists: { insult: { file: lists/../../x.txt } }' },
    '7:26: file is "lists/../../x.txt", which is outside the rules folder; write a name within it, like lists/insults.txt',
  ],
  [
    'a list file by its whole path',
    { 7: 'lists: { insult: { file: /etc/x.txt } }' },
    '7:26: file is "/etc/x.txt", which is outside the rules folder; write a name within it, like lists/insults.txt',
  ],
  [
    'a rule file as a list',
    { 7: 'lists: { insult: { file: abuse.yaml } }' },
    '7:26: file is "abuse.yaml"; a list is a text file, with a name that ends in .txt',
  ],
  [
    'a path as on Windows',
    { 7: String.raw`lists: { insult: { file: lists\x.txt } }` },
    String.raw`7:26: file is "lists\x.txt"; write / between folders, as in lists/insults.txt`,
  ],

  // Examples.
  [
    'a number for an example',
    { 7: 'examples: { reject: [5] }' },
    '7:22: entry 1 of reject is 5, which is no text in YAML; put it in quotes: "5"',
  ],
  [
    'a blank example',
    { 7: 'examples: { reject: [" "] }' },
    '7:22: entry 1 of reject is " "; write a comment',
  ],
  [
    'an example with a colon',
    { 7: 'examples:', 8: '  approve:', 9: '    - Note: fine.' },
    '9:7: entry 1 of approve is Note: fine., which is no text in YAML; put it in quotes: "Note: fine."',
  ],
  [
    'a misspelt verdict',
    { 7: 'examples: { rejects: [fool] }' },
    '7:13: unknown key "rejects"; did you mean "reject"?',
  ],
  [
    'an example outside a list',
    { 7: 'examples: { reject: fool }' },
    '7:21: reject is "fool"; write a list of comments, each after a -',
  ],

  // YAML.
  ['a tab', { 6: '\t- phrases: [idiot]' }, '6:1: a tab indents this line; use spaces'],
  [
    'a key too far left',
    { 6: '  - phrases: [idiot]', 7: '   action: review' },
    '7:1: this line does not stand under its neighbours; indent all entries of a list, and all keys of a map, alike',
  ],
  [
    'a key too far right',
    { 2: '  guideline: Be kind.' },
    '1:5: this has a colon too many, or the next line is indented too far; put a text that has ": " in it in quotes',
  ],
  [
    'a bracket that does not close',
    { 6: '  - phrases: [idiot', 7: 'mode: shadow' },
    '7:1: a [ or { before this has no partner; close it with ] or }, and indent its lines',
  ],
  [
    'a bracket too many',
    { 6: '  - phrases: [idiot]]' },
    '6:21: this belongs to nothing; a quote, a bracket or the indentation before it is amiss',
  ],
  [
    'a quote that does not close',
    { 6: '  - phrases: ["idiot]' },
    '6:15: a quotation mark opens here and is not closed; close the text with the same one',
  ],
  [
    'a quote that does not close, in a text',
    { 2: 'guideline: "Be kind.' },
    '2:12: a quotation mark opens here and is not closed; close the text with the same one',
  ],
  [
    'a single quote that does not close, before an apostrophe',
    { 2: "guideline: 'Be kind.", 3: "message: Don't." },
    '2:12: a quotation mark opens here and is not closed; close the text with the same one',
  ],
  [
    'a quote that seems to close where a later one opens',
    { 6: '  - phrases: ["idiot, fool]', 7: '  - phrases: ["clown"]' },
    '6:15: a quotation mark opens here and is not closed; close the text with the same one',
  ],
  [
    'a quote that does not close at the end of the file',
    { 7: 'owner: "me' },
    '7:8: a quotation mark opens here and is not closed; close the text with the same one',
  ],
  [
    'a no-break space before a key',
    { 4: '\u00a0action: reject' },
    '4:1: unknown key "‹a no-break space›action"; did you mean "action"?',
  ],
  [
    'quotes around half a text',
    { 3: 'message: "Please" be kind.' },
    '3:19: the value before this has ended; put the whole of a text with quotes or brackets in quotes, or mend the indentation',
  ],
  [
    'an apostrophe in single quotes',
    { 3: "message: 'It's unkind.'" },
    '3:14: the value before this has ended; put the whole of a text with quotes or brackets in quotes, or mend the indentation',
  ],
  [
    'a colon in a text',
    { 3: 'message: Please: be kind.' },
    '3:10: this has a colon too many, or the next line is indented too far; put a text that has ": " in it in quotes',
  ],
  [
    'a key without its colon',
    { 3: 'message' },
    '3:1: a key needs a colon and a space after it, as in id: abuse; a text of several lines needs quotes',
  ],
  [
    'a key without its space',
    { 1: 'id:abuse' },
    '1:1: a key needs a colon and a space after it, as in id: abuse; a text of several lines needs quotes',
  ],
  [
    'braces between brackets',
    { 6: '  - phrases: [you {insult}]' },
    '6:19: a comma is missing in a list in [ ], or a text with { } [ ] or a comma in it must be in quotes',
  ],
  ['a comma too many', { 6: '  - phrases: [a,, b]' }, '6:17: an entry is missing before this comma'],
  [
    'a text that starts with a sign of YAML',
    { 6: '  - phrases: [@you]' },
    '6:15: a text that starts with @ must be in quotes',
  ],
  [
    'a text that starts with a star',
    { 6: '  - phrases: [*idiot]' },
    '6:15: *idiot starts with *, which has a meaning of its own in YAML; put a text that starts with * in quotes',
  ],
  [
    'a text that starts with an ampersand',
    { 6: '  - phrases: [&amp]' },
    '6:15: &amp starts with &, which has a meaning of its own in YAML; put a text that starts with & in quotes',
  ],
  [
    'a text that starts with an exclamation mark',
    { 6: '  - phrases: [!stop]' },
    '6:15: !stop starts with !, which has a meaning of its own in YAML; put a text that starts with ! in quotes',
  ],
  [
    'more keys than any map needs',
    { 7: `applies:\n${Array.from({ length: 1001 }, (_, i) => `  k${i}: 1`).join('\n')}` },
    '8:3: this has more than 1000 keys; no rule needs that',
  ],
  [
    'a list on the line of its key',
    { 5: 'when: - phrases: [idiot]', 6: '' },
    '5:7: a list with - starts on the line after its key',
  ],
  [
    'a bracket that does not close before the next entry',
    { 6: '  - phrases: [idiot', 7: '  - phrases: [fool]' },
    '7:3: a [ or { before this has no partner; close it with ] or }, and indent its lines',
  ],
  [
    'a line that starts with a per cent sign',
    { 1: '%\nid: abuse' },
    '2:1: a line that starts with % has a meaning of its own in YAML; put the text in quotes',
  ],
  [
    'a word alone on the last line',
    { 7: 'mode' },
    '7:1: a key needs a colon and a space after it, as in id: abuse; a text of several lines needs quotes',
  ],
  [
    'a bracket that closes what is not open',
    { 7: ']' },
    '7:1: this belongs to nothing; a quote, a bracket or the indentation before it is amiss',
  ],
  [
    'a brace that does not close',
    { 7: 'applies: { url: [/a]' },
    '8:1: a [ or { before this has no partner; close it with ] or }, and indent its lines',
  ],
  [
    'a list for a key',
    { 7: '[a]: b' },
    '7:1: a key must be a word; put a text that starts with [ or { in quotes',
  ],
  [
    'a comment without its space',
    { 1: 'id: "abuse"# the first' },
    '1:12: a comment needs a space before its #',
  ],
  [
    'text on the line of a |',
    { 3: 'message: | Please', 4: '  be kind.' },
    '3:12: nothing may follow | or > on its line; write the text on the lines below, indented',
  ],
  [
    'two rules in one file',
    { 7: '---', 8: 'id: b' },
    '7:1: a second document starts here; write each rule in a file of its own',
  ],
  [
    'endless nesting',
    { 7: `applies: ${'['.repeat(100_000)}` },
    '7:29: this is nested more than 20 deep; no rule needs that',
  ],
  [
    'a control character',
    { 7: 'owner: "\0"' },
    '7:9: the file has a control character here (U+0000); delete it',
  ],
  [
    'bytes that are not UTF-8',
    { 3: 'message: Bitte sch\u{fffd}n.' },
    '3:19: this is not UTF-8; save the file as UTF-8',
  ],
  ['half a character', { 3: 'message: \ud83d' }, '3:10: this is not UTF-8; save the file as UTF-8'],
  [
    'a file as large as a book',
    { 7: `owner: ${'x'.repeat(1_000_000)}` },
    '1:1: the file is over 1 MB; split it in several',
  ],

  // All at once.
  [
    'mistakes all over the file',
    {
      1: 'id: Abuse',
      4: 'action: rejct',
      6: '  - phrases: [id*ot, "you {insult}"]',
      7: '  - detector: loudnes',
      8: '  - phrases: [a]',
      9: '    reject: 5',
      10: 'lists: { insults: [fo*l] }',
      11: 'unless:',
      12: "  - pattern: '('",
    },
    [
      '1:5: id is "Abuse"; write lower-case letters, digits and hyphens, like personal-attack',
      '4:9: action is "rejct"; write reject, review or flag (did you mean "reject"?)',
      '6:15: "id*ot" has a * inside a word; a * may only end a word, like traitor*',
      '6:22: "you {insult}" names the list {insult}, which this rule does not have; did you mean "{insults}"?',
      '7:15: detector is "loudnes"; write loudness (did you mean "loudness"?)',
      '9:13: reject is 5; write a number from 0 to 1, like 0.9',
      '10:20: "fo*l" has a * inside a word; a * may only end a word, like traitor*',
      '12:14: pattern ( cannot be used: a ( or ) has no partner; close it, or write \\( or \\) for the sign itself',
    ],
  ],
];

describe('a broken rule file', () => {
  test.each(BROKEN_RULES)('%s', (_, lines, told) => {
    const expected = [told].flat().map((mistake) => `abuse.yaml:${mistake}`);
    expect(mistakesOf({ 'abuse.yaml': ruleWith(lines) })).toEqual(expected);
  });
});

/** Those that have no shorter form, as "- phrases" is. */
const NAMES = DETECTORS.map(({ name }) => name).filter((name) => name !== 'phrases' && name !== 'patterns');

/** The same of the detectors that there are. */
const BROKEN_OPTIONS: readonly (readonly [why: string, condition: string, told: string])[] = [
  [
    'a misspelt detector',
    'detector: profanty',
    `17: detector is "profanty"; write ${anyOf(NAMES)} (did you mean "profanity"?)`,
  ],
  [
    'a detector by half its name',
    'detector: sentences',
    `17: detector is "sentences"; write ${anyOf(NAMES)} (did you mean "full-sentences"?)`,
  ],
  [
    'a misspelt aim',
    'detector: insults, words: [fool], at: [raeder]',
    '46: entry 1 of at is "raeder"; write reader, author, participant, family, person, name or bare (did you mean "reader"?)',
  ],
  ['an insult without words', 'detector: insults', '5: "words" is missing; write a list, like [fool, clown]'],
  ['a misspelt option', 'detector: text-speak, wrods: [u]', '29: unknown key "wrods"; did you mean "words"?'],
  ['a percentage for a share', 'detector: shouting, share: 70', '34: share is 70; write 1 or less'],
  [
    'half a word',
    'detector: text-speak, words: [u], atLeast: 1.5',
    '50: atLeast is 1.5; write a whole number',
  ],
  [
    'a site that is none',
    'detector: links, allow: ["not a site"]',
    '31: allow: "not a site" is no site; write its name as in an address, like thehindu.com',
  ],
  [
    'an option of another detector',
    'detector: shouting, label: toxicity',
    '27: unknown key "label"; what may stand here is detector, share, minLetters, stretch, action, reject, review, flag, kinds',
  ],
];

describe('a broken condition of a detector', () => {
  test.each(BROKEN_OPTIONS)('%s', (_, condition, told) => {
    const files = { 'abuse.yaml': ruleWith({ 6: `  - { ${condition} }` }) };
    expect(mistakesOf(files, DETECTORS)).toEqual([`abuse.yaml:6:${told}`]);
  });

  test('a misspelt label is told with all that there are', () => {
    const files = { 'abuse.yaml': ruleWith({ 6: '  - { detector: toxicity, label: toxcity }' }) };
    const labels = anyOf(toxicity.options.shape.label.unwrap().options);
    expect(mistakesOf(files, DETECTORS)).toEqual([
      `abuse.yaml:6:34: label is "toxcity"; write ${labels} (did you mean "toxicity"?)`,
    ]);
  });
});

type Files = Readonly<Record<string, string>>;

const USING_A_LIST = ruleWith({ 6: '  - phrases: ["{insult}"]', 7: 'lists: { insult: { file: l.txt } }' });

const BROKEN_FOLDERS: readonly (readonly [why: string, files: Files, told: readonly string[]])[] = [
  ['nothing', {}, ['.:1:1: there is no rule in the folder; write one in a file like abuse.yaml']],
  [
    'no rule',
    { 'limits.yaml': 'tiers: { default: [{ name: a, points: 1, per: 1 }] }', 'README.md': '#' },
    ['.:1:1: there is no rule in the folder; write one in a file like abuse.yaml'],
  ],
  [
    'an empty rule file',
    { 'a.yaml': '' },
    ['a.yaml:1:1: the file is empty; write a rule, which starts like id: personal-attack'],
  ],
  [
    'a rule file with a comment only',
    { 'a.yaml': '# to do\n' },
    ['a.yaml:1:1: the file is empty; write a rule, which starts like id: personal-attack'],
  ],
  [
    'a rule file that is a text',
    { 'a.yaml': 'Be kind!\n' },
    ['a.yaml:1:1: the file is "Be kind!"; write a rule, which starts like id: personal-attack'],
  ],
  [
    'a rule file that is a list',
    { 'a.yaml': '- a\n' },
    ['a.yaml:1:1: the file is a list; write a rule, which starts like id: personal-attack'],
  ],
  [
    'two rules of one id',
    { 'a.yaml': ruleWith(), 'b.yml': ruleWith() },
    ['b.yml:1:5: id is "abuse", as in a.yaml:1; give each rule an id of its own'],
  ],
  [
    'mistakes in several files, in the order of their names and lines',
    {
      'b.yaml': ruleWith({ 4: 'action: no', 3: 'message: 5' }),
      'a.yaml': ruleWith({ 1: 'id: 5!' }),
      'limits.yaml': 'tiers: 5',
    },
    [
      'a.yaml:1:5: id is "5!"; write lower-case letters, digits and hyphens, like personal-attack',
      'b.yaml:3:10: message is 5, which is no text in YAML; put it in quotes: "5"',
      'b.yaml:4:9: action is "no"; write reject, review or flag',
      'limits.yaml:1:8: tiers is 5; write tiers: { default: [{ name: burst, points: 5, per: 60s }] }',
    ],
  ],
  [
    'a list file nearly there',
    { 'a.yaml': USING_A_LIST, 'll.txt': 'fool' },
    ['a.yaml:7:26: file is "l.txt", which is not in the rules folder (did you mean "ll.txt"?)'],
  ],
  [
    'broken entries in a list file, told once however many rules use it',
    {
      'a.yaml': USING_A_LIST,
      'b.yaml': USING_A_LIST.replace('abuse', 'b'),
      'l.txt': '# words\r\nfool\r\n id*ot # one\r\n{other}\r\n',
    },
    [
      'l.txt:3:2: "id*ot" has a * inside a word; a * may only end a word, like traitor*',
      'l.txt:4:1: "{other}" names a list within a list; a list holds words and phrases only',
    ],
  ],
  [
    'a list file with the wrong kind of name',
    { 'a.yaml': USING_A_LIST.replace('l.txt', 'l.text'), 'l.text': 'fool' },
    ['a.yaml:7:26: file is "l.text"; a list is a text file, with a name that ends in .txt'],
  ],
  [
    'an empty list file',
    { 'a.yaml': USING_A_LIST, 'l.txt': '# none yet\n' },
    ['a.yaml:7:10: list "insult" has no words; write { file: lists/insults.txt } or the words'],
  ],
  [
    'a list file that is not UTF-8',
    { 'a.yaml': USING_A_LIST, 'l.txt': 'fool\nf\u{fffd}ol\n' },
    ['l.txt:2:2: this is not UTF-8; save the file as UTF-8'],
  ],
  [
    'a list file that is too large',
    { 'a.yaml': USING_A_LIST, 'l.txt': 'x'.repeat(1_000_001) },
    ['l.txt:1:1: the file is over 1 MB; split it in several'],
  ],
  [
    'a list that is too long',
    { 'a.yaml': USING_A_LIST, 'l.txt': 'x\n'.repeat(20_001) },
    ['l.txt:1:1: the list has more than 20000 entries'],
  ],
  [
    'phrases that stand for too many',
    {
      'a.yaml': ruleWith({
        6: '  - phrases: ["{n} {n} {n}"]',
        7: `lists: { n: [${Array.from({ length: 30 }, (_, i) => `n${i}`).join(', ')}] }`,
      }),
    },
    ['a.yaml:6:15: "{n} {n} {n}" stands for more than 20000 phrases; use fewer or shorter lists'],
  ],
  [
    'phrases that together stand for too many, told once',
    {
      'a.yaml': ruleWith({
        6: `  - phrases: [${Array.from({ length: 30 }, (_, i) => `"a${i} {n} {n}"`).join(', ')}]`,
        7: `lists: { n: [${Array.from({ length: 100 }, (_, i) => `n${i}`).join(', ')}] }`,
      }),
    },
    [
      'a.yaml:6:290: with "a19 {n} {n}", all rules together stand for more than 200000 phrases; use fewer or shorter lists',
    ],
  ],
];

describe('a broken folder', () => {
  test.each(BROKEN_FOLDERS)('%s', (_, files, told) => {
    expect(mistakesOf(files)).toEqual(told);
  });

  test('of a file with hundreds of mistakes, 100 are told', () => {
    const told = mistakesOf({
      'a.yaml': ruleWith({
        6: `  - phrases: [${Array.from({ length: 300 }, (_, i) => `${i + 100}*a`).join(', ')}]`,
      }),
    });
    expect(told).toHaveLength(100);
    expect(told.at(-1)).toBe(
      'a.yaml:6:708: "199*a" has a * inside a word; a * may only end a word, like traitor* (and 200 more in this file)',
    );
  });
});

const BROKEN_LIMITS: readonly (readonly [why: string, limits: string, told: readonly string[]])[] = [
  [
    'an empty file',
    '',
    ['1:1: the file is empty; write tiers: { default: [{ name: burst, points: 5, per: 60s }] }'],
  ],
  [
    'no default tier',
    'tiers: { gold: [] }',
    [
      '1:8: "default" is missing; write a list of windows, like - { name: burst, points: 5, per: 60s }',
      '1:16: gold is an empty list; write a list of windows, like - { name: burst, points: 5, per: 60s }',
    ],
  ],
  [
    'the default tier misspelt',
    'tiers: { defualt: [{ name: a, points: 5, per: 1 }] }',
    ['1:8: "default" is missing; write a list of windows, like - { name: burst, points: 5, per: 60s }'],
  ],
  [
    'a tier with a name that is none, and a wrong window',
    'tiers: { default: [{ name: a, points: 5, per: 1 }], Old Ones: [{ name: a, points: no, per: 1 }] }',
    [
      '1:53: "Old Ones" cannot be a name; write small letters, digits and hyphens, like trusted',
      '1:83: points is "no"; write a whole number of comments, like 5',
    ],
  ],
  [
    'a tier with a name twice',
    'tiers:\n  default: [{ name: a, points: 5, per: 1 }]\n  new: [{ name: b, points: 5, per: 1 }, { name: b, points: 5, per: 1 }]',
    ['3:49: name is "b", as in line 3; give each window a name of its own'],
  ],
  [
    'a window that is called as blocks are',
    'tiers: { default: [{ name: block, points: 5, per: 1 }] }',
    ['1:28: name is "block", as blocks are told; give the window another name'],
  ],
  [
    'costs and a block that are none',
    'tiers: { default: [{ name: a, points: 5, per: 1 }] }\ncosts: { rejected: 3 }\nblock: { after: 0, within: soon, for: 400d }',
    [
      '2:10: unknown key "rejected"; did you mean "reject"?',
      '3:17: after is 0; write 1 or more',
      '3:28: within is "soon"; write a number of seconds, or a time like 60s, 5m, 1h or 1d',
    ],
  ],
  [
    'a block for longer than a year',
    'tiers: { default: [{ name: a, points: 5, per: 1 }] }\nblock: { after: 3, within: 10m, for: 400d }',
    ['2:38: for is "400d"; write 366d or less'],
  ],
  [
    'no windows',
    'tiers: { default: [] }',
    ['1:19: default is an empty list; write a list of windows, like - { name: burst, points: 5, per: 60s }'],
  ],
  [
    'a window without a name or a time',
    'tiers: { default: [{ points: 5 }] }',
    [
      '1:20: "name" is missing; write a name for the window, like burst',
      '1:20: "per" is missing; write a number of seconds, or a time like 60s, 5m, 1h or 1d',
    ],
  ],
  [
    'a limit of none',
    'tiers: { default: [{ name: a, points: 0, per: 1 }] }',
    ['1:39: points is 0; write 1 or more'],
  ],
  [
    'a limit that is none',
    'tiers: { default: [{ name: a, points: 1000001, per: 1 }] }',
    ['1:39: points is 1000001; write 1000000 or less'],
  ],
  [
    'half a comment, in no time',
    'tiers: { default: [{ name: a, points: 1.5, per: 0 }] }',
    [
      '1:39: points is 1.5; write a whole number of comments, like 5',
      '1:49: per is 0; write a number of seconds, or a time like 60s, 5m, 1h or 1d',
    ],
  ],
  [
    'a time in words',
    'tiers: { default: [{ name: a, points: 5, per: 1 minute }] }',
    ['1:47: per is "1 minute"; write a number of seconds, or a time like 60s, 5m, 1h or 1d'],
  ],
  [
    'longer than a year',
    'tiers: { default: [{ name: a, points: 5, per: 367d }] }',
    ['1:47: per is "367d"; write 366d or less'],
  ],
  [
    'a name that a header field cannot carry',
    `tiers: { default: [{ name: '"a"', points: 5, per: 1 }] }`,
    ['1:28: name is ""a""; write plain letters, digits and hyphens, like burst'],
  ],
  [
    'a name twice',
    'tiers:\n  default:\n    - { name: a, points: 5, per: 1 }\n    - { name: a, points: 9, per: 9 }',
    ['4:15: name is "a", as in line 3; give each window a name of its own'],
  ],
];

describe('broken limits', () => {
  test.each(BROKEN_LIMITS)('%s', (_, limits, told) => {
    const expected = told.map((mistake) => `limits.yaml:${mistake}`);
    expect(mistakesOf({ 'abuse.yaml': ruleWith(), 'limits.yaml': limits })).toEqual(expected);
  });

  test('two files of limits', () => {
    const limits = 'tiers: { default: [{ name: a, points: 1, per: 1 }] }';
    expect(mistakesOf({ 'abuse.yaml': ruleWith(), 'limits.yaml': limits, 'limits.yml': limits })).toEqual([
      'limits.yml:1:1: there is a limits.yaml too; keep one of the two',
    ]);
  });
});
