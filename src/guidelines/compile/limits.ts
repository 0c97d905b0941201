import {
  isTierName,
  type LimitPolicy,
  type PolicyFault,
  policyFaults,
  policyOf,
} from '../../limits/policy.js';
import { limitsFileSchema } from '../../limits/policy-format.js';
import { isMap, valueAt } from '../format/schema-forms.js';
import { check } from '../format/schema-mistakes.js';
import type { YamlSource } from '../format/yaml-source.js';
import type { Report } from '../mistakes/report.js';
import { shown } from '../mistakes/suggest.js';
import type { InSteps } from '../steps.js';

/** Reads `limits.yaml`. Returns undefined where it does not fit the format, which is reported. */
export function* compileLimits(source: YamlSource, report: Report): InSteps<LimitPolicy | undefined> {
  reportTierNames(source, report);
  const file = yield* check(limitsFileSchema, { value: source.value, source, path: [], report });
  if (!file) return undefined;
  for (const fault of policyFaults(file)) reportFault(fault, source, report);
  return policyOf(file);
}

/** The format lets any other tier stand beside the default one, whatever its name. */
function reportTierNames(source: YamlSource, report: Report): void {
  const tiers = valueAt(source.value, ['tiers']);
  for (const name of isMap(tiers) ? Object.keys(tiers) : []) {
    if (isTierName(name)) continue;
    report.mistake(
      source.placeOfKey(['tiers', name]),
      `"${shown(name)}" cannot be a name; write small letters, digits and hyphens, like trusted`,
    );
  }
}

function reportFault(fault: PolicyFault, source: YamlSource, report: Report): void {
  const place = source.placeOf(fault.path);
  switch (fault.kind) {
    case 'repeated-window': {
      const { line } = source.placeOf(fault.first);
      report.mistake(
        place,
        `name is "${fault.name}", as in line ${line}; give each window a name of its own`,
        'repeated-name',
      );
      break;
    }
    case 'reserved-window':
      report.mistake(
        place,
        `name is "${fault.name}", as blocks are told; give the window another name`,
        'repeated-name',
      );
      break;
    case 'too-long':
      report.mistake(place, `${fault.path.at(-1)} is ${source.show(fault.path)}; write 366d or less`);
  }
}
