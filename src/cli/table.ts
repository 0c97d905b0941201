import Table from 'cli-table3';
import pc from 'picocolors';

/** No lines but white space. */
const NO_LINES = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '  ',
};

/**
 * A table for people: two spaces between columns, the header in bold. Widths are those that a terminal shows, whatever the
 * script.
 * @param rows the header first; no cell has a line break
 * @param alignments of the columns, in order; those of no alignment are set to the right, as numbers are
 * @returns a line for each row
 * @example tableLines([['rule', 'flag'], ['insults', '12']], ['left']) // ['rule     flag', 'insults    12']
 */
export function tableLines(
  rows: readonly (readonly string[])[],
  alignments: readonly ('left' | 'right')[],
): string[] {
  if (rows.length === 0) return [];
  const table = new Table({
    chars: NO_LINES,
    style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [] },
    colAligns: (rows[0] ?? []).map((_, i) => alignments[i] ?? 'right'),
  });
  table.push(...rows.map((row) => [...row]));
  const [header = '', ...lines] = table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd());
  return [pc.bold(header), ...lines];
}
