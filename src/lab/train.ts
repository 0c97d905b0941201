import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Command, Option } from 'commander';
import { writeModel } from '../classifier/linear/model.js';
import { CommandError, EXIT } from '../cli/exit.js';
import { showProgress } from '../cli/progress.js';
import { isFolder } from '../sites/folders.js';
import { CommentFileError } from '../wire/comment-files.js';
import { lookFor } from './corpus/rows.js';
import { CLASSIFIER_FILES, type Progress, trainModel } from './learning/train-model.js';
import { SENTENCE_FILES, trainSentences } from './learning/train-sentences.js';
import { LANGUAGE_FILES } from './lexicons/texts.js';
import { trainLanguage } from './lexicons/train.js';

/** Learns files from a data folder: path in the sources to content. The same data gives the same bytes. */
type Learn = (dataDir: string, progress: Progress) => Promise<Readonly<Record<string, string | Uint8Array>>>;

interface Learner {
  readonly name: string;
  /** The labelled files that it reads, as `readRows` takes them. */
  readonly reads: readonly string[];
  readonly learn: Learn;
}

/** Everything that is learned. The only list to extend. */
const LEARNERS: readonly Learner[] = [
  {
    name: 'classifier',
    reads: CLASSIFIER_FILES,
    learn: async (dataDir, progress) => ({
      'classifier/linear/weights.bin': writeModel(await trainModel(dataDir, progress)),
    }),
  },
  {
    name: 'sentences',
    reads: SENTENCE_FILES,
    learn: async (dataDir) => ({ 'detectors/full-sentences/weights.json': await trainSentences(dataDir) }),
  },
  { name: 'languages', reads: LANGUAGE_FILES, learn: (dataDir) => trainLanguage(dataDir) },
];

interface Options {
  readonly data: string;
  readonly out: string;
  readonly only?: readonly string[];
}

/** `lab train`: every learned file of the package anew, from labelled data. */
export const train = new Command('train')
  .description(
    'Learns all that is learned from labelled data: the classifier, the model of full sentences, and the words and letters of languages. The same data gives the same bytes.',
  )
  .requiredOption('-d, --data <folder>', 'folder of the labelled data, with abuse/, language/ and sentences/')
  .option('--out <folder>', 'folder of the sources, to write into', 'src')
  .addOption(new Option('--only <what...>', 'learn these alone').choices(LEARNERS.map(({ name }) => name)))
  .addHelpText('after', '\nA build takes the new files into the package.')
  .action(async ({ data, out, only }: Options) => {
    if (!isFolder(out)) throw new CommandError(`there is no folder ${out} to write into`, EXIT.usage);
    for (const [path, bytes] of await learnAll(data, only)) {
      const file = join(out, path);
      const before = existsSync(file) ? await readFile(file) : undefined;
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, bytes);
      const told = before?.equals(bytes) ? ', as before' : '';
      process.stdout.write(`${file}: ${bytes.length} bytes${told}\n`);
    }
  });

/** Nothing is written before all is learned. On a terminal, a bar on standard error tells how far it is. */
async function learnAll(dataDir: string, only: Options['only']): Promise<[path: string, bytes: Buffer][]> {
  const learners = LEARNERS.filter(({ name }) => only?.includes(name) ?? true);
  const bar = showProgress({ total: learners.length, beside: '{duration_formatted}' });
  const files: [string, Buffer][] = [];
  try {
    lookFor(
      dataDir,
      learners.flatMap(({ reads }) => reads),
    );
    for (const [i, { learn }] of learners.entries()) {
      const learned = await learn(dataDir, (done, of) => bar.set(i + done / of));
      for (const [path, content] of Object.entries(learned)) files.push([path, Buffer.from(content)]);
      bar.set(i + 1);
    }
  } catch (error) {
    throw toCommandError(error);
  } finally {
    bar.stop();
  }
  return files;
}

function toCommandError(error: unknown): unknown {
  return error instanceof CommentFileError
    ? new CommandError(`the data is not complete: ${error.message}`, EXIT.noInput)
    : error;
}
