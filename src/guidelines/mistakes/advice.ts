import type { z } from 'zod';
import { anyOf, shown } from './suggest.js';

/** What to write, by the type that a schema expects. */
const BY_TYPE: Readonly<Record<string, string>> = {
  string: 'write a text',
  number: 'write a number',
  int: 'write a whole number',
  boolean: 'write true or false',
  array: 'write a list, like [fool, clown]',
  object: 'write keys and values',
  record: 'write keys and values',
};

/** What a schema wants where it does not say so in words of its own, for people: `write 1 or more`. An error map for zod. */
export function adviceFor(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return issue.expected === 'array' && typeof issue.input === 'string'
        ? `put it in brackets, which make a list: [${inFlow(issue.input)}]`
        : BY_TYPE[issue.expected];
    case 'invalid_value':
      return `write ${anyOf(issue.values.map(String))}`;
    case 'too_small':
      return `write ${atLeast(issue.origin, Number(issue.minimum), issue.inclusive ?? true)}`;
    case 'too_big':
      return `write ${atMost(issue.origin, Number(issue.maximum), issue.inclusive ?? true)}`;
    default:
      return undefined;
  }
}

/** A text as it may stand between brackets. */
function inFlow(text: string): string {
  return /^[\w/][^,[\]{}:#"'\n]*$/.test(text) ? text : `"${shown(text)}"`;
}

function atLeast(origin: string, least: number, inclusive: boolean): string {
  switch (origin) {
    case 'string':
      return `at least ${counted(least, 'character', 'characters')}`;
    case 'array':
      return `at least ${counted(least, 'entry', 'entries')}`;
    default:
      return inclusive ? `${least} or more` : `more than ${least}`;
  }
}

function atMost(origin: string, most: number, inclusive: boolean): string {
  switch (origin) {
    case 'string':
      return `at most ${counted(most, 'character', 'characters')}`;
    case 'array':
      return `at most ${counted(most, 'entry', 'entries')}`;
    default:
      return inclusive ? `${most} or less` : `less than ${most}`;
  }
}

function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}
