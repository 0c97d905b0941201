import type { LimitPolicy } from './guidelines.js';
import type { Report } from './report.js';
import { limitsFileSchema } from './schema.js';
import { check } from './schema-mistakes.js';
import type { YamlSource } from './yaml-source.js';

/** What holds where a rules folder has no `limits.yaml`: five comments a minute. */
export const DEFAULT_LIMITS: LimitPolicy = { windows: [{ name: 'burst', points: 5, seconds: 60 }] };

const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };
/** In seconds: a window in memory ends by a timer, which Node holds to 2^31 - 1 ms. */
const LONGEST = 24 * 86_400;

/** Reads `limits.yaml`. Returns none where something is wrong with it, which is told. */
export function compileLimits(source: YamlSource, report: Report): LimitPolicy | undefined {
  const format = check(limitsFileSchema, { value: source.value, source, path: [], report });
  if (!format) return undefined;
  const windows = format.tiers.default.map(({ name, points, per }) => ({
    name,
    points,
    seconds: secondsOf(per),
  }));
  windows.forEach(({ name, seconds }, i) => {
    const path = ['tiers', 'default', i];
    const first = windows.findIndex((window) => window.name === name);
    if (first < i) {
      const { line } = source.placeOf(['tiers', 'default', first, 'name']);
      report.mistake(
        source.placeOf([...path, 'name']),
        `name is "${name}", as in line ${line}; give each window a name of its own`,
        'repeated-name',
      );
    }
    if (seconds > LONGEST) {
      const per = [...path, 'per'];
      report.mistake(source.placeOf(per), `per is ${source.show(per)}; write 24d or less`);
    }
  });
  return { windows };
}

function secondsOf(per: number | string): number {
  return typeof per === 'number' ? per : Number(per.slice(0, -1)) * (SECONDS[per.slice(-1)] ?? 1);
}
