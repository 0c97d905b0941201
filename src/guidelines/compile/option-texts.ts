import type { Lists } from '../../matching/phrase.js';
import { isMap } from '../format/schema-forms.js';
import { nameOf } from '../format/schema-mistakes.js';
import type { Path, YamlSource } from '../format/yaml-source.js';
import type { Report } from '../mistakes/report.js';
import { nearMiss, shown } from '../mistakes/suggest.js';
import type { RuleLists } from './lists.js';

/** A text among a detector's options: a phrase, a pattern, a word to allow. */
export interface OptionText {
  readonly text: string;
  readonly path: Path;
}

/** All texts among options. */
export function* textsIn(value: unknown, path: Path): Generator<OptionText> {
  if (typeof value === 'string') yield { text: value, path };
  else if (Array.isArray(value)) {
    for (const [i, entry] of value.entries()) yield* textsIn(entry, [...path, i]);
  } else if (isMap(value)) {
    for (const [key, entry] of Object.entries(value)) yield* textsIn(entry, [...path, key]);
  }
}

/** Longer texts are a slip; patterns as long could take the stack of their compiler. */
const LONGEST_TEXT = 1000;
/** What double quotes make of \b and its like. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
const CONTROL = /[\0-\x08\v\f\x0e-\x1f\x7f]/;

/** Whether a detector may be given a text at all; if not, that is told. */
export function isReadable({ text, path }: OptionText, source: YamlSource, report: Report): boolean {
  if (text.length > LONGEST_TEXT) {
    report.mistake(
      source.placeOf(path),
      `${nameOf(path)} has ${text.length} characters; write at most ${LONGEST_TEXT}`,
    );
    return false;
  }
  if (CONTROL.test(text)) {
    report.mistake(
      source.placeOf(path),
      `${nameOf(path)} has a control character, "${shown(text)}"; in double quotes \\b is a backspace, so use single quotes`,
    );
    return false;
  }
  return true;
}

/** The names of the lists to which a text refers: `you {insult}`. */
export function listsNamedIn({ text }: OptionText): string[] {
  return [...text.matchAll(/\{([a-z][a-z0-9-]*)\}/g)].map(([, name = '']) => name);
}

/** How many entries all the lists have to which a text refers. */
export function entriesNamedIn(text: OptionText, lists: Lists): number {
  return listsNamedIn(text).reduce((sum, name) => sum + (lists.get(name)?.length ?? 0), 0);
}

/**
 * Tells of a list to which a text refers, and which the rule does not have.
 * @param isShown whether the mistake may be among those that are shown, so that a name like it is looked for
 */
export function tellUnknownList(
  name: string,
  { text, path }: OptionText,
  lists: RuleLists,
  source: YamlSource,
  report: Report,
  isShown: boolean,
): void {
  const near = isShown ? nearMiss(name, lists.names) : undefined;
  const right =
    near === undefined
      ? `add it under lists, like ${name}: { file: lists/${name}.txt }`
      : `did you mean "{${near}}"?`;
  report.mistake(
    source.placeOf(path),
    `"${shown(text)}" names the list {${name}}, which this rule does not have; ${right}`,
    'unknown-list',
  );
}
