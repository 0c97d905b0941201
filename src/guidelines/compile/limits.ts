import { secondsOf } from '../../text/duration.js';
import { type LimitsFile, limitsFileSchema } from '../format/schema.js';
import { isMap, valueAt } from '../format/schema-forms.js';
import { check } from '../format/schema-mistakes.js';
import type { Path, YamlSource } from '../format/yaml-source.js';
import type { LimitBlock, LimitPolicy, LimitWindow } from '../guidelines.js';
import type { Report } from '../mistakes/report.js';
import { shown } from '../mistakes/suggest.js';

/** What holds where a rules folder has no `limits.yaml`: five comments a minute. */
export const DEFAULT_LIMITS: LimitPolicy = { windows: [{ name: 'burst', points: 5, seconds: 60 }] };

const DEFAULT_TIER = 'default';
const TIER_NAME = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const LONGEST_NAME = 64;
/** How a block is called where windows are told by name. */
export const BLOCK = 'block';
/** In seconds: what is longer is a slip. */
const LONGEST = 366 * 86_400;

/** A window as `limits.yaml` has it. */
type WindowFormat = LimitsFile['tiers']['default'][number];

/** Reads `limits.yaml`. Returns none where something is wrong with it, which is told. */
export function compileLimits(source: YamlSource, report: Report): LimitPolicy | undefined {
  tellTierNames(source, report);
  const format = check(limitsFileSchema, { value: source.value, source, path: [], report });
  if (!format) return undefined;
  const { default: windows, ...others } = format.tiers;
  const path = ['tiers', DEFAULT_TIER];
  return {
    windows: compileWindows(windows, path, source, report),
    tiers: new Map(
      Object.entries(others).map(([name, tier]) => [
        name,
        compileWindows(tier, ['tiers', name], source, report),
      ]),
    ),
    rejectCost: format.costs?.reject,
    block: format.block && compileBlock(format.block, source, report),
  };
}

/** The schema lets any other tier stand beside the default one, whatever it is called. */
function tellTierNames(source: YamlSource, report: Report): void {
  const tiers = valueAt(source.value, ['tiers']);
  for (const name of isMap(tiers) ? Object.keys(tiers) : []) {
    if (TIER_NAME.test(name) && name.length <= LONGEST_NAME) continue;
    report.mistake(
      source.placeOfKey(['tiers', name]),
      `"${shown(name)}" cannot be a name; write small letters, digits and hyphens, like trusted`,
    );
  }
}

function compileWindows(
  windows: readonly WindowFormat[],
  path: Path,
  source: YamlSource,
  report: Report,
): LimitWindow[] {
  return windows.map(({ name, points, per }, i) => {
    const first = windows.findIndex((window) => window.name === name);
    if (first < i) {
      const { line } = source.placeOf([...path, first, 'name']);
      report.mistake(
        source.placeOf([...path, i, 'name']),
        `name is "${name}", as in line ${line}; give each window a name of its own`,
        'repeated-name',
      );
    }
    if (name === BLOCK) {
      report.mistake(
        source.placeOf([...path, i, 'name']),
        `name is "${BLOCK}", as blocks are told; give the window another name`,
        'repeated-name',
      );
    }
    return { name, points, seconds: compileTime(per, [...path, i, 'per'], source, report) };
  });
}

function compileBlock(
  block: NonNullable<LimitsFile['block']>,
  source: YamlSource,
  report: Report,
): LimitBlock {
  return {
    after: block.after,
    within: compileTime(block.within, ['block', 'within'], source, report),
    seconds: compileTime(block.for, ['block', 'for'], source, report),
  };
}

function compileTime(written: number | string, path: Path, source: YamlSource, report: Report): number {
  const seconds = secondsOf(written);
  if (seconds > LONGEST) {
    report.mistake(source.placeOf(path), `${path.at(-1)} is ${source.show(path)}; write 366d or less`);
  }
  return seconds;
}
