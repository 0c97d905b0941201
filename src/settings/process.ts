import { z } from 'zod';
import { roomSettings, setting, wholeNumber } from './setting.js';

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

/** How the process as a whole behaves. */
export interface ProcessSettings {
  readonly logLevel: (typeof LOG_LEVELS)[number];
  /** In milliseconds. */
  readonly shutdownTimeoutMs: number;
}

export const processSettings = roomSettings(
  {
    LOG_LEVEL: setting(z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(', ')}`), {
      about: `Least serious messages that are logged: ${LOG_LEVELS.join(', ')}.`,
      fallback: 'info',
    }),
    SHUTDOWN_TIMEOUT_MS: setting(wholeNumber(0, 600_000), {
      about: 'How long requests under way may take to finish after SIGTERM or SIGINT.',
      unit: 'milliseconds',
      fallback: '10000',
    }),
  },
  ({ LOG_LEVEL, SHUTDOWN_TIMEOUT_MS }): ProcessSettings => ({
    logLevel: LOG_LEVEL,
    shutdownTimeoutMs: SHUTDOWN_TIMEOUT_MS,
  }),
);
