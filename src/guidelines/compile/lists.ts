import { posix } from 'node:path';
import { type Lists, PhraseError, parsePhrase } from '../../matching/phrase.js';
import { readText } from '../files/source-text.js';
import { type ListFormat, listSchema } from '../format/schema.js';
import { isMap } from '../format/schema-forms.js';
import { fits } from '../format/schema-mistakes.js';
import type { YamlSource } from '../format/yaml-source.js';
import type { Place } from '../guidelines.js';
import { MOST_IN_A_FILE, type Report } from '../mistakes/report.js';
import { nearMiss, shown } from '../mistakes/suggest.js';
import { forEachInSteps, type InSteps } from '../steps.js';

/** More words than this belong in a detector of their own. */
const MOST_ENTRIES = 20_000;

/** An entry of a list and where it stands. */
interface Entry extends Place {
  readonly text: string;
}

/** The lists of a rule. */
export interface RuleLists {
  /** Those that can be used, by name. */
  readonly usable: Lists;
  /** The names of all, with those in which something is wrong. */
  readonly names: ReadonlySet<string>;
}

/** The list files of a rules folder, each read once however many rules use it. */
export class ListFiles {
  readonly #read = new Map<string, readonly Entry[] | undefined>();

  constructor(
    private readonly files: ReadonlyMap<string, string>,
    private readonly report: Report,
  ) {}

