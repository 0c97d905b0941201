import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readLinear } from '../../src/classifier/linear/linear.js';
import { Comment, type CommentContext } from '../../src/comment/comment.js';
import { readLabel, type ScoredLabel } from '../../src/detectors/labels.js';
import { loadGuidelines } from '../../src/guidelines/load.js';
import { moderate } from '../../src/index.js';

// Verdicts of the default rules on about a thousand comments, as they are meant to stay. A change that is meant to
// change them writes them anew: GOLDEN=write npm run jest -- test/golden

const COMMENTS = join(import.meta.dirname, 'comments.ndjson');
const VERDICTS = join(import.meta.dirname, 'verdicts.ndjson');
const DAY = '2026-11-24';
const MOST_TOLD = 5;
const LABELS: readonly ScoredLabel[] = [
  'toxicity',
  'severe-toxicity',
  'insult',
  'threat',
  'profanity',
  'identity-attack',
  'attack-on-commenter',
  'attack-on-author',
];

interface Line {
  readonly text: string;
  readonly context?: CommentContext;
}

/** All that judging says of a comment but the version of the rules, on one line. */
async function judgeAll(lines: readonly string[]): Promise<string[]> {
  const { ruleset } = await loadGuidelines('rules', { today: DAY });
  return lines.map((line) => {
    const { text, context } = JSON.parse(line) as Line;
    const comment = new Comment(text, context);
    const reading = readLinear(comment);
    const { verdict, reasons, scores } = moderate(comment, ruleset, DAY, reading);
    const labels = Object.fromEntries(LABELS.map((label) => [label, readLabel(comment, reading, label)]));
    const told = reasons.map(({ rule, action, score, spans, note }) => ({
      rule,
      action,
      score,
      spans,
      note,
    }));
    return JSON.stringify({ text, verdict, reasons: told, scores, labels });
  });
}

function linesOf(file: string): string[] {
  return readFileSync(file, 'utf8').trimEnd().split('\n');
}

test('golden verdicts stay as they are', async () => {
  const judged = await judgeAll(linesOf(COMMENTS));
  if (process.env.GOLDEN === 'write') writeFileSync(VERDICTS, `${judged.join('\n')}\n`);
  const golden = linesOf(VERDICTS);
  const changed = judged.flatMap((line, i) => (line === golden[i] ? [] : [`- ${golden[i]}\n+ ${line}`]));
  expect(changed.slice(0, MOST_TOLD).join('\n')).toBe('');
  expect(judged).toHaveLength(golden.length);
});
