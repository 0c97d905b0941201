import { type Logger, pino } from 'pino';
import { LogOutput, sinkOf } from './output.js';

/** The log, and where it goes. */
export interface Log {
  readonly logger: Logger;
  readonly output: LogOutput;
}

/**
 * Makes the log of the service, which goes to standard output: JSON, one object a line, for machines; on a terminal the
 * same for people, in colours.
 * @param level least serious messages that are logged
 * @param isTerminal whether standard output is one
 */
export async function createLogger(level: string, isTerminal: boolean): Promise<Log> {
  // Asking for the stream is what makes Node open a pipe so that a write to a full one fails and does not wait.
  const { fd } = process.stdout;
  const output = new LogOutput(sinkOf(fd));
  process.once('exit', () => output.flushNow());
  const logger = pino({ level }, isTerminal ? await prettily(output) : output);
  output.whenResumed((lost) => logger.error({ lost }, 'lines of the log were lost'));
  return { logger, output };
}

/** Writes each line as people read it. Loaded only where somebody looks: machines never see it. */
async function prettily(output: LogOutput) {
  const { default: pretty } = await import('pino-pretty');
  const line = pretty.prettyFactory({
    singleLine: true,
    ignore: 'pid,hostname',
    translateTime: 'SYS:HH:MM:ss',
  });
  return { write: (json: string) => output.write(line(json) ?? '') };
}
