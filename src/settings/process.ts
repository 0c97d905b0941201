import { z } from 'zod';
import { roomSettings, setting, wholeNumber } from './setting.js';

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

/** How the process as a whole behaves. */
export interface ProcessSettings {
  readonly logLevel: (typeof LOG_LEVELS)[number];
  /** In milliseconds. */
  readonly shutdownTimeoutMs: number;
  /** In milliseconds. */
  readonly shutdownDelayMs: number;
}

export const processSettings = roomSettings(
  {
    LOG_LEVEL: setting(z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(', ')}`), {
      about: `Least serious messages that are logged: ${LOG_LEVELS.join(', ')}.`,
      fallback: 'info',
    }),
    SHUTDOWN_TIMEOUT_MS: setting(wholeNumber(0, 600_000), {
      about:
        'After SIGTERM or SIGINT the process ends within this time, and a second at least; requests have nine tenths of it to finish, or all but a second.',
      unit: 'milliseconds',
      fallback: '10000',
    }),
    SHUTDOWN_DELAY_MS: setting(wholeNumber(0, 600_000), {
      about:
        'How long the service goes on taking requests after SIGTERM or SIGINT while /readyz says that it stops, so that a load balancer sends no more; part of SHUTDOWN_TIMEOUT_MS. 0, for one instance that nothing stands before.',
      unit: 'milliseconds',
      fallback: '0',
    }),
  },
  ({ LOG_LEVEL, SHUTDOWN_TIMEOUT_MS, SHUTDOWN_DELAY_MS }): ProcessSettings => ({
    logLevel: LOG_LEVEL,
    shutdownTimeoutMs: SHUTDOWN_TIMEOUT_MS,
    shutdownDelayMs: SHUTDOWN_DELAY_MS,
  }),
);
