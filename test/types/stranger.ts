// A program as a stranger would write it, with nothing but what the package exports. The compiler checks it against the
// sources with all other tests, and test/package against what is packed; there it runs, too.

import type { Action, Decision, Guidelines, Mistake, Reason, Span, Verdict } from 'stet';
import { Comment, DETECTORS, loadGuidelines, moderate, RulesError } from 'stet';
import type { Detector, Finding, Lists, PhraseHit, PreparedDetector, Reading, Token } from 'stet/plugin';
import { defineDetector, NOTHING, OptionError, z } from 'stet/plugin';

/** Fires on long words. */
const longWords = defineDetector({
  name: 'long-words',
  options: z.strictObject({
    most: z.int().min(1).describe('Letters that a word may have.'),
    allow: z.string().optional().describe('A list of words that may be longer.'),
  }),
  prepare({ most, allow }, lists: Lists): PreparedDetector {
    const allowed = new Set(allow === undefined ? [] : lists.get(allow));
    if (allow !== undefined && !lists.has(allow))
      throw new OptionError(`there is no list ${allow}`, ['allow']);
    const isLong = ({ word }: Token) => word.length > most && !allowed.has(word);
    return {
      phrases: [{ text: 'antidisestablishmentarianism', exact: true }],
      detect(comment, hits: readonly PhraseHit[], reading: Reading): Finding {
        const spans: readonly Span[] = [
          ...comment.tokens.filter(isLong).map(({ start, end }) => ({ start, end })),
          ...hits.map(({ span }) => span),
        ];
        const [first] = spans;
        if (!first) return NOTHING;
        return { score: 1, spans, note: `read by ${reading.classifier}` };
      },
    };
  },
});

const detectors: readonly Detector[] = [...DETECTORS, longWords];

async function load(folder: string): Promise<Guidelines> {
  try {
    return await loadGuidelines(folder, { detectors, today: '2026-12-01' });
  } catch (error) {
    if (!(error instanceof RulesError)) throw error;
    const [first]: readonly Mistake[] = error.mistakes;
    throw new Error(first && `${first.file}, line ${first.line}: ${first.message}`);
  }
}

function tell({ verdict, reasons, scores, rulesVersion }: Verdict): string {
  const decision: Decision = verdict;
  const lines = reasons.map(({ rule, action, message, score, spans, note }: Reason) => {
    const strictness: Action = action;
    const where = spans.map(({ start, end }) => `${start}-${end}`).join(',');
    return `${rule}: ${strictness} at ${where} (${score}) ${message} ${note ?? ''}`.trim();
  });
  const count: number = Object.keys(scores).length;
  return [decision, ...lines, `${count} rules of ${rulesVersion.slice(0, 7)}`].join('\n');
}

const [folder = 'rules', text = 'You are an idiot.'] = process.argv.slice(2);
const { ruleset } = await load(folder);
const comment = new Comment(text, { url: 'https://news.example/a1', participants: ['Ravi K.'] });
process.stdout.write(`${tell(moderate(comment, ruleset, '2026-12-01'))}\n`);

// What a program may not do.
// @ts-expect-error: a comment is never changed
export const change = () => (comment.text = 'else');
// @ts-expect-error: the day is asked for, since a verdict depends on nothing else
export const dayless = () => moderate(comment, ruleset);
// @ts-expect-error: a comment has a text
export const textless = () => new Comment();
export const nameless = () =>
  // @ts-expect-error: a detector has a name
  defineDetector({ options: z.strictObject({}), prepare: () => ({ detect: () => NOTHING }) });
