import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SingleBar } from 'cli-progress';
import { Command } from 'commander';
import { trainModel } from '../corpus/train-model.js';
import { writeModel } from '../model/model.js';
import { CommandError, EXIT } from './exit.js';

/** Where the classifier's weights stand in the sources. */
const WEIGHTS = 'src/model/weights.bin';

/** `stet train`: the shipped weights anew, from labelled data. */
export const train = new Command('train')
  .description("Learns the classifier's weights from labelled data. The same data gives the same bytes.")
  .requiredOption('--data <folder>', 'folder of labelled data')
  .option('--out <file>', 'where to write the weights', WEIGHTS)
  .action(async ({ data, out }: { data: string; out: string }) => {
    const bar = process.stderr.isTTY
      ? new SingleBar({ stream: process.stderr, format: '{bar} {value} of {total}, {duration_formatted}' })
      : undefined;
    let isStarted = false;
    try {
      const model = await trainModel(data, (done, of) => {
        if (!isStarted) bar?.start(of, done);
        isStarted = true;
        bar?.update(done);
      });
      bar?.stop();
      const bytes = writeModel(model);
      const isSame = await readFile(out).then(
        (before) => before.equals(bytes),
        () => false,
      );
      await writeFile(out, bytes);
      process.stdout.write(`${join(out)}: ${bytes.length} bytes${isSame ? ', as before' : ''}\n`);
    } catch (error) {
      bar?.stop();
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
        throw new CommandError(`the data is not complete: ${error.message}`, EXIT.noInput);
      }
      throw error;
    }
  });
