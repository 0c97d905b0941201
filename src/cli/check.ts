import { text } from 'node:stream/consumers';
import { Command } from 'commander';
import type { Classifier } from '../classifier/classifier.js';
import { Comment } from '../comment/comment.js';
import { loadGuidelines } from '../guidelines/load.js';
import { moderate } from '../moderation/moderate.js';
import type { Ruleset } from '../moderation/ruleset.js';
import type { Decision, Verdict } from '../moderation/verdict.js';
import { readComments } from '../pipeline/read.js';
import type { SentComment } from '../wire/comment.js';
import { COMMENT_FILES, readCommentFiles, sizeOf } from '../wire/comment-files.js';
import { type CommentRow, readComment } from '../wire/comment-row.js';
import { CommandError, EXIT } from './exit.js';
import { showProgress } from './progress.js';
import { today } from './rules-folder.js';
import { detectorsOf, folderOf, withSiteOptions } from './sites.js';
import { describeVerdict } from './verdict-text.js';
import { withClassifier } from './with-classifier.js';

interface Options {
  readonly file?: readonly string[];
  readonly json?: boolean;
  readonly author?: string;
  readonly participant?: readonly string[];
  readonly url?: string;
}

/** `stet check`: what would become of comments. */
export const command = withSiteOptions(new Command())
  .argument('[text]', 'the comment; left out, it is read from standard input')
  .option('-f, --file <files...>', `files of comments: ${COMMENT_FILES}`)
  .option('--json', 'print verdicts as JSON, one a line')
  .option('--author <name>', "the article's author")
  .option('--participant <names...>', 'names of others in the discussion')
  .option('--url <address>', 'where the article stands: some rules apply to sections only')
  .addHelpText(
    'after',
    '\nExit status: 0 approve, 1 reject, 2 review (of several comments the strictest), 64 or above when it could not judge.',
  )
  .action(async (written: string | undefined, options: Options, self: Command) => {
    const { file, json = false } = options;
    if (written !== undefined && file) {
      throw new CommandError('give a comment or --file, not both', EXIT.usage);
    }
    const bytes = file && sizeOf(file);
    const { detectors } = await detectorsOf(self);
    process.exitCode = await withClassifier(async (classifier) => {
      const { ruleset } = await loadGuidelines(folderOf(self).path, { detectors, classifier });
      const judge = judgeBy(ruleset, classifier);
      return file
        ? await checkFiles(file, judge, { json, bytes })
        : await checkOne(written ?? (await text(process.stdin)), judge, options);
    });
  });

/** Verdicts in the order of the comments. */
type Judge = (comments: readonly SentComment[]) => Promise<readonly Verdict[]>;

function judgeBy(ruleset: Ruleset, classifier: Classifier): Judge {
  const day = today();
  return async (comments) => {
    const { read } = await readComments(
      comments.map(({ text, context }) => new Comment(text, context)),
      classifier,
    );
    return read.map(({ comment, reading }) => moderate(comment, reading, ruleset, day));
  };
}

async function checkOne(
  text: string,
  judge: Judge,
  { json, author, participant, url }: Options,
): Promise<number> {
  if (text.trim() === '')
    throw new CommandError('the comment is blank; give it as an argument or on standard input', EXIT.usage);
  const participants = participant && [...participant];
  const [verdict] = await judge([{ text, context: { author, participants, url } }]);
  if (!verdict) throw new Error('a comment was left without a verdict');
  process.stdout.write(`${json ? JSON.stringify(verdict) : describeVerdict(text, verdict)}\n`);
  return EXIT[verdict.verdict];
}

/** Judges every row of every file. Bad rows are reported on standard error, and the rest goes on. */
async function checkFiles(
  paths: readonly string[],
  judge: Judge,
  { json, bytes }: { readonly json: boolean; readonly bytes: number | undefined },
): Promise<number> {
  const totals: Record<Decision, number> = { approve: 0, review: 0, reject: 0 };
  let unread = 0;
  const progress = showProgress({
    total: bytes,
    beside: '{comments} comments',
    fields: { comments: 0 },
    prints: true,
  });
  try {
    for await (const { file, rows } of readCommentFiles(paths, progress.add)) {
      const { sent, faults } = readRows(rows);
      unread += faults.length;
      for (const { line, mistake } of faults) process.stderr.write(`${file}:${line}: ${mistake}\n`);
      const verdicts = await judge(sent.map(({ comment }) => comment));
      for (const [i, verdict] of verdicts.entries()) {
        const { line, comment } = sent[i] ?? {};
        if (!comment) continue;
        totals[verdict.verdict] += 1;
        const { id, text } = comment;
        const shown = json
          ? JSON.stringify({ ...(id !== undefined && { id }), ...verdict })
          : `${file}:${line}: ${describeVerdict(text, verdict)}`;
        if (!process.stdout.write(`${shown}\n`))
          await new Promise((resolve) => process.stdout.once('drain', resolve));
      }
      progress.say({ comments: totals.approve + totals.review + totals.reject });
    }
  } finally {
    progress.stop();
  }
  if (!json) {
    process.stdout.write(
      `${totals.approve} approved, ${totals.review} for review, ${totals.reject} rejected\n`,
    );
  }
  if (unread > 0) return EXIT.data;
  return totals.reject > 0 ? EXIT.reject : totals.review > 0 ? EXIT.review : EXIT.approve;
}

interface ReadRows {
  readonly sent: readonly { readonly line: number; readonly comment: SentComment }[];
  readonly faults: readonly { readonly line: number; readonly mistake: string }[];
}

function readRows(rows: readonly CommentRow[]): ReadRows {
  const read = rows.map((row) => ({ line: row.line, ...readComment(row) }));
  return { sent: read.filter((row) => row.ok), faults: read.filter((row) => !row.ok) };
}
