import { post, type Service, startService } from '../helpers/service.js';
import { HOSTILE_COMMENTS, REFUSED_BODIES } from './hostile-bodies.js';

// How soon they are answered is a figure of `npm run limits`; that it grows with the length only, one of test/load/linear.

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.kill());

async function statusOf(body: string | Uint8Array): Promise<number> {
  const answer = await fetch(`${service.url}/v1/comments?dryRun=true`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  });
  await answer.arrayBuffer();
  return answer.status;
}

test.each(HOSTILE_COMMENTS)('a hostile comment gets a verdict: $what', async ({ body, status }) => {
  expect(await statusOf(body)).toBe(status);
});

test.each(REFUSED_BODIES)(
  'a body that is no comment is refused, and the next comment is judged as ever: $what',
  async ({ what, body, status }) => {
    expect(await statusOf(body)).toBe(status);
    expect((await post(service, what)).status).toBe(200);
  },
);
