import { Command } from 'commander';
import { serve as run } from '../serve.js';
import { SETTINGS } from '../settings/all.js';

/** `stet serve`: the service, until SIGTERM or SIGINT. */
export const command = new Command()
  .addHelpText('after', `\nEnvironment variables:\n${SETTINGS.map(describeSetting).join('\n')}`)
  .action(async () => {
    process.exitCode = await run(process.env);
  });

function describeSetting({ name, about, unit, fallback }: (typeof SETTINGS)[number]): string {
  const notes = [unit && `in ${unit}`, fallback && `${fallback} unless set`].filter(Boolean).join(', ');
  return `  ${name}${notes && ` (${notes})`}\n      ${about}`;
}
