import type { LimiterLog } from '../../src/limits/counts.js';

/** A log that keeps what it is told, one line a call: the level, the message and the fields as JSON. */
export class RecordedLog implements LimiterLog {
  readonly lines: string[] = [];

  info(fields: object, message: string): void {
    this.lines.push(`info: ${message} ${JSON.stringify(fields)}`);
  }

  warn(fields: object, message: string): void {
    this.lines.push(`warn: ${message} ${JSON.stringify(fields)}`);
  }
}