  /** The files that rules use. */
  get used(): string[] {
    return [...this.#read.keys()];
  }

  /**
   * Reads a list file: one entry a line; `#` at the start of a line or after a space starts a comment.
   * @param name as the rule names it
   * @param place where the rule names it
   * @returns none where something is wrong, which is told
   */
  *entries(name: string, place: Place): InSteps<readonly Entry[] | undefined> {
    const file = posix.normalize(name);
    const refusal = this.#refusal(name, file);
    if (refusal !== undefined) {
      this.report.mistake(place, refusal, 'list-file');
      return undefined;
    }
    if (!this.#read.has(file)) this.#read.set(file, yield* this.#readFile(file));
    return this.#read.get(file);
  }

  #refusal(name: string, file: string): string | undefined {
    const read = `file is "${shown(name)}"`;
    if (name.includes('\\')) return `${read}; write / between folders, as in lists/insults.txt`;
    if (posix.isAbsolute(file) || file.split('/').includes('..')) {
      return `${read}, which is outside the rules folder; write a name within it, like lists/insults.txt`;
    }
    if (!file.endsWith('.txt')) return `${read}; a list is a text file, with a name that ends in .txt`;
    if (this.files.has(file)) return undefined;
    const near = nearMiss(
      file,
      [...this.files.keys()].filter((candidate) => candidate.endsWith('.txt')),
    );
    return `${read}, which is not in the rules folder${near === undefined ? '' : ` (did you mean "${near}"?)`}`;
  }

  *#readFile(file: string): InSteps<Entry[] | undefined> {
    const text = readText(file, this.files.get(file) ?? '', this.report);
    if (text === undefined) return undefined;
    const entries: Entry[] = [];
    yield* forEachInSteps(text.split(/\r?\n/), (line, i) => {
      const written = line.replace(/(?:^|\s)#.*$/, '');
      const entry = written.trim();
      if (entry === '') return;
      entries.push({ file, line: i + 1, column: written.indexOf(entry) + 1, text: entry });
    });
    if (entries.length > MOST_ENTRIES) {
      this.report.mistake(
        { file, line: 1, column: 1 },
        `the list has more than ${MOST_ENTRIES} entries`,
        'too-much',
      );
      return undefined;
    }
    yield* warnOfCommas(entries, 'write each on a line of its own', this.report);
    return (yield* areWords(entries, this.report)) ? yield* withoutRepeats(entries, this.report) : undefined;
  }
}

/**
 * Puts together the lists of a rule.
 * @param lists the value of the rule's `lists`, which need not fit the format: what does not is passed over
 */
export function* resolveLists(
  lists: unknown,
  source: YamlSource,
  files: ListFiles,
  report: Report,
): InSteps<RuleLists> {
  const usable = new Map<string, readonly string[]>();
  const named = isMap(lists) ? Object.entries(lists) : [];
  for (const [name, value] of named) {
    yield;
    const format = (yield* fits(listSchema, value)) ? listSchema.safeParse(value) : undefined;
    const entries = format?.data && (yield* resolveList(name, format.data, source, files, report));
    if (entries) usable.set(name, entries);
  }
  return { usable, names: new Set(named.map(([name]) => name)) };
}

function* resolveList(
  name: string,
  format: ListFormat,
  source: YamlSource,
  files: ListFiles,
  report: Report,
): InSteps<string[] | undefined> {
  const path = ['lists', name];
  function* entriesAt(texts: readonly string[], ...keys: string[]): InSteps<Entry[]> {
    const entries: Entry[] = [];
    yield* forEachInSteps(texts, (text, i) =>
      entries.push({ text, ...source.placeOf([...path, ...keys, i]) }),
    );
    return entries;
  }

  const { file, add, remove } = Array.isArray(format)
    ? { file: undefined, add: format, remove: [] }
    : { file: format.file, add: format.add ?? [], remove: format.remove ?? [] };
  const base = file === undefined ? [] : yield* files.entries(file, source.placeOf([...path, 'file']));
  const added = yield* entriesAt(add, ...(Array.isArray(format) ? [] : ['add']));
  yield* warnOfCommas(added, 'write each as an entry of its own', report);
  if (!(yield* areWords(added, report)) || !base) return undefined;

  const listed = yield* withoutRepeats([...base, ...added], report);
  const kept = yield* without(listed, yield* entriesAt(remove, 'remove'), report);
  if (kept.length === 0) {
    report.mistake(
      source.placeOfKey(path),
      `list "${name}" has no words; write { file: lists/insults.txt } or the words`,
      'list',
    );
    return undefined;
  }
  return kept.map((entry) => entry.text);
}

/** A comma that is not one of a number. */
const COMMA = /,(?!\d)|(?<!\d),/;

/** Several words in one entry are looked for as one phrase, which is rarely what was meant. */
function* warnOfCommas(entries: readonly Entry[], mend: string, report: Report): InSteps<void> {
  yield* forEachInSteps(entries, (entry) => {
    if (!COMMA.test(entry.text)) return;
    const message = `"${shown(entry.text)}" has a comma, so it is looked for as one phrase; if several words were meant, ${mend}`;
    report.warning(entry, message, 'comma');
  });
}

function* areWords(entries: readonly Entry[], report: Report): InSteps<boolean> {
  let are = true;
  yield* forEachInSteps(entries, (entry) => {
    const fault = faultOf(entry.text);
    if (fault === undefined) return;
    report.mistake(entry, fault, 'list');
    are = false;
  });
  return are;
}

function faultOf(entry: string): string | undefined {
  try {
    const list = parsePhrase(entry).find((slot) => slot.kind === 'list');
    return list && `"${shown(entry)}" names a list within a list; a list holds words and phrases only`;
  } catch (error) {
    if (error instanceof PhraseError) return error.message;
    throw error;
  }
}

function* withoutRepeats(entries: readonly Entry[], report: Report): InSteps<Entry[]> {
  const first = new Map<string, Entry>();
  yield* forEachInSteps(entries, (entry) => {
    const before = first.get(keyOf(entry));
    if (!before) first.set(keyOf(entry), entry);
    else {
      const where = before.file === entry.file ? `line ${before.line}` : `${before.file}:${before.line}`;
      report.warning(entry, `"${shown(entry.text)}" is in the list already, in ${where}`, 'idle-entry');
    }
  });
  return [...first.values()];
}

function* without(entries: readonly Entry[], removed: readonly Entry[], report: Report): InSteps<Entry[]> {
  const known = new Set(entries.map(keyOf));
  yield;
  const gone = new Set(removed.map(keyOf));
  let told = 0;
  for (const entry of removed) {
    if (known.has(keyOf(entry))) continue;
    yield;
    // After so many in the order of the file, the next is counted and not shown: it need not be compared with all.
    const near = told < MOST_IN_A_FILE ? nearMiss(entry.text, known) : undefined;
    told += 1;
    report.warning(
      entry,
      `"${shown(entry.text)}" is not in the list, so there is nothing to remove${near === undefined ? '' : ` (did you mean "${near}"?)`}`,
      'idle-entry',
    );
  }
  yield;
  return entries.filter((entry) => !gone.has(keyOf(entry)));
}

/** Entries that differ in case or spacing only are the same. */
function keyOf(entry: Entry): string {
  return entry.text.toLowerCase().replace(/\s+/g, ' ');
}
