import { explain, runExamples } from '../../../src/guidelines/examples/examples.js';
import { compile, ruleWith } from '../rules-folder.js';

const TODAY = '2026-06-01';

interface Case {
  readonly why: string;
  /** The rule with examples; the other file is always the same. */
  readonly lines: Readonly<Record<number, string>>;
  readonly holds: boolean;
  readonly explained: string;
}

/** Rejects what is loud, holds "hmm" for review, flags "well". */
const OTHER = ruleWith({
  1: 'id: other',
  6: '  - { detector: loudness, least: 10, reject: 0.5 }',
  7: '  - { phrases: [hmm], action: review }',
  8: '  - { phrases: [well], action: flag }',
});

const CASES: readonly Case[] = [
  {
    why: 'reject, and it does',
    lines: { 7: 'examples: { reject: [You idiot.] }' },
    holds: true,
    explained: 'expected reject by abuse, got reject: phrases 1.00 "idiot"',
  },
  {
    why: 'reject, and nothing fires',
    lines: { 7: 'examples: { reject: [You genius.] }' },
    holds: false,
    explained: 'expected reject by abuse, got nothing: phrases 0.00 (needs 0.5)',
  },
  {
    why: 'reject, and one condition comes to review',
    lines: {
      6: '  - { phrases: [idiot], action: review }',
      7: '  - { detector: loudness, least: 4, reject: 0.9 }',
      8: 'examples: { reject: ["You idiot!"] }',
    },
    holds: false,
    explained:
      'expected reject by abuse, got review: phrases 1.00 "idiot" (says review), detector loudness 0.25 (loud) (needs 0.9)',
  },
  {
    why: 'review, and it rejects',
    lines: {
      6: '  - { phrases: [idiot], reject: 0.9, review: 0.5 }',
      7: 'examples: { review: [You idiot.] }',
    },
    holds: false,
    explained: 'expected review by abuse, got reject: phrases 1.00 "idiot" (needs 0.5)',
  },
  {
    why: 'flag, and it does',
    lines: { 4: 'action: flag', 7: 'examples: { flag: [You idiot.] }' },
    holds: true,
    explained: 'expected flag by abuse, got flag: phrases 1.00 "idiot"',
  },
  {
    why: 'reject, and another rule holds it too',
    lines: { 7: 'examples: { reject: ["Hmm, you idiot."] }' },
    holds: true,
    explained: 'expected reject by abuse, got reject: phrases 1.00 "idiot"',
  },
  {
    why: 'reject, and only another rule does',
    lines: { 7: 'examples: { reject: ["No!!!!!!"] }' },
    holds: false,
    explained: 'expected reject by abuse, got nothing: phrases 0.00 (needs 0.5)',
  },
  {
    why: 'approve, and nothing fires',
    lines: { 7: 'examples: { approve: [You genius.] }' },
    holds: true,
    explained: 'expected approve, and so it is',
  },
  {
    why: 'approve, and its own rule rejects',
    lines: { 7: 'examples: { approve: [You idiot.] }' },
    holds: false,
    explained: 'expected approve, but abuse rejects it: phrases 1.00 "idiot"',
  },
  {
    why: 'approve, and another rule holds it',
    lines: { 7: 'examples: { approve: [Hmm.] }' },
    holds: false,
    explained: 'expected approve, but other holds it: phrases 1.00 "Hmm"',
  },
  {
    why: 'approve, and two rules are against it',
    lines: { 7: 'examples: { approve: ["Hmm, idiot!!!!!"] }' },
    holds: false,
    explained:
      'expected approve, but abuse rejects it: phrases 1.00 "idiot"; other rejects it: detector loudness 0.50 (loud), phrases 1.00 "Hmm"',
  },
  {
    why: 'approve, and another rule flags, which lets pass',
    lines: { 7: 'examples: { approve: [Well.] }' },
    holds: true,
    explained: 'expected approve, and so it is',
  },
  {
    why: 'approve, and its own rule flags, so it fires',
    lines: { 4: 'action: flag', 7: 'examples: { approve: [You idiot.] }' },
    holds: false,
    explained: 'expected approve, but abuse flags it: phrases 1.00 "idiot"',
  },
  {
    why: 'a shadowed rule is judged as if enforced',
    lines: { 7: 'mode: shadow', 8: 'examples: { approve: [You idiot.] }' },
    holds: false,
    explained: 'expected approve, but abuse rejects it: phrases 1.00 "idiot"',
  },
  {
    why: 'a rule for a section is judged as if there',
    lines: { 7: 'applies: { url: ["/sport/*"] }', 8: 'examples: { reject: [You idiot.] }' },
    holds: true,
    explained: 'expected reject by abuse, got reject: phrases 1.00 "idiot"',
  },
];

describe('an example', () => {
  test.each(CASES)('$why', async ({ lines, holds, explained }) => {
    const results = await runExamples(compile({ 'abuse.yaml': ruleWith(lines), 'other.yaml': OTHER }), {
      today: TODAY,
    });
    expect(results.map((result) => ({ holds: result.holds, explained: explain(result) }))).toEqual([
      { holds, explained },
    ]);
  });

  test.each([
    ['off', 'enabled: false'],
    ['past', 'expires: 2026-05-31'],
  ])('of a rule that is %s is not run', async (_, line) => {
    const guidelines = compile({
      'abuse.yaml': ruleWith({ 7: line, 8: 'examples: { approve: [You idiot.] }' }),
    });
    expect(await runExamples(guidelines, { today: TODAY })).toEqual([]);
  });

  test('against a shadowed rule of another file holds', async () => {
    const guidelines = compile({
      'abuse.yaml': ruleWith({ 7: 'mode: shadow' }),
      'b.yaml': ruleWith({ 1: 'id: b', 6: '  - phrases: [fool]', 7: 'examples: { approve: [You idiot.] }' }),
    });
    expect(await runExamples(guidelines, { today: TODAY })).toMatchObject([{ holds: true }]);
  });
});
