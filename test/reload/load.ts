import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';

export const KEY = 'key-of-ours';
const HEADERS = { authorization: `Bearer ${KEY}` };
const TEXT = 'I find that the xylophone and the zebra are lovely together.';
const EVERY_MS = 20;
const USERS = 3;

/** A verdict, and what made it so far as that can be told from it. */
export interface Judged {
  readonly version: string;
  /** As `marksOf` in rules-folder.ts; in a batch without the last, the limits. */
  readonly marks: string;
  /** When it came, and how long it took; in milliseconds. */
  readonly at: number;
  readonly ms: number;
}

/** A load of single comments and of one batch that never ends, until it is stopped. */
export interface Load {
  readonly comments: readonly Judged[];
  readonly lines: readonly Judged[];
  /** Whatever was not a verdict. */
  readonly failures: readonly string[];
  stop(): Promise<void>;
}

const verdict = z.object({
  rulesVersion: z.string(),
  reasons: z.array(z.object({ rule: z.string(), message: z.string() })),
});

export function startLoad(url: string): Load {
  const comments: Judged[] = [];
  const lines: Judged[] = [];
  const failures: string[] = [];
  let isOver = false;

  async function postAll(user: number): Promise<void> {
    for (let nth = 0; !isOver; nth++) {
      const start = performance.now();
      try {
        const answer = await fetch(`${url}/v1/comments`, {
          method: 'POST',
          headers: { ...HEADERS, 'content-type': 'application/json' },
          body: JSON.stringify({ text: TEXT, user: { id: `${user}-${nth}` } }),
        });
        if (answer.status === 200) {
          const quota = /q=(\d+)/.exec(answer.headers.get('ratelimit-policy') ?? '')?.[1];
          comments.push(judged(await answer.json(), start, quota));
        } else failures.push(`${answer.status}: ${await answer.text()}`);
      } catch (error) {
        failures.push(String(error));
      }
      await sleep(EVERY_MS);
    }
  }

  async function batch(): Promise<void> {
    const sent: number[] = [];
    async function* body() {
      while (!isOver) {
        sent.push(performance.now());
        yield Buffer.from(`${JSON.stringify({ text: TEXT })}\n`);
        await sleep(EVERY_MS);
      }
    }
    const answer = await fetch(`${url}/v1/comments/batch`, {
      method: 'POST',
      headers: { ...HEADERS, 'content-type': 'application/x-ndjson' },
      body: ReadableStream.from(body()),
      ...{ duplex: 'half' },
    });
    let rest = '';
    for await (const chunk of answer.body ?? []) {
      const texts = (rest + Buffer.from(chunk).toString()).split('\n');
      rest = texts.pop() ?? '';
      for (const text of texts) lines.push(judged(JSON.parse(text), sent[lines.length] ?? 0));
    }
    if (lines.length !== sent.length) failures.push(`${sent.length} lines sent, ${lines.length} answered`);
  }

  const running = [...Array.from({ length: USERS }, (_, user) => postAll(user)), batch()].map((task) =>
    task.catch((error: unknown) => failures.push(String(error))),
  );
  return {
    comments,
    lines,
    failures,
    async stop() {
      isOver = true;
      await Promise.all(running);
    },
  };
}

function judged(body: unknown, start: number, quota?: string): Judged {
  const { rulesVersion, reasons } = verdict.parse(body);
  const says = (rule: string) => reasons.find((reason) => reason.rule === rule)?.message ?? '-';
  const list = says('mark-list') === '-' ? '-' : 'list';
  const at = performance.now();
  return {
    version: rulesVersion,
    marks: [says('mark-a'), says('mark-b'), list, ...(quota === undefined ? [] : [quota])].join(' '),
    at,
    ms: at - start,
  };
}
