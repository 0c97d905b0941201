import type { Place } from '../guidelines.js';
import type { Report } from '../mistakes/report.js';

/** A rule file or a list as large as this is none that anybody wrote. */
export const MOST_BYTES = 1_000_000;

/** Control characters but tab, line feed and carriage return; what stands for bytes that are not UTF-8; halves of characters. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
const BROKEN = /[\0-\x08\v\f\x0e-\x1f\x7f\ufffd]|\p{Cs}/u;

/**
 * Checks that a file holds text.
 * @returns the text without its byte order mark; none where it holds something else, which is told
 */
export function readText(file: string, content: string, report: Report): string | undefined {
  if (Buffer.byteLength(content) > MOST_BYTES) {
    report.mistake({ file, line: 1, column: 1 }, 'the file is over 1 MB; split it in several', 'unreadable');
    return undefined;
  }
  const text = content.replace(/^\ufeff/, '');
  const broken = BROKEN.exec(text);
  if (!broken) return text;
  const code = (broken[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  report.mistake(
    placeIn(file, text, broken.index),
    code === 'FFFD' || code.startsWith('D')
      ? 'this is not UTF-8; save the file as UTF-8'
      : `the file has a control character here (U+${code}); delete it`,
    'unreadable',
  );
  return undefined;
}

function placeIn(file: string, text: string, offset: number): Place {
  const before = text.slice(0, offset).split('\n');
  return { file, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
