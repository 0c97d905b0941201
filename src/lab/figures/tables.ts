import type { Evaluation, Figures, MeasuredFigure, PrintedTable } from './figures.js';

const MARKER = /(<!-- figures: (\w+) -->\n)[\s\S]*?(<!-- end of figures -->)/g;

/**
 * Writes the tables of figures into a page, between `<!-- figures: NAME -->` and `<!-- end of figures -->`.
 * @throws RangeError for a name that is no table, and where the page has not each table once
 */
export function writeTables(page: string, figures: Figures): string {
  const tables: Readonly<Record<string, string>> = {
    runs: runsTable(figures.runs),
    faults: printedTable(figures.faults),
    attacks: printedTable(figures.attacks),
    evaluation: evaluationTable(figures.evaluation),
  };
  const written: string[] = [];
  const result = page.replace(MARKER, (_, start: string, name: string, end: string) => {
    const content = tables[name];
    if (content === undefined) throw new RangeError(`there is no table ${name}`);
    written.push(name);
    return `${start}\n${content}\n\n${end}`;
  });
  const wanted = Object.keys(tables).sort().join(', ');
  if (written.sort().join(', ') !== wanted)
    throw new RangeError(
      `the page must have each of the tables ${wanted} once; it has ${written.join(', ')}`,
    );
  return result;
}

function printedTable({ date, columns, rows }: PrintedTable): string {
  return `Run of ${date}.\n\n${table(columns, rows)}`;
}

function runsTable(runs: Figures['runs']): string {
  return table(
    ['what', 'figure', 'command', 'date'],
    runs.map(({ what, figure, command, date }) => [what, figure, `\`${command}\``, date]),
  );
}

function evaluationTable({ date, node, figures }: Evaluation): string {
  const by = node === undefined ? '' : ` by Node ${node}`;
  const head = ['what', 'figure', '95% interval', 'count', 'shall reach', 'reached', 'plain libraries'];
  return `Measured on ${date}${by}.\n\n${table(head, figures.map(evaluationRow))}`;
}

function evaluationRow(figure: MeasuredFigure): string[] {
  const { what, note, value, low, high, count, reach, unit, beside = [] } = figure;
  return [
    note === undefined ? what : `${what} (${note})`,
    show(value, unit),
    low === undefined || high === undefined ? '' : `${show(low, unit)} to ${show(high, unit)}`,
    count === undefined ? '' : count.toLocaleString('en'),
    reach === undefined ? '' : show(reach, unit),
    reachedOf(figure),
    beside.map(({ name, value: theirs }) => `${name} ${show(theirs, unit)}`).join(', '),
  ];
}

function reachedOf({ value, reach, better }: MeasuredFigure): string {
  if (reach === undefined) return '';
  return (better === 'higher' ? value >= reach : value <= reach) ? 'yes' : '**no**';
}

/** With three digits that count: `99.6%`, `0.04%`. */
function show(value: number, unit: MeasuredFigure['unit']): string {
  switch (unit) {
    case 'share':
      return `${Number((value * 100).toPrecision(3))}%`;
    case 'auc':
    case 'f1':
      return value.toFixed(3);
    case 'µs':
    case 'MB':
      return `${value.toFixed(0)} ${unit}`;
  }
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
