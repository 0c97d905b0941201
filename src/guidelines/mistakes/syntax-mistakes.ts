import type { YAMLError } from 'yaml';
import { shown } from './suggest.js';

const KEY = 'a key needs a colon and a space after it, as in id: abuse; a text of several lines needs quotes';
const COLON =
  'this has a colon too many, or the next line is indented too far; put a text that has ": " in it in quotes';
const ASKEW =
  'this line does not stand under its neighbours; indent all entries of a list, and all keys of a map, alike';
const UNCLOSED = 'a [ or { before this has no partner; close it with ] or }, and indent its lines';
const COMMA =
  'a comma is missing in a list in [ ], or a text with { } [ ] or a comma in it must be in quotes';

/** Of a quotation mark, where it opens. */
export const UNCLOSED_QUOTE =
  'a quotation mark opens here and is not closed; close the text with the same one';

/**
 * What went wrong in a file and how to mend it, for readers who know little YAML.
 * @param error as the parser gives it
 * @param text of the file
 */
export function inPlainWords({ code, message, pos }: YAMLError, text: string): string {
  const rest = text.slice(pos[0], pos[0] + 2);
  switch (code) {
    case 'TAB_AS_INDENT':
      return 'a tab indents this line; use spaces';
    case 'BAD_SCALAR_START':
      return `a text that starts with ${shown(rest.slice(0, 1))} must be in quotes`;
    case 'BAD_DQ_ESCAPE':
      return `${shown(rest)} means nothing in double quotes; use single quotes, where \\ stands for itself`;
    case 'NON_STRING_KEY':
      return 'a key must be a word; put a text that starts with [ or { in quotes';
    case 'KEY_OVER_1024_CHARS':
      return 'a key has at most 1024 characters; put a long text that has a colon in it in quotes';
    case 'BLOCK_AS_IMPLICIT_KEY':
      return COLON;
    case 'MULTILINE_IMPLICIT_KEY':
      return KEY;
    default:
      return PLAIN_WORDS.find(([theirs]) => theirs.test(message))?.[1] ?? `this is not YAML: ${message}`;
  }
}

/** Where one code stands for several slips, the parser's message tells them apart. The first that fits counts. */
const PLAIN_WORDS: readonly (readonly [theirs: RegExp, ours: string])[] = [
  [/^All (?:mapping|sequence) items must|^Sequence item without|^Block scalars? (?:lines|with)/, ASKEW],
  [/^Flow (?:map|sequence)/, UNCLOSED],
  [/^Block collections are not allowed/, UNCLOSED],
  [/^Implicit map keys/, KEY],
  [/between flow|^Unexpected (?:scalar|flow-map-start|flow-seq-start) token$/, COMMA],
  [/^Unexpected (?:,|empty item) in/, 'an entry is missing before this comma'],
  [/^Unexpected block-seq-ind/, 'a list with - starts on the line after its key'],
  [
    /^(?:Block scalar header|Not a YAML token)/,
    'nothing may follow | or > on its line; write the text on the lines below, indented',
  ],
  [/^Comments must be/, 'a comment needs a space before its #'],
  [
    /^Missing directives-end/,
    'a line that starts with % has a meaning of its own in YAML; put the text in quotes',
  ],
  [
    /at node end$/,
    'the value before this has ended; put the whole of a text with quotes or brackets in quotes, or mend the indentation',
  ],
  [
    /in YAML (?:stream|document)/,
    'this belongs to nothing; a quote, a bracket or the indentation before it is amiss',
  ],
];
