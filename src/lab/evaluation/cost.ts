import { Comment } from '../../comment/comment.js';
import { moderate } from '../../index.js';
import { type Estimate, medianOf } from '../../statistics.js';
import type { Figure } from './figure.js';
import { withService } from './service.js';
import type { FigureGroup, Subject } from './subject.js';
import { readTexts } from './texts.js';

/** Real comments of readers of news sites; the set of one newspaper has none as long as this. */
const COMMENTS = ['abuse/civil-comments-toxic-spans-train'];
/** In UTF-16 units. */
const LENGTH = { least: 280, most: 320 };
const MOST_COMMENTS = 100;
/** The first are to warm up. */
const ROUNDS = { warmUp: 20, timed: 20 };
const STARTS = 2;
const MEGABYTE = 1_000_000;

/** What judging costs: time on one thread, and memory of the service. */
export const cost: FigureGroup = {
  name: 'cost',
  reads: COMMENTS,
  measure: async (subject) => {
    const texts = (await readTexts(subject.dataDir, COMMENTS, 'all'))
      .filter(({ length }) => length >= LENGTH.least && length <= LENGTH.most)
      .slice(0, MOST_COMMENTS);
    return [timeOf(texts, subject), await memoryOf(texts, subject)];
  },
};

function timeOf(texts: readonly string[], { ruleset, today, libraries }: Subject): Figure {
  return {
    id: 'time',
    what: `one comment of ${LENGTH.least} to ${LENGTH.most} characters by all rules, one thread, median`,
    unit: 'µs',
    ...medianTime(texts, (text) => moderate(new Comment(text), ruleset, today)),
    count: texts.length,
    reach: 250,
    aim: 100,
    better: 'lower',
    beside: [...libraries.obscene, ...libraries.notEnglish].map(({ name, says }) => ({
      name,
      value: medianTime(texts, says).value,
    })),
  };
}

/** Each comment's median over the rounds, then the median of the comments, in µs. */
function medianTime(texts: readonly string[], judge: (text: string) => unknown): Estimate {
  const times = texts.map((): number[] => []);
  for (let round = 0; round < ROUNDS.warmUp + ROUNDS.timed; round += 1) {
    texts.forEach((text, i) => {
      const begin = process.hrtime.bigint();
      judge(text);
      const taken = Number(process.hrtime.bigint() - begin) / 1000;
      if (round >= ROUNDS.warmUp) times[i]?.push(taken);
    });
  }
  return medianOf(times.map((ofComment) => medianOf(ofComment).value));
}

/** The service's own metric after it has judged every comment once, over a few starts: mean, least and most. */
async function memoryOf(texts: readonly string[], { rulesDir }: Subject): Promise<Figure> {
  const seen: number[] = [];
  for (let start = 0; start < STARTS; start += 1) {
    seen.push(await withService(rulesDir, (url) => residentMemory(url, texts)));
  }
  return {
    id: 'memory',
    what: `resident memory of the service after ${texts.length} comments, mean, least and most of ${STARTS} starts`,
    unit: 'MB',
    value: seen.reduce((sum, value) => sum + value, 0) / seen.length,
    low: Math.min(...seen),
    high: Math.max(...seen),
    count: STARTS,
    reach: 200,
    aim: 150,
    better: 'lower',
  };
}

async function residentMemory(url: string, texts: readonly string[]): Promise<number> {
  for (const [i, text] of texts.entries()) {
    const answer = await fetch(`${url}/v1/comments`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ text, user: { id: `reader ${i}` } }),
    });
    if (!answer.ok) throw new Error(`the service answers ${answer.status}: ${await answer.text()}`);
    await answer.arrayBuffer();
  }
  const metrics = await (await fetch(`${url}/metrics`)).text();
  const bytes = /^process_resident_memory_bytes (\S+)$/m.exec(metrics)?.[1];
  if (bytes === undefined) throw new Error('the service does not tell its resident memory');
  return Number(bytes) / MEGABYTE;
}
