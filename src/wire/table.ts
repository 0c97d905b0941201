import { isUtf8 } from 'node:buffer';
import { once } from 'node:events';
import { type Parser, parse } from 'csv-parse';
import { parse as parseWhole } from 'csv-parse/sync';

/** A row of a table: its values by column, or why it has none. */
export type TableRow = { readonly line: number } & (
  | { readonly values: Readonly<Record<string, string>> }
  | { readonly fault: string }
);

/** How a table is written. */
export interface TableFormat {
  /** What may separate columns, one sign each. */
  readonly separators: readonly string[];
  /** A column that must be there: the separator is the first under which it is. */
  readonly column: string;
  /** The longest row that is read, in bytes. */
  readonly longest: number;
}

/** A quotation mark that is never closed makes the rest of a file one value; this much of it is held, in bytes. */
const MOST_HELD = 4 * 1024 * 1024;

const NEWLINE = 0x0a;
const QUOTE = 0x22;

/**
 * Reads a table with a header line as it comes, written as RFC 4180 has it: values may stand in quotation marks, and have
 * line breaks then. Quotation marks elsewhere stand for themselves. A byte order mark
 * is passed over, and so are blank lines. Names of columns are compared and given in small letters.
 * @returns for each chunk, the rows that it ends; none of these groups is empty. A row that cannot be read is given with
 * its fault, and the rest goes on
 */
export async function* readTable(
  chunks: AsyncIterable<Uint8Array>,
  format: TableFormat,
): AsyncGenerator<TableRow[]> {
  let head = Buffer.alloc(0);
  let rows: RowParser | undefined;
  for await (const chunk of chunks) {
    if (rows) await rows.write(chunk);
    else {
      head = Buffer.concat([head, chunk]);
      const end = endOfHeader(head);
      if (end === -1 && head.length <= format.longest) continue;
      rows = await start(head, end, format);
    }
    const read = rows.take();
    if (read.length > 0) yield read;
    if (rows.isBroken) return;
  }
  rows ??= await start(head, -1, format);
  await rows.end();
  const rest = rows.take();
  if (rest.length > 0) yield rest;
}

async function start(head: Buffer, end: number, format: TableFormat): Promise<RowParser> {
  const rows = new RowParser(headerOf(end === -1 ? head : head.subarray(0, end), format), format);
  if (end !== -1 && !rows.isBroken) await rows.write(head.subarray(end));
  return rows;
}

/** Where the line after the header starts; -1 where the header has not ended. */
function endOfHeader(bytes: Uint8Array): number {
  let isOpen = false;
  for (const [i, byte] of bytes.entries()) {
    if (byte === QUOTE) isOpen = !isOpen;
    else if (byte === NEWLINE && !isOpen) return i + 1;
  }
  return -1;
}

interface Header {
  readonly separator: string;
  readonly columns: readonly string[];
  /** How many lines it takes. */
  readonly lines: number;
}

/** @returns a sentence where it is no header of such a table */
function headerOf(bytes: Buffer, { separators, column, longest }: TableFormat): Header | string {
  if (bytes.length > longest)
    return `the header is over ${longest} bytes; is a quotation mark in it not closed?`;
  if (!isUtf8(bytes)) return 'the header is not UTF-8; export the table as "CSV UTF-8"';
  const written = bytes.toString('utf8').replace(/^\ufeff/, '');
  const headers = separators.map((separator) => ({
    separator,
    columns: namesIn(written, separator),
    lines: written.split('\n').length - 1,
  }));
  const found = headers.find(({ columns }) => columns.includes(column));
  if (found) return found;
  const [likeliest] = headers.toSorted((a, b) => b.columns.length - a.columns.length);
  const named = likeliest?.columns.filter((name) => name !== '').join(', ');
  return `the header has no column "${column}"; ${named ? `it has ${named}` : 'it is blank'}`;
}

function namesIn(header: string, delimiter: string): string[] {
  const [names = []] = parseWhole(header, {
    delimiter,
    relax_quotes: true,
    skip_records_with_error: true,
    to: 1,
  });
  return names.map((name) => name.trim().toLowerCase());
}

