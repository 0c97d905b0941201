import request from 'supertest';
import { linear } from '../../src/classifier/linear/linear.js';
import type { ClassifierChoice } from '../../src/classifier/settings.js';
import { openClassifier, type TransformerSource } from '../../src/threads/classify/open-classifier.js';
import { encoder, PLANTED, sessionOf } from '../classifier/transformer/planted.js';
import { testApp } from '../helpers/app.js';

const THERE: TransformerSource = {
  openEncoder: async () => encoder,
  openSession: async () => sessionOf(),
};
const NO_WEIGHTS: TransformerSource = {
  ...THERE,
  openEncoder: () => Promise.reject(new Error('the file is damaged')),
};
const NO_RUNTIME: TransformerSource = {
  ...THERE,
  openSession: () => Promise.reject(new Error('there is no runtime')),
};

test.each<
  [
    choice: ClassifierChoice,
    what: string,
    source: TransformerSource,
    is: { kind: string; healthy: boolean; judge: string; degraded?: string[]; absence?: string },
  ]
>([
  ['linear', 'all', THERE, { kind: 'linear', healthy: true, judge: linear.version }],
  ['auto', 'all', THERE, { kind: 'transformer', healthy: true, judge: PLANTED }],
  ['transformer', 'all', THERE, { kind: 'transformer', healthy: true, judge: PLANTED }],
  [
    'auto',
    'no weights',
    NO_WEIGHTS,
    {
      kind: 'linear',
      healthy: false,
      judge: linear.version,
      degraded: ['classifier'],
      absence: 'the file is damaged',
    },
  ],
  [
    'auto',
    'no runtime',
    NO_RUNTIME,
    {
      kind: 'linear',
      healthy: false,
      judge: linear.version,
      degraded: ['classifier'],
      absence: 'there is no runtime',
    },
  ],
])('%s, with %s there: what judges, what verdicts, probe and metric say', async (choice, _, source, is) => {
  const { kind, healthy, judge, degraded, absence } = is;
  const open = await openClassifier({ choice, timeoutMs: 60_000 }, source);
  expect(open.absence).toBe(absence);
  const { app } = testApp({ classifier: open.classifier, classifierStanding: open.standing });
  const { body } = await request(app)
    .post('/v1/comments')
    .send({ text: 'Never again.', user: { id: 'u1' } });
  expect([body.judges.classifier, body.degraded]).toEqual([judge, degraded]);
  const probe = await request(app).get('/readyz');
  expect([probe.status, probe.body.classifier]).toEqual([200, { kind, healthy }]);
  const metrics = await request(app).get('/metrics');
  expect(metrics.text).toContain(
    `stet_classifier_healthy{kind="${kind}",version="${judge}"} ${Number(healthy)}`,
  );
  if (kind === 'transformer')
    expect(metrics.text).toContain('stet_classifier_windows_total{from="encoded"} 1');
  await open.close();
});

test.each([
  ['the file is damaged', NO_WEIGHTS],
  ['there is no runtime', NO_RUNTIME],
])('where it must be the transformer, the start is refused: %s', async (why, source) => {
  await expect(openClassifier({ choice: 'transformer', timeoutMs: 100 }, source)).rejects.toMatchObject({
    name: 'ConfigError',
    message: `CLASSIFIER=transformer cannot be had: ${why}; install Stet with its optional packages (npm ci --include=optional), or set CLASSIFIER=auto or linear`,
  });
});
