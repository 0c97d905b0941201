import { relative, sep } from 'node:path';
import pc from 'picocolors';
import stringWidth from 'string-width';
import type { ReportedMistake } from '../guidelines/guidelines.js';

/** How serious what is told is: an error keeps the rules from being put in force. */
export type Level = 'error' | 'warning';

const PAINT = { error: pc.red, warning: pc.yellow } as const;

/**
 * A mistake for people to read: place, message, and the line itself with a caret under the place.
 * @param folder the rules folder, as it is shown; none: files are named as within it
 */
export function describeMistake(mistake: ReportedMistake, level: Level, folder?: string): string {
  const { line, column, message, excerpt } = mistake;
  const head = `${pc.bold(`${fileIn(folder, mistake.file)}:${line}:${column}:`)} ${PAINT[level](`${level}:`)} ${message}`;
  if (!excerpt) return head;
  const gutter = ' '.repeat(String(line).length);
  const indent = ' '.repeat(stringWidth(excerpt.text.slice(0, excerpt.column - 1)));
  return [
    head,
    ` ${pc.dim(`${line} |`)} ${excerpt.text}`,
    ` ${pc.dim(`${gutter} |`)} ${indent}${PAINT[level]('^')}`,
  ].join('\n');
}

/** A folder as people call it: from the working directory where it is in there, else by its whole path. */
export function shownFolder(path: string): string {
  const inside = relative(process.cwd(), path).split(sep).join('/');
  return inside === '' || inside.startsWith('..') ? path : inside;
}

/** A file of a folder; `.` and what is named by its whole path stand for themselves. */
export function fileIn(folder: string | undefined, file: string): string {
  if (folder === undefined) return file;
  if (file === '.') return folder;
  return file.startsWith('/') ? file : `${folder}/${file}`;
}