/** Gathers the rows that come after a header. */
class RowParser {
  readonly #parser: Parser;
  #rows: TableRow[] = [];
  /** The last line of the row before. */
  #line: number;
  #isBroken = false;

  constructor(header: Header | string, { longest }: TableFormat) {
    const { separator, columns, lines } =
      typeof header === 'string' ? { separator: ',', columns: [], lines: 1 } : header;
    this.#line = lines;
    this.#parser = parse({
      delimiter: separator,
      encoding: null,
      record_delimiter: ['\r\n', '\n'],
      relax_quotes: true,
      relax_column_count: true,
      skip_records_with_error: true,
      max_record_size: MOST_HELD,
      // Nothing is handed on: the rows are taken from here, chunk by chunk.
      on_record: (record: unknown) => {
        const cells = Array.isArray(record) ? record.filter((cell) => Buffer.isBuffer(cell)) : [];
        this.#add(cells, { separator, columns, longest });
        return null;
      },
      on_skip: (error) => this.#break(error?.code === 'CSV_QUOTE_NOT_CLOSED' ? OPEN : TOO_LONG),
    });
    this.#parser.resume();
    if (typeof header === 'string') this.#stop(1, header);
  }

  /** Whether the rest of the table cannot be read. */
  get isBroken(): boolean {
    return this.#isBroken;
  }

  /** The rows since it was last asked. */
  take(): TableRow[] {
    const rows = this.#rows;
    this.#rows = [];
    return rows;
  }

  async write(chunk: Uint8Array): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#parser.write(chunk, (error) => (error ? reject(error) : resolve()));
    });
  }

  async end(): Promise<void> {
    if (this.#isBroken) return;
    const ended = once(this.#parser, 'end');
    this.#parser.end();
    await ended;
  }

  #add(
    cells: readonly Buffer[],
    { separator, columns, longest }: Pick<Header, 'separator' | 'columns'> & { longest: number },
  ): void {
    if (this.#isBroken) return;
    const line = this.#line + 1;
    this.#line = line + cells.reduce((sum, cell) => sum + newlinesIn(cell), 0);
    if (cells.length === 1 && cells[0]?.length === 0) return;
    const fault = faultIn(cells, { separator, columns, longest });
    if (fault !== undefined) {
      this.#rows.push({ line, fault });
      return;
    }
    const values = Object.fromEntries(columns.map((name, i) => [name, cells[i]?.toString('utf8') ?? '']));
    this.#rows.push({ line, values });
  }

  #break(fault: string): undefined {
    if (!this.#isBroken) this.#stop(this.#line + 1, fault);
  }

  #stop(line: number, fault: string): void {
    this.#isBroken = true;
    this.#rows.push({ line, fault });
  }
}

const OPEN = 'a quotation mark that opens in this row is not closed; the rest of the file is not read';
const TOO_LONG = `a quotation mark that opens in this row is not closed within ${MOST_HELD} bytes; the rest of the file is not read`;

function faultIn(
  cells: readonly Buffer[],
  { separator, columns, longest }: Pick<Header, 'separator' | 'columns'> & { longest: number },
): string | undefined {
  if (cells.reduce((sum, cell) => sum + cell.length, 0) > longest) return `the row is over ${longest} bytes`;
  if (!cells.every((cell) => isUtf8(cell))) return 'the row is not UTF-8; export the table as "CSV UTF-8"';
  // Spreadsheets fill rows up with columns that nobody named.
  const used = cells.length - cells.toReversed().findIndex((cell) => cell.length > 0);
  if (cells.length >= columns.length && used <= columns.length) return undefined;
  const shown = separator === '\t' ? 'a tab' : `a ${separator}`;
  return `the row has ${counted(cells.length, 'column')} and the header ${columns.length}; a text with ${shown} or a line break in it must stand in quotation marks`;
}

/** A line break within a value is one that stands in quotation marks. */
function newlinesIn(cell: Uint8Array): number {
  let count = 0;
  for (let at = cell.indexOf(NEWLINE); at !== -1; at = cell.indexOf(NEWLINE, at + 1)) count += 1;
  return count;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
