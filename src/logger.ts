import { type Logger, pino } from 'pino';

/**
 * Makes the log of the service: JSON, one object a line, for machines; on a terminal the same for people, in colours.
 * @param level least serious messages that are logged
 * @param isTerminal whether standard output is one
 */
export async function createLogger(level: string, isTerminal: boolean): Promise<Logger> {
  if (!isTerminal) return pino({ level });
  // Loaded only where somebody looks: machines never see it.
  const { default: pretty } = await import('pino-pretty');
  return pino(
    { level },
    pretty({ singleLine: true, ignore: 'pid,hostname', translateTime: 'SYS:HH:MM:ss', sync: true }),
  );
}
