import type { Import } from './imports.js';

/**
 * The rooms of src/ and what each may import, from the bottom of the house upwards: a room may import those above it in
 * this list only, which is what keeps the house free of circles. `NAME (types)` allows types alone, which leave no trace
 * in what runs. A room is a folder or file of src/, or one within a folder where that is a floor of its own; a file
 * belongs to the longest name that fits it.
 *
 * To add a room, put it below all that it imports, and add it to those who import it.
 */
export const ROOMS: Readonly<Record<string, readonly string[]>> = {
  'statistics.ts': [],
  // SIGTERM and its kind, from the first moment on.
  'signals.ts': [],
  // Where the log goes; it never holds up who writes to it.
  log: [],
  // How a setting is declared. Each room declares its own with it; settings/all.ts gathers them.
  settings: [],
  text: [],
  matching: ['text'],
  comment: ['text', 'matching (types)'],
  // What a classifier is and what it reads, whatever it is made of.
  classifier: ['comment (types)', 'settings'],
  'classifier/linear': ['classifier', 'comment', 'matching', 'text'],
  expiring: [],
  // It takes comments apart, asks the linear classifier which part of a long one to read, and keeps what was read.
  'classifier/transformer': ['classifier', 'classifier/linear', 'comment', 'expiring', 'matching', 'text'],
  discourse: ['comment', 'matching', 'text'],
  detectors: [
    'classifier',
    // The detector of languages is a linear model too, and hashes letters in the same way.
    'classifier/linear',
    'comment',
    'discourse',
    'matching',
    'settings',
    'text',
  ],
  moderation: ['classifier (types)', 'comment (types)', 'matching (types)', 'text'],
  limits: ['comment', 'expiring', 'settings', 'text'],
  'guidelines/mistakes': [],
  // How long work is done with pauses.
  'guidelines/steps.ts': [],
  // What a rules folder amounts to, once it is loaded.
  'guidelines/guidelines.ts': ['guidelines/mistakes', 'limits (types)', 'moderation (types)'],
  'guidelines/files': ['guidelines/guidelines.ts', 'guidelines/mistakes'],
  'guidelines/format': [
    'detectors',
    'guidelines/guidelines.ts (types)',
    'guidelines/mistakes',
    'guidelines/steps.ts',
    'limits',
    'moderation',
    'text',
  ],
  'guidelines/compile': [
    'classifier (types)',
    'comment (types)',
    'detectors',
    'discourse',
    'guidelines/files',
    'guidelines/format',
    'guidelines/guidelines.ts',
    'guidelines/mistakes',
    'guidelines/steps.ts',
    'limits',
    'matching',
    'moderation (types)',
    'text',
  ],
  'guidelines/examples': [
    'classifier (types)',
    'classifier/linear',
    'comment',
    'guidelines/guidelines.ts (types)',
    'guidelines/mistakes',
    'guidelines/steps.ts',
    'moderation',
  ],
  // What is asked of a rules folder: load it, lint it.
  guidelines: [
    'classifier (types)',
    'classifier/linear',
    'detectors (types)',
    'guidelines/compile',
    'guidelines/examples',
    'guidelines/files',
    'guidelines/guidelines.ts',
    'guidelines/mistakes',
    'guidelines/steps.ts',
    'moderation',
  ],
  pipeline: [
    'classifier (types)',
    // It reads in place of a classifier that fails.
    'classifier/linear',
    'comment',
    // What a label is, for protocols that ask for scores by label.
    'detectors',
    'expiring (types)',
    'limits (types)',
    'moderation',
    'text',
  ],
  sites: [
    'classifier (types)',
    'detectors (types)',
    'guidelines',
    'guidelines/files',
    'guidelines/guidelines.ts',
    'limits',
    'moderation (types)',
    'settings',
  ],
  wire: ['comment', 'moderation', 'text'],
  threads: [
    'classifier (types)',
    'classifier/linear',
    'classifier/transformer',
    'comment',
    'detectors',
    'guidelines',
    'guidelines/compile',
    'guidelines/examples',
    'guidelines/files',
    'guidelines/guidelines.ts',
    'moderation',
    'pipeline',
    'settings',
    'text (types)',
    'wire',
  ],
  // Who works next, where more wait than can be served.
  lanes: ['settings'],
  // The pages, and how they are read.
  docs: [],
  http: [
    'classifier (types)',
    'docs',
    'expiring',
    'guidelines/files',
    'guidelines/guidelines.ts (types)',
    // What was probably meant, for query parameters too.
    'guidelines/mistakes',
    'lanes',
    'limits (types)',
    'moderation',
    'pipeline',
    'settings',
    'sites',
    'text',
    'threads',
    'wire',
  ],
  'http/protocols': [
    'http',
    'lanes (types)',
    'limits',
    'moderation (types)',
    'pipeline',
    'settings',
    'sites',
    'text',
    'wire',
  ],
  'settings/all.ts': ['classifier', 'http', 'http/protocols', 'lanes', 'limits', 'settings', 'sites'],
  'serve.ts': [
    'detectors',
    'guidelines/guidelines.ts',
    'http',
    'lanes',
    'limits',
    'log',
    'pipeline',
    'settings',
    'settings/all.ts',
    'signals.ts',
    'sites',
    'threads',
  ],
  // The two public faces of the package.
  'index.ts': [
    'classifier (types)',
    'classifier/linear',
    'comment',
    'detectors',
    'guidelines',
    'guidelines/guidelines.ts',
    'moderation',
    'text (types)',
  ],
  'plugin.ts': ['classifier (types)', 'comment (types)', 'detectors', 'matching (types)', 'text (types)'],
  cli: [
    'classifier',
    'comment',
    'detectors',
    'docs',
    'guidelines',
    'guidelines/compile',
    'guidelines/examples',
    'guidelines/files',
    'guidelines/format',
    'guidelines/guidelines.ts',
    'guidelines/mistakes',
    'index.ts',
    'moderation',
    'pipeline',
    'serve.ts',
    'settings',
    'settings/all.ts',
    'signals.ts',
    'sites',
    'statistics.ts',
    'text (types)',
    'threads',
    'wire',
  ],
  // The laboratory may import anything, and nobody may import it.
  lab: [
    'classifier (types)',
    'classifier/linear',
    'cli',
    'comment',
    'detectors',
    'guidelines',
    'index.ts',
    'moderation',
    'pipeline',
    'settings',
    'sites',
    'statistics.ts',
    'text',
    'wire',
  ],
};

