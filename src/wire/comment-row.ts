import { z } from 'zod';
import { commentSchemas, type SentComment } from './comment.js';
import { WireError } from './faults.js';
import { JsonError, parseJson } from './json.js';
import { readAs } from './read-as.js';

/** A row of a file of comments: a line of JSON, the columns of a table, or why it has neither. */
export type CommentRow = {
  /** Where it starts, from 1. */
  readonly line: number;
} & (
  | { readonly kind: 'json'; readonly json: string }
  | { readonly kind: 'columns'; readonly columns: Readonly<Record<string, string>> }
  | { readonly kind: 'fault'; readonly fault: string }
);

/** The longest text of a comment in a file, in UTF-16 units: a file may hold what the service would refuse. */
export const LONGEST = 100_000;

const { comment } = commentSchemas(LONGEST);

const decidedComment = comment.extend({
  decision: z.enum(['approve', 'reject'], 'must be "approve" or "reject"').nullish(),
});

/** A comment with what a moderator made of it, where one has. */
export type DecidedComment = z.infer<typeof decidedComment>;

/** What a row of a file of comments holds. */
export type ReadRow<Sent = SentComment> =
  | { readonly ok: true; readonly comment: Sent }
  | { readonly ok: false; readonly mistake: string };

/** Reads a row as POST /v1/comments reads a body. */
export function readComment(row: CommentRow): ReadRow {
  return read(row, comment);
}

/** Reads a row as POST /v1/comments reads a body, with the moderator's `decision`. */
export function readDecided(row: CommentRow): ReadRow<DecidedComment> {
  return read(row, decidedComment);
}

function read<Schema extends z.ZodType>(row: CommentRow, schema: Schema): ReadRow<z.infer<Schema>> {
  if (row.kind === 'fault') return { ok: false, mistake: row.fault };
  try {
    const sent = row.kind === 'json' ? parseJson(row.json) : toSent(row.columns);
    return { ok: true, comment: readAs(schema, sent, row.kind === 'json' ? 'line' : 'row') };
  } catch (error) {
    if (error instanceof JsonError) return { ok: false, mistake: `not JSON: ${error.message}` };
    if (!(error instanceof WireError)) throw error;
    const nameOf = row.kind === 'json' ? (pointer: string) => pointer || 'the line' : columnOf;
    const fields = error.faults.map(({ pointer, detail }) => `${nameOf(pointer)} ${detail}`);
    if (error.more > 0) fields.push(`and ${error.more} more`);
    return { ok: false, mistake: fields.join('; ') || error.message };
  }
}

/** The columns of a table that say something of a comment, as POST /v1/comments has them. Cells that are blank are left out. */
function toSent(columns: Readonly<Record<string, string>>): object {
  const cell = (name: string) => columns[name]?.trim() || undefined;
  const participants = (cell('participants') ?? '')
    .split('|')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  return {
    id: cell('id'),
    // As the commenter wrote it, spaces and all.
    text: columns.text || undefined,
    decision: cell('decision')?.toLowerCase(),
    context: {
      url: cell('url'),
      title: cell('title'),
      author: cell('author'),
      participants: participants.length > 0 ? participants : undefined,
      parent: cell('parent'),
    },
  };
}

/** `/context/participants/3` is in the column `participants`. */
function columnOf(pointer: string): string {
  const [name = 'text'] = pointer.split('/').filter((part) => part !== '' && part !== 'context');
  return `column ${name}`;
}
