import { readLinear } from '../../src/classifier/linear/linear.js';
import { Comment } from '../../src/comment/comment.js';
import { compileGuidelines } from '../../src/guidelines/compile/compile.js';
import { moderate } from '../../src/index.js';
import { compareBy } from '../../src/moderation/compare.js';

const TODAY = '2026-11-24';

const rule = (id: string, rest: string) =>
  `id: ${id}\nguideline: Be kind.\nmessage: Please be kind.\n${rest}\n`;

const BEFORE = {
  'a.yaml': rule('a', 'action: reject\nlists: { l: { file: l.txt } }\nwhen: [phrases: ["you {l}"]]'),
  'b.yaml': rule('b', 'action: review\nwhen: [phrases: [perhaps]]\nunless: [phrases: [perhaps not]]'),
  'c.yaml': rule('c', 'action: flag\nmode: shadow\nwhen: [detector: shouting]'),
  'l.txt': 'goose\nfool\n',
};

const TEXTS = [
  'Fine, I think.',
  'You goose.',
  'You duck.',
  'Well, perhaps you goose.',
  'Perhaps not, you duck!',
  'YOU ALL SHOUT PERHAPS, AND LOUDLY SO',
];

/** That both share the views of a comment must not change what comes out. */
test.each<{ what: string; draft: Record<string, string | undefined> }>([
  { what: 'nothing', draft: {} },
  {
    what: 'one rule',
    draft: { 'b.yaml': rule('b', 'action: reject\nwhen: [phrases: [perhaps]]') },
  },
  { what: 'a list', draft: { 'l.txt': 'goose\nduck\n' } },
  { what: 'a rule taken away', draft: { 'a.yaml': undefined } },
  {
    what: 'a rule under another file name',
    draft: { 'b.yaml': undefined, 'z.yaml': BEFORE['b.yaml'] },
  },
  {
    what: 'a rule under another id',
    draft: { 'b.yaml': rule('bb', 'action: reject\nwhen: [phrases: [perhaps]]') },
  },
  {
    what: 'one more rule, and one out of the shadow',
    draft: {
      'aa.yaml': rule('aa', 'action: review\nwhen: [phrases: [duck]]'),
      'c.yaml': rule('c', 'action: reject\nwhen: [detector: shouting]'),
    },
  },
])('$what changed: both sides are as if each were judged alone', ({ draft }) => {
  const files = new Map(Object.entries(BEFORE));
  const before = compileGuidelines(files);
  const drafted = new Map(
    Object.entries({ ...BEFORE, ...draft }).flatMap(([name, content]): [string, string][] =>
      content === undefined ? [] : [[name, content]],
    ),
  );
  const after = compileGuidelines(drafted);
  const compare = compareBy(before.ruleset, after.ruleset, TODAY);
  for (const text of TEXTS) {
    const read = new Comment(text);
    const comparison = compare(read, readLinear(read));
    for (const [side, { ruleset }] of [
      ['before', before],
      ['after', after],
    ] as const) {
      const { verdict, reasons, scores } = moderate(new Comment(text), ruleset, TODAY);
      expect(comparison[side]).toMatchObject({ verdict, reasons, scores });
      expect(Object.keys(comparison[side].scores)).toEqual(Object.keys(scores));
    }
  }
});