/** Arrows that should not be, each with what is to become of it. The list may only get shorter. */
export const EXCEPTIONS: readonly { readonly from: string; readonly to: string; readonly until: string }[] =
  [];

/** The room of a file: the longest name that fits it; undefined where there is none. */
export function roomOf(file: string): string | undefined {
  const fitting = Object.keys(ROOMS).filter((room) => file === room || file.startsWith(`${room}/`));
  return fitting.sort((a, b) => b.length - a.length)[0];
}

/** An import that the table does not allow. */
export interface WrongArrow {
  readonly from: string;
  readonly to: string;
  /** In one line: who imports what, and what would be allowed. */
  readonly told: string;
}

/** The imports that lead where the table does not. */
export function wrongArrows(imports: readonly Import[]): readonly WrongArrow[] {
  return imports.flatMap(({ from, to, typeOnly }) => {
    const [fromRoom, toRoom] = [roomOf(from), roomOf(to)];
    if (fromRoom === undefined || toRoom === undefined || fromRoom === toRoom) return [];
    const allowed = ROOMS[fromRoom] ?? [];
    const types = `${toRoom} (types)`;
    if (allowed.includes(toRoom) || (typeOnly && allowed.includes(types))) return [];
    const why = allowed.includes(types)
      ? `${fromRoom} may import types of ${toRoom} only`
      : `${fromRoom} may not import ${toRoom}`;
    return [{ from: fromRoom, to: toRoom, told: `${from} -> ${to}: ${why}` }];
  });
}

/** The circles of files that import one another, types included: one for each import that closes one. */
export function circles(imports: readonly Import[]): readonly string[] {
  const targets = new Map<string, string[]>();
  for (const { from, to } of imports) targets.set(from, [...(targets.get(from) ?? []), to]);
  const found: string[] = [];
  const done = new Set<string>();
  const walk = (file: string, way: readonly string[]): void => {
    const start = way.indexOf(file);
    if (start !== -1) found.push([...way.slice(start), file].join(' -> '));
    if (start !== -1 || done.has(file)) return;
    for (const target of targets.get(file) ?? []) walk(target, [...way, file]);
    done.add(file);
  };
  for (const file of targets.keys()) walk(file, []);
  return found;
}
