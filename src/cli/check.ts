import { text } from 'node:stream/consumers';
import { SingleBar } from 'cli-progress';
import { Command } from 'commander';
import { Comment, type CommentContext } from '../comment/comment.js';
import type { Guidelines } from '../guidelines/guidelines.js';
import { loadGuidelines } from '../guidelines/load.js';
import { moderate } from '../index.js';
import type { Decision, Verdict } from '../moderation/verdict.js';
import { COMMENT_FILES, readCommentFiles, sizeOf } from '../wire/comment-files.js';
import { readComment } from '../wire/comment-row.js';
import { CommandError, EXIT } from './exit.js';
import { describeVerdict } from './report.js';
import { rulesFolder, rulesOption, today } from './rules-folder.js';

interface Options {
  readonly file?: readonly string[];
  readonly json?: boolean;
  readonly rules?: string;
  readonly author?: string;
  readonly participant?: readonly string[];
  readonly url?: string;
}

/** `stet check`: what would become of comments. */
export const check = new Command('check')
  .description('Judges a comment by the rules, or each comment of a file.')
  .argument('[text]', 'the comment; left out, it is read from standard input')
  .option('-f, --file <files...>', `files of comments: ${COMMENT_FILES}`)
  .option('--json', 'print verdicts as JSON, one a line')
  .option('--author <name>', "the article's author")
  .option('--participant <names...>', 'names of others in the discussion')
  .option('--url <address>', 'where the article stands: some rules apply to sections only')
  .addOption(rulesOption())
  .addHelpText(
    'after',
    '\nExit status: 0 approve, 1 reject, 2 review (of several comments the strictest), 64 or above when it could not judge.',
  )
  .action(async (written: string | undefined, options: Options) => {
    if (written !== undefined && options.file) {
      throw new CommandError('give a comment or --file, not both', EXIT.usage);
    }
    if (options.file) sizeOf(options.file);
    const judge = judgeBy(await loadGuidelines(rulesFolder(options.rules)));
    process.exitCode = options.file
      ? await checkFiles(options.file, judge, options.json ?? false)
      : checkOne(written ?? (await text(process.stdin)), judge, options);
  });

type Judge = (text: string, context?: CommentContext) => Verdict;

function judgeBy({ ruleset }: Guidelines): Judge {
  const day = today();
  return (text, context) => moderate(new Comment(text, context), ruleset, day);
}

function checkOne(text: string, judge: Judge, { json, author, participant, url }: Options): number {
  if (text.trim() === '')
    throw new CommandError('the comment is blank; give it as an argument or on standard input', EXIT.usage);
  const verdict = judge(text, { author, participants: participant, url });
  process.stdout.write(`${json ? JSON.stringify(verdict) : describeVerdict(text, verdict)}\n`);
  return EXIT[verdict.verdict];
}

/** Judges every row of every file. Bad rows are told on standard error, and the rest goes on. */
async function checkFiles(paths: readonly string[], judge: Judge, json: boolean): Promise<number> {
  const totals: Record<Decision, number> = { approve: 0, review: 0, reject: 0 };
  let unread = 0;
  const bar = progressBar(sizeOf(paths));
  try {
    for await (const { file, rows } of readCommentFiles(paths, (count) => bar?.increment(count))) {
      for (const row of rows) {
        const read = readComment(row);
        if (!read.ok) {
          unread += 1;
          process.stderr.write(`${file}:${row.line}: ${read.mistake}\n`);
          continue;
        }
        const { id, text, context } = read.comment;
        const verdict = judge(text, context);
        totals[verdict.verdict] += 1;
        const shown = json
          ? JSON.stringify({ ...(id !== undefined && { id }), ...verdict })
          : `${file}:${row.line}: ${describeVerdict(text, verdict)}`;
        if (!process.stdout.write(`${shown}\n`))
          await new Promise((resolve) => process.stdout.once('drain', resolve));
      }
    }
  } finally {
    bar?.stop();
  }
  if (!json) {
    process.stdout.write(
      `${totals.approve} approved, ${totals.review} for review, ${totals.reject} rejected\n`,
    );
  }
  if (unread > 0) return EXIT.data;
  return totals.reject > 0 ? EXIT.reject : totals.review > 0 ? EXIT.review : EXIT.approve;
}

/** On a terminal only, and on standard error: what is printed may go elsewhere. */
function progressBar(bytes: number | undefined): SingleBar | undefined {
  if (bytes === undefined || !process.stderr.isTTY || process.stdout.isTTY) return undefined;
  const bar = new SingleBar({
    stream: process.stderr,
    format: '{bar} {percentage}% of {total} bytes, {eta_formatted} to go',
    hideCursor: true,
  });
  bar.start(bytes, 0);
  return bar;
}
