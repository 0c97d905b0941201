import { Command } from 'commander';
import { Signals } from '../signals.js';

// Before anything that takes time to load: from here on no signal ends a service that has only begun to start.
const signals = new Signals(process);
const [{ serve }, { SETTINGS }] = await Promise.all([import('../serve.js'), import('../settings/all.js')]);

/** `stet serve`: the service, until SIGTERM or SIGINT. */
export const command = new Command()
  .addHelpText('after', `\nEnvironment variables:\n${SETTINGS.map(describeSetting).join('\n')}`)
  .action(async () => {
    // Whatever may still be open by then, the service has stopped.
    process.exit(await serve(process.env, signals));
  });

function describeSetting({ name, about, unit, fallback }: (typeof SETTINGS)[number]): string {
  const notes = [unit && `in ${unit}`, fallback && `${fallback} unless set`].filter(Boolean).join(', ');
  return `  ${name}${notes && ` (${notes})`}\n      ${about}`;
}
