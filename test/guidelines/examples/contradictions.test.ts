import { contradictions } from '../../../src/guidelines/examples/contradictions.js';
import { showMistake } from '../../../src/guidelines/guidelines.js';
import { compile, ruleWith } from '../rules-folder.js';

const TODAY = '2026-06-01';

type Lines = Readonly<Record<number, string>>;

const b = (lines: Lines) => ruleWith({ 1: 'id: b', ...lines });
const examples = (written: string, nth = 7) => ({ [nth]: `examples: { ${written} }` });

/** Two rule files, and what is told of their examples. */
const CASES: readonly (readonly [why: string, a: Lines, b: Lines, told: readonly string[]])[] = [
  [
    'rejected by one, and approved by all',
    examples('reject: [You idiot.]'),
    examples('approve: [Hello., You idiot.]'),
    [
      'b.yaml:7:31: example "You idiot." is under approve here and under reject in abuse.yaml:7; no comment can be both, so delete one of the two',
    ],
  ],
  [
    'approved by all, and held by another',
    examples('approve: [You idiot.]'),
    examples('review: [You idiot.]'),
    [
      'b.yaml:7:22: example "You idiot." is under review here and under approve in abuse.yaml:7; no comment can be both, so delete one of the two',
    ],
  ],
  [
    'with other spaces, and letters of other parts',
    examples('reject: ["You  idio\u0301t."]'),
    examples('approve: [" You idiót. "]'),
    [
      'b.yaml:7:23: example " You idiót. " is under approve here and under reject in abuse.yaml:7; no comment can be both, so delete one of the two',
    ],
  ],
  [
    'two things by one rule',
    { 7: 'examples:', 8: '  reject: [You idiot.]', 9: '  review: [You idiot.]' },
    {},
    [
      'abuse.yaml:9:12: example "You idiot." is under review here and under reject in line 8; no comment can be both, so delete one of the two',
    ],
  ],
  [
    'flagged and approved by one rule',
    examples('flag: [Hm.], approve: [Hm.]'),
    {},
    [
      'abuse.yaml:7:36: example "Hm." is under approve here and under flag in line 7; no comment can be both, so delete one of the two',
    ],
  ],
  ['other letter case, which may matter', examples('reject: [HELLO]'), examples('approve: [Hello]'), []],
  ['rejected by one rule, held by another', examples('reject: [Hm.]'), examples('review: [Hm.]'), []],
  ['flagged by one rule, approved by all', examples('flag: [Hm.]'), examples('approve: [Hm.]'), []],
  ['the same twice', examples('reject: [Hm.]'), examples('reject: [Hm.]'), []],
  [
    'rejected by a rule that has no say',
    { 7: 'mode: shadow', ...examples('reject: [Hm.]', 8) },
    examples('approve: [Hm.]'),
    [],
  ],
  [
    'rejected by a rule for some pages',
    { 7: 'applies: { url: ["/sport/*"] }', ...examples('reject: [Hm.]', 8) },
    examples('approve: [Hm.]'),
    [],
  ],
  [
    'rejected by a rule that is off',
    { 7: 'enabled: false', ...examples('reject: [Hm.]', 8) },
    examples('approve: [Hm.]'),
    [],
  ],
  [
    'rejected by a rule that has ended',
    { 7: 'expires: 2026-05-31', ...examples('reject: [Hm.]', 8) },
    examples('approve: [Hm.]'),
    [],
  ],
];

test.each(CASES)('%s', (_, first, second, told) => {
  const guidelines = compile({ 'abuse.yaml': ruleWith(first), 'b.yaml': b(second) });
  expect(contradictions(guidelines, TODAY).map(showMistake)).toEqual(told);
});
