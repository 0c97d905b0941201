import { once } from 'node:events';
import {
  type ClientRequest,
  request as call,
  createServer,
  type IncomingMessage,
  type Server,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import request from 'supertest';
import { GOOD, inForce, RULES, testApp, wordRule } from '../../helpers/app.js';
import { eventually } from '../../helpers/eventually.js';

const KEY = 'key-of-ours';
const config = { apiKeys: [KEY], maxCommentChars: 1000, port: 3000 };
const { app } = testApp({ config });

/** Sends a whole batch and reads its answer, one object a line. */
async function judge(body: string | Buffer, type = 'application/x-ndjson') {
  const answer = await request(app)
    .post('/v1/comments/batch')
    .set('authorization', `Bearer ${KEY}`)
    .set('content-type', type)
    .serialize((sent) => sent)
    .buffer(true)
    .parse((stream, done) => {
      let text = '';
      stream.setEncoding('utf8');
      stream.on('data', (chunk: string) => {
        text += chunk;
      });
      stream.on('end', () => done(null, text));
    })
    .send(body);
  const text: string = answer.body;
  const lines = answer.status === 200 ? text.split('\n').filter((line) => line !== '') : [];
  return { status: answer.status, headers: answer.headers, lines: lines.map((line) => JSON.parse(line)) };
}

const line = (text: string, also: object = {}) => JSON.stringify({ text, ...also });

describe('a batch', () => {
  test('is answered line by line, in order', async () => {
    const { status, headers, lines } = await judge(
      [line('An idiot.', { id: '1' }), line('Fine.', { id: '2' }), line('Well, perhaps.', { id: '3' })].join(
        '\n',
      ),
    );
    expect(status).toBe(200);
    expect(headers['content-type']).toBe('application/x-ndjson');
    expect(lines.map(({ id, verdict }) => [id, verdict])).toEqual([
      ['1', 'reject'],
      ['2', 'approve'],
      ['3', 'review'],
    ]);
    expect(lines[0].reasons[0].spans).toEqual([{ start: 3, end: 8 }]);
  });

  test.each<{ bad: string | Buffer; told: object; why: string }>([
    {
      bad: 'nonsense',
      told: { status: 400, detail: 'The line is not JSON: line 1, column 1: expected a value; got n.' },
      why: 'no JSON',
    },
    { bad: '{"text":', told: { status: 400 }, why: 'cut off' },
    {
      bad: Buffer.from([0x22, 0xff, 0x22]),
      told: { status: 400, detail: 'The line is not UTF-8.' },
      why: 'no UTF-8',
    },
    {
      bad: '{}',
      told: {
        errors: [{ pointer: '/text', detail: 'must be a string of 1 to 1000 characters; got nothing' }],
      },
      why: 'no text',
    },
    { bad: line(' '), told: { errors: [expect.objectContaining({ pointer: '/text' })] }, why: 'blank text' },
    {
      bad: line('a'.repeat(1001)),
      told: { errors: [expect.objectContaining({ pointer: '/text' })] },
      why: 'too long a text',
    },
    {
      bad: line('a', { user: {} }),
      told: { errors: [expect.objectContaining({ pointer: '/user/id' })] },
      why: 'a user without id',
    },
    { bad: '[]', told: { errors: [expect.objectContaining({ pointer: '' })] }, why: 'no object' },
    { bad: '['.repeat(10_000), told: { status: 400 }, why: 'nested arrays' },
    {
      bad: 'x'.repeat(1_000_000),
      told: { status: 413, detail: 'The line must be at most 71536 bytes.' },
      why: 'too long a line',
    },
  ])('goes on after a bad line ($why), which gets a problem', async ({ bad, told }) => {
    const { lines } = await judge(
      Buffer.concat([
        Buffer.from(`${line('An idiot.')}\n`),
        Buffer.from(bad),
        Buffer.from(`\n${line('Fine.')}`),
      ]),
    );
    expect(lines).toHaveLength(3);
    expect(lines[0].verdict).toBe('reject');
    expect(lines[1]).toMatchObject({ type: 'about:blank', line: 2, ...told });
    expect(lines[2].verdict).toBe('approve');
  });

  test.each([
    { body: '', count: 0 },
    { body: '\n\n \r\n', count: 0 },
    { body: `\n${line('Fine.')}\r\n\n${line('Fine.')}`, count: 2 },
  ])('passes over blank lines: $body', async ({ body, count }) => {
    const { status, lines } = await judge(body);
    expect([status, lines.length]).toEqual([200, count]);
  });

  test.each([
    { type: 'application/x-ndjson; charset=utf-8', status: 200 },
    { type: 'application/ndjson', status: 200 },
    { type: 'application/json', status: 415 },
    { type: 'text/plain', status: 415 },
  ])('of type $type is a $status', async ({ type, status }) => {
    expect((await judge(line('Fine.'), type)).status).toBe(status);
  });

  test('needs a key: without keys it is refused', async () => {
    const answer = await request(testApp().app)
      .post('/v1/comments/batch')
      .type('application/x-ndjson')
      .send(line('a'));
    expect(answer.status).toBe(403);
    expect(answer.body.detail).toContain('API_KEYS');
  });

  test('is broken off where we break, which is logged', async () => {
    const { app: broken, logs } = testApp({
      config,
      guidelines: () => {
        throw new Error('cannot judge');
      },
    });
    const sent = request(broken)
      .post('/v1/comments/batch')
      .set('authorization', `Bearer ${KEY}`)
      .type('application/x-ndjson')
      .send(line('Fine.'));
    await expect(sent).rejects.toThrow('aborted');
    expect(logs.map((entry) => JSON.parse(entry).msg)).toEqual(['internal error', 'request']);
  });

  test('counts for no user, and is told in the log by its verdicts', async () => {
    const { app: logged, logs } = testApp({ config });
    await request(logged)
      .post('/v1/comments/batch')
      .set('authorization', `Bearer ${KEY}`)
      .type('application/x-ndjson')
      .send(`${line('An idiot.')}\n${line('Fine.')}\nx`);
    expect(JSON.parse(logs[0] ?? '')).toMatchObject({
      lines: { approve: 1, review: 0, reject: 1, refused: 1 },
    });
  });
});

describe('a batch as a stream', () => {
  let server: Server;
  /** The most that the server held back of any answer and of any body, in bytes. */
  let mostHeld: { answer: number; body: number };
  let judged = 0;
  const counting = wordRule('counting', 'flag', {
    conditions: [
      {
        label: 'counting',
        thresholds: [],
        group: undefined,
        observe: () => {
          judged += 1;
          return { score: 0, spans: [] };
        },
      },
    ],
  });

  beforeEach(async () => {
    judged = 0;
    mostHeld = { answer: 0, body: 0 };
    const { app: streamed } = testApp({ config, guidelines: () => inForce([counting, ...RULES]) });
    server = createServer((incoming, outgoing) => {
      const watch = setInterval(() => {
        mostHeld.answer = Math.max(mostHeld.answer, outgoing.writableLength);
        mostHeld.body = Math.max(mostHeld.body, incoming.readableLength);
      }, 1);
      outgoing.once('close', () => clearInterval(watch));
      streamed(incoming, outgoing);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  function open(path = '/v1/comments/batch', type = 'application/x-ndjson') {
    const { port } = server.address() as AddressInfo;
    const headers = { authorization: `Bearer ${KEY}`, 'content-type': type };
    const sending = call({ port, path, method: 'POST', headers, agent: false });
    sending.on('error', () => {});
    const answer = once(sending, 'response').then(
      ([response]: IncomingMessage[]) => response as IncomingMessage,
    );
    return { sending, answer };
  }

  test('is answered while it comes in', async () => {
    const { sending, answer } = open();
    sending.flushHeaders();
    const lines = createInterface({ input: await answer })[Symbol.asyncIterator]();
    for (const [text, verdict] of [
      ['An idiot.', 'reject'],
      ['Fine.', 'approve'],
    ] as const) {
      sending.write(`${line(text)}\n`);
      expect(JSON.parse((await lines.next()).value)).toMatchObject({ verdict });
    }
    sending.end(line('perhaps'));
    expect(JSON.parse((await lines.next()).value)).toMatchObject({ verdict: 'review' });
    expect((await lines.next()).done).toBe(true);
  });

  test('of 10,000 lines keeps its order, and little of it in memory', async () => {
    const { sending, answer } = open();
    void (async () => {
      for (let i = 0; i < 10_000; i++) {
        const isBad = i % 1000 === 999;
        await write(
          sending,
          isBad ? `bad ${i}\n` : `${line('Fine, all of it. '.repeat(20), { id: `${i}` })}\n`,
        );
      }
      sending.end();
    })();
    let count = 0;
    for await (const text of createInterface({ input: await answer })) {
      const { id, line: number } = JSON.parse(text);
      expect(id ?? number).toBe(count % 1000 === 999 ? count + 1 : `${count}`);
      count += 1;
    }
    expect(count).toBe(10_000);
    expect(mostHeld.answer).toBeLessThan(512 * 1024);
    expect(mostHeld.body).toBeLessThan(256 * 1024);
  });

  test('waits for a reader that does not read', async () => {
    const { sending, answer } = open();
    let sent = 0;
    const text = `${line('Fine, all of it. '.repeat(20))}\n`;
    const total = 60_000;
    const all = (async () => {
      for (; sent < total; sent++) await write(sending, text);
      sending.end();
    })();
    const response = await answer;
    let before = -1;
    while (before !== judged && judged < total) {
      before = judged;
      await pause(250);
    }
    // What the system's buffers hold on the way there and back, and no more.
    expect(judged).toBeLessThan(total);
    expect(mostHeld.answer).toBeLessThan(512 * 1024);
    expect(mostHeld.body).toBeLessThan(256 * 1024);
    let count = 0;
    for await (const _ of createInterface({ input: response })) count += 1;
    await all;
    expect(count).toBe(total);
  });

  test('ends with its client', async () => {
    const { sending, answer } = open();
    const total = 20_000;
    sending.write(`${line('Fine.')}\n`.repeat(total));
    (await answer).once('data', () => sending.destroy());
    await once(sending, 'close');
    let before = -1;
    await eventually('nothing more is judged', () => {
      const isOver = before === judged;
      before = judged;
      return isOver;
    });
    expect(judged).toBeLessThan(total);
  });

  test('lets single comments have their turn', async () => {
    const { sending, answer } = open();
    sending.end(`${line('Fine.')}\n`.repeat(2000));
    (await answer).resume();
    for (let i = 0; i < 5; i++) {
      const single = open('/v1/comments', 'application/json');
      single.sending.end(JSON.stringify(GOOD));
      expect((await single.answer).statusCode).toBe(200);
    }
    // A comment of the batch for each turn of the event loop that these five take.
    expect(judged).toBeLessThan(1000);
  });
});

async function write(sending: ClientRequest, text: string): Promise<void> {
  if (!sending.write(text)) await once(sending, 'drain');
}
