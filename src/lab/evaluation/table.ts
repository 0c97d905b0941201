import { tableLines } from '../../cli/table.js';
import { type Figure, type Standing, standing, type Unit } from './figure.js';

const STANDINGS: Readonly<Record<Standing, string>> = { aim: 'aim', reach: 'yes', missed: 'NO', none: '' };

const HEADER = ['figure', 'value', '95% interval', 'count', 'reach', 'aim', 'reached', 'plain libraries'];

const ALIGNMENTS = ['left', 'right', 'right', 'right', 'right', 'right', 'left', 'left'] as const;

/** Figures as a table for people, in lines without an end. Notes stand below their figure. */
export function toTable(figures: readonly Figure[]): string {
  const [header = '', ...body] = tableLines([HEADER, ...figures.map(toCells)], ALIGNMENTS);
  return [
    header,
    ...body.flatMap((line, i) => {
      const note = figures[i]?.note;
      return note === undefined ? [line] : [line, `    ${note}`];
    }),
  ].join('\n');
}

function toCells(figure: Figure): string[] {
  const { id, what, value, low, high, unit, count, reach, aim, beside = [] } = figure;
  return [
    id.includes('/') ? `  ${what}` : what,
    show(value, unit),
    `${show(low, unit)} to ${show(high, unit)}`,
    String(count),
    reach === undefined ? '' : show(reach, unit),
    aim === undefined ? '' : show(aim, unit),
    STANDINGS[standing(figure)],
    beside.map((library) => `${library.name} ${show(library.value, unit)}`).join(', '),
  ];
}

function show(value: number, unit: Unit): string {
  switch (unit) {
    case 'share':
      return `${(value * 100).toFixed(2)}%`;
    case 'auc':
    case 'f1':
      return value.toFixed(3);
    case 'µs':
    case 'MB':
      return `${value.toFixed(0)} ${unit}`;
  }
}
