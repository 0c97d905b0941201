import { availableParallelism } from 'node:os';
import { Command, InvalidArgumentError } from 'commander';
import { compileGuidelines } from '../guidelines/compile/compile.js';
import { runExamples } from '../guidelines/examples/examples.js';
import { readRulesFolder } from '../guidelines/files/folder.js';
import { type Guidelines, RulesError } from '../guidelines/guidelines.js';
import { exampleMistakes } from '../guidelines/load.js';
import { add, emptyCounts, type Keep, type ReplayCounts } from '../threads/replay/counts.js';
import { judgeInThreads } from '../threads/replay/judge-in-threads.js';
import { COMMENT_FILES, readCommentFiles, sizeOf } from '../wire/comment-files.js';
import { CommandError, EXIT } from './exit.js';
import { describeMistake, shownFolder } from './mistakes.js';
import { showProgress } from './progress.js';
import { toJson, toText } from './replay/replay-text.js';
import { rulesFolder, today } from './rules-folder.js';
import { detectorsOf, folderOf, type KnownDetectors, withSiteOptions } from './sites.js';

interface Options {
  readonly against?: string;
  readonly examples: number;
  readonly threads: number;
  readonly json?: boolean;
}

/** More lines that cannot be judged are counted, not told. */
const MOST_UNREAD = 20;
/** More threads than this wait for the one that reads. */
const MOST_THREADS = 16;
const MOST_EXAMPLES = 1000;

/** `stet replay`: what a draft of the rules would have made of comments that are known already. */
export const command = withSiteOptions(new Command())
  .argument(
    '<comments...>',
    `files of comments, with "decision": "approve" or "reject" where a moderator has decided: ${COMMENT_FILES}`,
  )
  .option(
    '--against <folder>',
    'folder of the rules to compare with; left out, what the draft does is told alone',
  )
  .option(
    '--examples <count>',
    'comments to show for each kind of change and rule',
    wholeNumber(0, MOST_EXAMPLES),
    5,
  )
  .option(
    '--threads <count>',
    'threads to judge in; each takes some 100 MB',
    wholeNumber(1, MOST_THREADS),
    Math.min(availableParallelism(), MOST_THREADS),
  )
  .option('--json', 'print what was found as one JSON object')
  .addHelpText(
    'after',
    `
Texts of comments are printed, for you asked for them; --examples 0 prints none.
A verdict that gets stricter is told under the surest rule that now makes it, one that gets milder under the
surest rule that no longer does. Lines that cannot be judged are told on standard error, and the rest goes on.

Exit status: 0 when comments were judged, whether or not verdicts change; 64 the command was called wrongly;
65 no comment could be read; 66 a file is not there; 78 the rules of either folder cannot be used.`,
  )
  .action(async (paths: string[], options: Options, self: Command) => {
    const bytes = sizeOf(paths);
    const known = await detectorsOf(self);
    const draft = await compileFolder(folderOf(self).path, known);
    const current =
      options.against === undefined ? undefined : await compileFolder(rulesFolder(options.against), known);
    const keep = { samples: options.examples, unread: MOST_UNREAD };
    const day = today();
    const start = performance.now();
    const tally = await judgeAll(paths, bytes, {
      draft,
      current,
      keep,
      known,
      threads: options.threads,
      day,
    });
    const seconds = (performance.now() - start) / 1000;

    tellUnread(tally);
    const failures = exampleMistakes(draft, day, await runExamples(draft, { today: day }));
    if (failures.length > 0) {
      process.stderr.write(
        `examples of the draft that do not hold: ${failures.length} of ${draft.examples.length}; stet rules test tells why\n`,
      );
    }
    const versions = { before: current?.ruleset.version, after: draft.ruleset.version };
    const replayed = { tally, versions, failures };
    process.stdout.write(`${options.json ? toJson(replayed) : toText(replayed)}\n`);
    process.stderr.write(`${speedOf(tally.comments, seconds)}\n`);
    if (tally.comments === 0) process.exitCode = EXIT.data;
  });

/** Tells of which of the two folders a mistake is. */
async function compileFolder(folder: string, { detectors }: KnownDetectors): Promise<Guidelines> {
  try {
    return compileGuidelines(await readRulesFolder(folder), detectors);
  } catch (error) {
    if (!(error instanceof RulesError)) throw error;
    const mistakes = error.mistakes.map((mistake) => describeMistake(mistake, 'error', shownFolder(folder)));
    throw new CommandError(`these rules cannot be used:\n${mistakes.join('\n')}`, EXIT.config);
  }
}

interface ReplayOf {
  readonly draft: Guidelines;
  readonly current: Guidelines | undefined;
  readonly keep: Keep;
  readonly known: KnownDetectors;
  readonly threads: number;
  /** In UTC, `YYYY-MM-DD`: one for the whole run, also where it goes on past midnight. */
  readonly day: string;
}

async function judgeAll(
  paths: readonly string[],
  bytes: number | undefined,
  { draft, current, keep, known, threads, day }: ReplayOf,
): Promise<ReplayCounts> {
  const tally = emptyCounts(current !== undefined);
  const setup = {
    before: current?.files,
    after: draft.files,
    today: day,
    detectorModules: known.modules,
    keep,
  };
  const progress = showProgress({
    total: bytes,
    beside: '{comments} comments in {duration_formatted}',
    fields: { comments: 0 },
  });
  try {
    const groups = readCommentFiles(paths, progress.add);
    for await (const later of judgeInThreads(groups, setup, threads)) {
      add(tally, later, keep);
      progress.say({ comments: tally.comments });
    }
  } finally {
    progress.stop();
  }
  return tally;
}

function tellUnread({ unread }: ReplayCounts): void {
  for (const { file, line, why } of unread.first) process.stderr.write(`${file}:${line}: ${why}\n`);
  const more = unread.count - unread.first.length;
  if (more > 0) process.stderr.write(`and ${more} more lines that cannot be judged\n`);
}

function speedOf(comments: number, seconds: number): string {
  const memory = Math.round(process.resourceUsage().maxRSS / 1024);
  return `${comments} comments in ${seconds.toFixed(1)} s, ${Math.round(comments / seconds)} a second, ${memory} MB at most`;
}

function wholeNumber(least: number, most: number) {
  return (written: string): number => {
    const value = Number(written);
    if (/^\d+$/.test(written) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
  };
}
