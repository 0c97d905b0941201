import { Command } from 'commander';
import { run } from '../cli/run.js';
import { evaluate } from './evaluate.js';
import { figures } from './figures.js';
import { train } from './train.js';

// The laboratory, run from a checkout: `npm run lab -- train --data FOLDER`. It is not in the package.

const program = new Command('lab')
  .description('Learns what Stet has learned, and measures how good it is.')
  .exitOverride()
  .showHelpAfterError('(npm run lab -- --help tells how)');

for (const command of [train, evaluate, figures]) program.addCommand(command.copyInheritedSettings(program));

await run(program);
